import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import { addDays } from '../../shared/clock.ts';
import { addMonths, Month } from '../../shared/month.ts';
import type { Sealed } from '../../shared/seal.ts';
import {
  accountableFrom,
  admitted,
  allDays,
  bedDays,
  discharged,
  lastStay,
  monthsChanged,
  monthsFrom,
  type Resident,
  type Stay,
  withAbsence,
} from './stay.ts';

const areaCode = AreaCode.parse('330702100000');
const today = '2021-12-31';
const living = (stays: readonly Stay[]): Resident => ({
  caseNo: 'TK1',
  name: '' as Sealed,
  stays: [...stays],
  version: 1,
});
const moveIn = (creditCode: string, on: string, before?: Resident) =>
  admitted(before, { creditCode, areaCode, on });
const inHome = (on: string): Resident => {
  const stays = moveIn('A', on);
  if (typeof stays === 'string') throw new Error(stays);
  return living(stays);
};
const must = <T>(result: T | string): T => {
  if (typeof result === 'string') throw new Error(result);
  return result;
};
const month = (text: string) => Month.parse(text);

/** What may happen to a person, and how many days after the last thing did. */
type Step = { readonly what: string; readonly after: number };
const step = fc.record({
  what: fc.constantFrom('in-A', 'in-B', 'out', 'away', 'back'),
  after: fc.integer({ min: 0, max: 40 }),
});

const taken = (what: string, day: string, resident: Resident): Resident | string => {
  const open = lastStay(resident).absences.find(({ to }) => to === undefined);
  if (what === 'out') return discharged(resident, day, 'other', day);
  if (what === 'away') return withAbsence(resident, { kind: 'hospital', from: day }, day);
  if (what === 'back' && open) return withAbsence(resident, { ...open, to: day }, day);
  const stays = moveIn(what, day, resident);
  return typeof stays === 'string' || what === 'back' ? '' : living(stays);
};

const afterSteps = (steps: readonly Step[]): Resident | undefined => {
  let day = '2021-01-01';
  let resident: Resident | undefined;
  for (const { what, after } of steps) {
    day = addDays(day, after);
    if (resident) {
      const next: Resident | string = taken(what, day, resident);
      if (typeof next !== 'string') resident = next;
    } else if (what.startsWith('in-')) {
      resident = living(must(moveIn(what, day)));
    }
  }
  return resident;
};

/** The days of two years on which some stay goes on, counted day by day. */
const daysPassed = (resident: Resident | undefined, dischargeDayCounts: boolean): number => {
  let passed = 0;
  for (let date = '2021-01-01'; date <= '2022-12-31'; date = addDays(date, 1)) {
    const goesOn = resident?.stays.some(
      ({ admittedOn, dischargedOn = '9999-12-31' }) =>
        admittedOn <= date && (date < dischargedOn || (dischargeDayCounts && date === dischargedOn)),
    );
    if (goesOn) passed++;
  }
  return passed;
};

describe('a stay', () => {
  test('counts the day of admission and not that of discharge, unless the parameter says so (B12)', () => {
    const resident = must(discharged(inHome('2021-07-05'), '2021-07-10', 'returned-home', today));

    expect(bedDays(resident, 'A', month('2021-07'), false).occupied).toBe(5);
    expect(bedDays(resident, 'A', month('2021-07'), true).occupied).toBe(6);
  });

  test('parts its days by where the person was; the day of the return counts as present', () => {
    const away = must(
      withAbsence(inHome('2021-07-01'), { kind: 'hospital', from: '2021-07-10', to: '2021-07-15' }, today),
    );
    const onLeave = must(withAbsence(away, { kind: 'leave', from: '2021-07-30' }, today));

    expect(bedDays(onLeave, 'A', month('2021-07'), false)).toEqual({ occupied: 24, hospital: 5, leave: 2 });
    expect(bedDays(onLeave, 'A', month('2021-08'), false)).toEqual({ occupied: 0, hospital: 0, leave: 31 });
  });

  test('refuses a second place, an overlap, and dates outside it', () => {
    const first = inHome('2021-07-05');
    const left = must(discharged(first, '2021-07-10', 'moved', today));

    expect(moveIn('B', '2021-07-06', first)).toBe('ADMITTED_ALREADY');
    expect(moveIn('B', '2021-07-09', left)).toBe('STAY_OVERLAPS');
    expect(moveIn('B', '2021-07-10', left)).toHaveLength(2);
    expect(discharged(first, '2021-07-04', 'died', today)).toBe('DATE_REFUSED');
    expect(withAbsence(first, { kind: 'leave', from: '2021-07-01' }, today)).toBe('DATE_REFUSED');
    expect(withAbsence(left, { kind: 'leave', from: '2021-07-06' }, today)).toBe('NOT_RESIDENT');
    const away = must(withAbsence(first, { kind: 'leave', from: '2021-07-06' }, today));
    expect(withAbsence(away, { kind: 'hospital', from: '2021-07-08' }, today)).toBe('ABSENCE_OVERLAPS');
    const back = must(withAbsence(away, { kind: 'leave', from: '2021-07-06', to: '2021-07-08' }, today));
    expect(lastStay(back).absences).toEqual([{ kind: 'leave', from: '2021-07-06', to: '2021-07-08' }]);
  });

  test('bed-days of all places and months are the days that passed, each counted once, whatever was recorded', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, dischargeDayCounts) => {
        const resident = afterSteps(steps);
        const months = Array.from({ length: 24 }, (_, index) => addMonths(month('2021-01'), index));
        const counted = months.flatMap((each) =>
          ['in-A', 'in-B'].map((place) =>
            resident ? allDays(bedDays(resident, place, each, dischargeDayCounts)) : 0,
          ),
        );

        expect(counted.reduce((sum, days) => sum + days, 0)).toBe(daysPassed(resident, dischargeDayCounts));
      }),
      { numRuns: 60 },
    );
  });

  test('changes only the months in which it changes a day', () => {
    const away = { kind: 'hospital', from: '2021-05-20' } as const;
    const back = { ...away, to: '2021-08-03' };

    expect(monthsChanged(undefined, away, '2021-07-05')).toEqual(['2021-05', '2021-06', '2021-07']);
    expect(monthsChanged(away, back, '2021-08-05')).toEqual(['2021-08']);
    expect(monthsChanged(undefined, back, '2021-12-05')).toEqual([
      '2021-05',
      '2021-06',
      '2021-07',
      '2021-08',
    ]);
    expect(monthsFrom('2021-08-01', '2021-07-31')).toEqual([]);
  });

  test('is accounted for from its admission, or from its recording when it began long before', () => {
    expect(accountableFrom('2021-06-20', '2021-07-05')).toBe('2021-06');
    expect(accountableFrom('2015-03-01', '2021-07-05')).toBe('2021-07');
  });
});
