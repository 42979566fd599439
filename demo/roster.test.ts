import { describe, expect, test } from 'vitest';
import { ceilingFen } from '../functions/disbursement/line.ts';
import { readRosterFile } from '../functions/disbursement/roster-file.ts';
import { checkRoster, type RosterRow } from '../functions/disbursement/roster-row.ts';
import { AreaCode, villagesOf } from '../shared/area.ts';
import { ageOn, birthDateOf } from '../shared/identity-number.ts';
import { firstDayOf, Month, previousMonth } from '../shared/month.ts';
import { shipped } from '../shared/parameter.ts';
import type { ProgrammeCode } from '../shared/programme.ts';
import { demoRoster } from './roster.ts';

const DISTRICT = AreaCode.parse('330702000000');
const month = (text: string) => Month.parse(text);

const checked = async (text: string, today: string) => {
  const file = await readRosterFile(new TextEncoder().encode(text));
  if ('problem' in file) throw new Error(file.problem);
  return checkRoster(file.rows, today);
};

const SEPTEMBER = month('2021-09');
const { rows, findings } = await checked(demoRoster(SEPTEMBER), firstDayOf(SEPTEMBER));
const of = (programme: ProgrammeCode) => rows.filter((row) => row.programme === programme);
const share = (chosen: readonly RosterRow[], holds: (row: RosterRow) => boolean) =>
  chosen.filter(holds).length / chosen.length;

/** Rows that stand in one roster and not in the other, in the order of the first. */
const onlyIn = (text: string, other: string) => {
  const known = new Set(other.split('\n'));
  return text.split('\n').filter((row) => !known.has(row));
};
const withoutAmount = (row: string) => row.split(',').toSpliced(6, 2).join(',');

describe('the demo roster', () => {
  test('it passes the checks of an import without a refusal', () => {
    expect(findings.filter(({ refused }) => refused)).toEqual([]);
  });

  test('it holds the children of the district and a child director for every village', () => {
    expect(rows).toHaveLength(100 + 436);
    expect(of('child')).toHaveLength(100);
    expect(of('child-director').map(({ areaCode }) => areaCode)).toEqual(villagesOf(DISTRICT));
  });

  test.each(['2020-01', '2021-07', '2022-07', '2023-08', '2026-11'])(
    'in %s nobody is above the ceiling of the programme',
    async (text) => {
      const { rows: cases } = await checked(demoRoster(month(text)), firstDayOf(month(text)));
      for (const { programme, persons, amountFen } of cases)
        expect(amountFen).toBeLessThanOrEqual(ceilingFen(shipped, programme, persons, month(text)) ?? 0);
    },
  );

  test('some children are paid through a guardian; child directors hold their account themselves', () => {
    const guarded = share(of('child'), ({ notices }) => notices.includes('ACCOUNT_NAME_DIFFERS'));
    expect(guarded).toBeGreaterThan(0.3);
    expect(guarded).toBeLessThan(0.9);
    for (const { payee, name } of of('child-director'))
      expect([name, undefined]).toContain(payee?.accountName);
  });

  test('children are children until the end of 2028 and end with the month they turn eighteen', () => {
    for (const { identityNumber, to } of of('child')) {
      expect(ageOn(birthDateOf(identityNumber), '2028-12-31')).toBeLessThan(18);
      expect(ageOn(birthDateOf(identityNumber), `${to}-28`)).toBe(18);
      expect(ageOn(birthDateOf(identityNumber), `${to && previousMonth(to)}-28`)).toBe(17);
    }
  });
});

describe('the demo roster from month to month', () => {
  test('a seed always gives the same roster, another seed another one', () => {
    expect(demoRoster(SEPTEMBER, 7)).toBe(demoRoster(SEPTEMBER, 7));
    expect(onlyIn(demoRoster(SEPTEMBER, 7), demoRoster(SEPTEMBER, 8)).length).toBeGreaterThan(500);
  });

  test('next month brings nothing new while the rules stay as they are', () => {
    for (const quiet of ['2021-06', '2021-09', '2023-07', '2026-11']) {
      expect(demoRoster(month(quiet))).toBe(demoRoster(previousMonth(month(quiet))));
    }
  });

  test.each(['2021-07', '2022-07', '2023-08'])(
    'the numbers that change in %s change amounts, from that month on, and nothing else',
    (text) => {
      const changed = demoRoster(month(text));
      const before = demoRoster(previousMonth(month(text)));
      const rowsNow = onlyIn(changed, before);
      expect(rowsNow.length).toBeGreaterThan(0);
      for (const row of rowsNow) expect(row.split(',')[7]).toBe(text);
      expect(rowsNow.map(withoutAmount)).toEqual(onlyIn(before, changed).map(withoutAmount));
    },
  );

  test('a month before the demo district began is refused', () => {
    expect(() => demoRoster(month('2019-12'))).toThrow(RangeError);
  });
});
