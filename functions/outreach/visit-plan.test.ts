import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import { shipped } from '../../shared/parameter.ts';
import { followed, type PlannedHousehold, paired, planned, visited } from './visit-plan.ts';

const village = AreaCode.parse('330702100200');
const today = '2021-07-05';
const household = planned(
  undefined,
  { caseNo: 'DB1', areaCode: village, visitClass: 'high' },
  today,
  shipped,
);
const pairing = (aideId: string) => ({ aideId, since: today, pairedBy: 'clerk' });

const elsewhere = AreaCode.parse('330702100201');

/** What becomes of a case, step by step: a new standard finds it where it is, and after a stop only a resumption pays again. */
const determinationsOf = (steps: readonly string[]) => {
  let areaCode = village;
  let stopped = false;
  const of = (step: string) => {
    if (step === 'move') areaCode = areaCode === village ? elsewhere : village;
    // A new standard leaves what was stopped as it is.
    if (step === 'raise') return stopped ? 'stop' : 'increase';
    const begins = stopped && step !== 'stop';
    stopped = step === 'stop';
    return begins ? 'resume' : step;
  };
  return ['new', ...steps].map((step, index) => {
    const kind = of(step);
    const reason = step === 'raise' ? 'standard-raised' : 'income-changed';
    return { programme: 'dibao', caseNo: 'DB1', number: index + 1, kind, reason, areaCode };
  });
};

describe('the visit plan', () => {
  test.each([
    ['high', '2021-08-05'],
    ['middle', '2021-10-05'],
    ['low', '2022-01-05'],
  ] as const)('a household of class %s that comes in on 5 July is due on %s (A18)', (visitClass, due) => {
    const { nextVisitOn } = planned(undefined, { ...household, visitClass }, today, shipped);

    expect(nextVisitOn).toBe(due);
  });

  test('the order and the number of times in which determinations arrive do not matter', () => {
    const step = fc.constantFrom('raise', 'increase', 'move', 'stop', 'resume');
    const arrivals = fc
      .array(step, { maxLength: 6 })
      .map(determinationsOf)
      .chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.array(fc.nat(all.length - 1), { maxLength: 12 }).map((extra) => [...extra, ...all.keys()]),
        ),
      );
    fc.assert(
      fc.property(arrivals, ([all, order]) => {
        const after = order.reduce<PlannedHousehold | undefined>((known, index) => {
          const made = all[index];
          return (made && followed(known, made, today, shipped)) ?? known;
        }, undefined);
        const last = all.at(-1);

        expect(after?.state).toBe(last?.kind === 'stop' ? 'left' : 'planned');
        if (last?.kind !== 'stop') expect(after?.areaCode).toBe(last?.areaCode);
      }),
    );
  });

  test('a new standard leaves a household where it is, and writes nothing', () => {
    const raised = {
      programme: 'dibao',
      caseNo: 'DB1',
      number: 2,
      kind: 'increase',
      reason: 'standard-raised',
    };

    expect(followed(household, { ...raised, areaCode: village }, today, shipped)).toBeUndefined();
  });

  test('has one pairing at a time and forgets none', () => {
    const aides = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(aides, (ids) => {
        const kept: string[] = [];
        let now = household;
        for (const id of ids) {
          const next = paired(now, pairing(id), '换人联系');
          if (typeof next === 'string') {
            expect([next, now.pairing?.aideId]).toEqual(['PAIRED_ALREADY', id]);
            continue;
          }
          kept.push(id);
          now = next;
        }

        expect([...now.endedPairings.map(({ aideId }) => aideId), now.pairing?.aideId]).toEqual(kept);
      }),
    );
  });

  test('the next visit follows the latest one, whatever order visits are recorded in', () => {
    const days = fc.array(fc.integer({ min: 10, max: 28 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(days, (recorded) => {
        const after = recorded.reduce((now, day) => visited(now, `2021-07-${day}`, shipped), household);

        expect(after.nextVisitOn).toBe(`2021-08-${Math.max(...recorded)}`);
      }),
    );
  });
});
