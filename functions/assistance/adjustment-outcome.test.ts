import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fen } from '../../shared/money.ts';
import { addMonths, type Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import { type Change, changedFacts } from './adjustment-change.ts';
import { horizonOf, type Outcome, outcomeOf } from './adjustment-outcome.ts';
import { type Determination, determinationFor } from './determination.ts';
import { amountFor } from './evaluate.ts';
import type { HouseholdFacts } from './facts.ts';
import { month, SAMPLE_VILLAGE, sampleFacts } from './sample-household.ts';

/** What must hold of every change, whatever happened before and whenever it is known. */

const determination = (from: Month, amountFen: number, persons: number, number = 1): Determination => ({
  number,
  kind: number === 1 ? 'new' : 'increase',
  reason: 'application',
  from,
  amountFen: amountFen as Fen,
  persons,
  factsVersion: 1,
  madeAt: '2021-01-04T02:00:00.000Z',
  maker: 'clerk-0',
  checkers: ['chief-0'],
  areaCode: SAMPLE_VILLAGE,
  origin: 'application/1',
});

/** As if a sweep had determined every month in which a number changed. */
const followed = (facts: HouseholdFacts, from: Month, to: Month): Determination[] => {
  const made: Determination[] = [];
  for (let each = from; each <= to; each = addMonths(each, 1)) {
    const { amountFen, persons } = amountFor(facts, 'dibao', each, shipped);
    if (made.at(-1)?.amountFen !== amountFen)
      made.push(determination(each, amountFen, persons, made.length + 1));
  }
  return made;
};

const FIRST = month('2021-01');
const PRESENT = month('2021-10');
const household = fc
  .record({
    incomes: fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 4 }),
    known: fc.integer({ min: 0, max: 10 }),
    from: fc.integer({ min: 0, max: 12 }),
    income: fc.integer({ min: 0, max: 400_000 }),
  })
  .map(({ incomes, known, from, income }) => {
    const facts = sampleFacts(
      incomes.map((monthlyFen) => ({ incomes: [{ kind: 'transfer' as const, monthlyFen }] })),
    );
    return { facts, known: addMonths(FIRST, known), from: addMonths(FIRST, from), income };
  });

const outcome = (
  facts: HouseholdFacts,
  after: HouseholdFacts,
  known: Month,
  from: Month,
): [Outcome, Determination[]] => {
  const determinations = followed(facts, FIRST, known);
  const question = { programme: 'dibao', single: false, state: 'active', determinations, facts } as const;
  const result = outcomeOf({
    known: question,
    facts: after,
    from,
    to: horizonOf(question, from, PRESENT),
    forced: undefined,
    changeReason: 'income-changed',
    isTold: false,
    parameters: shipped,
  });
  const made = result.segments.map(
    (segment, index): Determination => ({
      ...determination(segment.from, segment.amountFen, segment.persons, determinations.length + index + 1),
      kind: segment.kind,
      reason: segment.reason,
    }),
  );
  return [result, [...determinations, ...made]];
};
const withIncome = (facts: HouseholdFacts, monthlyFen: number): HouseholdFacts => ({
  ...facts,
  members: facts.members.map((member, index) =>
    index === 0
      ? { ...member, incomes: [{ kind: 'transfer', monthlyFen: monthlyFen as Fen, deductedFen: 0 as Fen }] }
      : member,
  ),
});

describe('after any change', () => {
  test('every month from its first on has the amount of that month’s numbers, and every month before is as it was', () => {
    fc.assert(
      fc.property(household, ({ facts, known, from, income }) => {
        const after = withIncome(facts, income);
        const before = followed(facts, FIRST, known);
        const [{ segments }, all] = outcome(facts, after, known, from);
        const stop = segments.find(({ kind }) => kind === 'stop');

        for (let each = FIRST; each <= addMonths(PRESENT, 1); each = addMonths(each, 1)) {
          const holds = determinationFor(all, each)?.amountFen;
          if (each < from) expect(holds).toBe(determinationFor(before, each)?.amountFen);
          else if (stop && each >= stop.from) expect(holds).toBe(0);
          else expect(holds).toBe(amountFor(after, 'dibao', each, shipped).amountFen);
        }
      }),
    );
  });

  test('nothing is said twice, and kinds tell the direction', () => {
    fc.assert(
      fc.property(household, ({ facts, known, from, income }) => {
        const [{ segments, state, kind }, all] = outcome(facts, withIncome(facts, income), known, from);

        expect(kind).toBe(segments[0]?.kind ?? 'none');
        expect(state === 'ended').toBe(segments.at(-1)?.kind === 'stop');
        for (const each of segments) {
          const before = determinationFor(
            all.slice(0, all.length - segments.length + segments.indexOf(each)),
            each.from,
          );
          if (each.kind === 'increase') expect(each.amountFen).toBeGreaterThan(before?.amountFen ?? 0);
          if (each.kind === 'decrease') expect(each.amountFen).toBeLessThan(before?.amountFen ?? 0);
        }
      }),
    );
  });

  test('a household that stops for its means goes to low-edge exactly when it qualifies there', () => {
    fc.assert(
      fc.property(household, ({ facts, known, from, income }) => {
        const after = withIncome(facts, income);
        const [{ segments, converts }] = outcome(facts, after, known, from);
        const stop = segments.find(({ kind }) => kind === 'stop');
        const isEdge = stop !== undefined && amountFor(after, 'edge', stop.from, shipped).eligible;

        expect(converts?.programme).toBe(isEdge ? 'edge' : undefined);
      }),
    );
  });
});

describe('facts', () => {
  const facts = sampleFacts([{}, { relation: 'child', born: '2010-01-01' }, { born: '1976-01-01' }]);
  const change = (given: Change) => changedFacts(facts, given, false);

  test('that are not named stay as they are, and null takes one away', () => {
    const disabled = changedFacts(
      facts,
      {
        cause: 'change-report',
        facts: {
          members: [{ memberId: 'm1', disability: { category: 'vision', grade: 1 }, stillInNeed: true }],
        },
      },
      false,
    );
    if ('refused' in disabled) throw new Error('The change was refused.');
    const cured = changedFacts(
      disabled,
      { cause: 'change-report', facts: { members: [{ memberId: 'm1', disability: null }] } },
      false,
    );

    expect(disabled.members[0]).toMatchObject({ disability: { grade: 1 }, stillInNeed: true });
    expect(cured).toEqual({
      ...facts,
      members: [{ ...facts.members[0], stillInNeed: true }, ...facts.members.slice(1)],
    });
  });

  test('of a household whose head left it name the spouse as head, whoever was older', () => {
    expect(change({ cause: 'imprisoned', memberId: 'm1', on: '2021-05-01' })).toMatchObject({
      members: [{ relation: 'other', notCounted: 'imprisoned' }, { relation: 'child' }, { relation: 'head' }],
    });
  });

  test('of a member nobody knows are refused', () => {
    expect(change({ cause: 'member-died', memberId: 'm9', on: '2021-05-01' })).toEqual({
      refused: 'MEMBER_NOT_FOUND',
    });
  });
});
