import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import type { Fen } from '../../shared/money.ts';
import { addMonths, type Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import type { Case } from './case.ts';
import { type Determination, determinationFor } from './determination.ts';
import { amountFor } from './evaluate.ts';
import type { HouseholdFacts } from './facts.ts';
import { month, SAMPLE_VILLAGE, sampleFacts, sampleFamily, withNumbers } from './sample-household.ts';
import { stretchesFrom } from './stretch.ts';
import { blockItems, type Proposal, plannedOf } from './sweep-block.ts';
import { asPlanned, carriedOut, earlierFactsNeeded, redetermine } from './sweep-redetermination.ts';
import { plannedByTown, sumPlanned } from './sweep-totals.ts';

const JULY = month('2021-07');
const MAKING = {
  madeAt: '2021-06-20T02:30:00.000Z',
  maker: 'clerk-1',
  checkers: ['chief-1', 'leader-1'],
  origin: 'sweep/standard-2021-07',
};

type Made = { readonly from: Month; readonly amountFen: number; readonly factsVersion?: number };
const determination = ({ from, amountFen, factsVersion = 1 }: Made, index: number): Determination => ({
  number: index + 1,
  kind: amountFen === 0 ? 'stop' : 'new',
  reason: 'application',
  from,
  amountFen: amountFen as Fen,
  persons: 3,
  factsVersion,
  madeAt: '2021-01-10T00:00:00.000Z',
  maker: 'clerk-0',
  checkers: ['chief-0'],
  areaCode: SAMPLE_VILLAGE,
  origin: 'application/1',
});

const sampleCase = (facts: HouseholdFacts, made: readonly Made[]): Case => {
  const determinations = made.map(determination);
  const newest = determinations.at(-1);
  return {
    caseNo: '330702-DB-2021-000001',
    programme: 'dibao',
    single: false,
    state: newest?.kind === 'stop' ? 'ended' : 'active',
    areaCode: facts.areaCode,
    facts,
    factsVersion: newest?.factsVersion ?? 1,
    dossierVersion: 1,
    identities: {},
    amountFen: newest?.amountFen ?? (0 as Fen),
    persons: 3,
    determinations,
    relatedToOfficer: false,
    reviewClass: 'stable',
    version: made.length,
  };
};
const standard = { kind: 'standard', month: JULY, parameters: shipped } as const;

describe('a case that was changed for later months', () => {
  const before = sampleFamily(3, 120_000);
  const after = sampleFamily(2, 120_000);
  const known = sampleCase(after, [
    { from: month('2021-03'), amountFen: 135_000 },
    { from: month('2021-09'), amountFen: 50_000, factsVersion: 2 },
  ]);

  test('is reckoned for each stretch with the facts of that stretch', () => {
    expect(earlierFactsNeeded(known, JULY)).toEqual([1]);

    const redetermined = redetermine(known, standard, new Map([[1, before]]));
    const cases = redetermined ? carriedOut(known, redetermined, 'standard', MAKING) : [];

    expect(cases.at(-1)?.determinations.slice(2)).toMatchObject([
      { number: 3, from: '2021-07', amountFen: 150_000, factsVersion: 1, kind: 'increase' },
      { number: 4, from: '2021-09', amountFen: 60_000, factsVersion: 2, kind: 'increase' },
    ]);
    expect(cases.at(-1)).toMatchObject({ amountFen: 60_000, facts: after, factsVersion: 2, version: 4 });
  });

  test('gets the full amount in every stretch, with facts of its own for each', () => {
    const aged = (born: string) => ({ born, incomes: [{ kind: 'transfer' as const, monthlyFen: 30_000 }] });
    const couple = sampleFacts([aged('1946-06-01'), aged('1947-06-01')]);
    const widow = sampleFacts([aged('1946-06-01')]);
    const aging = sampleCase(widow, [
      { from: month('2020-09'), amountFen: 110_000 },
      { from: month('2021-05'), amountFen: 55_000, factsVersion: 2 },
    ]);
    const full = { kind: 'full-amount', month: month('2021-03'), parameters: shipped } as const;

    const redetermined = redetermine(aging, full, new Map([[1, couple]]));
    const cases = redetermined ? carriedOut(aging, redetermined, 'full-amount', MAKING) : [];

    expect(redetermined?.proposal).toMatchObject({
      members: ['m1', 'm2'],
      beforeFen: 110_000,
      afterFen: 170_000,
    });
    expect(cases.map(({ factsVersion }) => factsVersion)).toEqual([3, 4]);
    expect(cases.map(({ facts }) => facts.members.length)).toEqual([2, 1]);
    expect(cases.at(-1)?.amountFen).toBe(85_000);
  });
});

test('the full amount passes by who is too young, has it, or has somebody able to support him', () => {
  const member = (born: string, fullAmountFrom?: string) => ({
    born,
    ...(fullAmountFrom ? { fullAmountFrom } : {}),
  });
  const made = [{ from: month('2020-09'), amountFen: 85_000 }];
  const full = { kind: 'full-amount', month: month('2021-03'), parameters: shipped } as const;
  const redetermined = (facts: HouseholdFacts) => redetermine(sampleCase(facts, made), full, new Map());

  expect(redetermined(sampleFacts([member('1951-03-01')]))?.proposal.members).toEqual(['m1']);
  expect(redetermined(sampleFacts([member('1951-03-02')]))).toBeUndefined();
  expect(redetermined(sampleFacts([member('1946-01-01', '2020-10')]))).toBeUndefined();
  expect(
    redetermined(
      sampleFacts([member('1946-01-01')], {
        supporters: [{ relation: 'child', perCapitaMonthlyFen: 127_501 }],
      }),
    ),
  ).toBeUndefined();
});

const anyMade = fc
  .array(
    fc.record({
      offset: fc.integer({ min: -6, max: 6 }),
      amountFen: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60_000 })),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((made) => made.map(({ offset, amountFen }) => ({ from: addMonths(JULY, offset), amountFen })));
const months = Array.from({ length: 16 }, (_, index) => addMonths(JULY, index - 8));

describe('for any history of a case', () => {
  test('stretches say for every month what is in force in it', () => {
    fc.assert(
      fc.property(anyMade, (made) => {
        const determinations = made.map(determination);
        const stretches = stretchesFrom(determinations, JULY);
        for (const each of months.filter((candidate) => candidate >= JULY)) {
          const inForce = stretches.findLast(({ from }) => from <= each)?.determination;
          expect(inForce).toBe(determinationFor(determinations, each));
        }
      }),
    );
  });

  test('a sweep leaves the months before it alone, raises every later one to the rules, and revives nothing', () => {
    const facts = sampleFamily(3, 120_000);
    fc.assert(
      fc.property(anyMade, (made) => {
        const known = sampleCase(facts, made);
        const redetermined = redetermine(known, standard, new Map());
        const cases = redetermined ? carriedOut(known, redetermined, 'standard', MAKING) : [];
        const determinations = cases.at(-1)?.determinations ?? known.determinations;
        for (const each of months) {
          const old = determinationFor(known.determinations, each);
          const now = determinationFor(determinations, each);
          if (!old || old.kind === 'stop' || each < JULY) expect(now?.amountFen).toBe(old?.amountFen);
          else expect(now?.amountFen).toBe(amountFor(facts, 'dibao', each, shipped).amountFen);
        }
      }),
    );
  });

  test('what was planned of a case nobody touched since is what reckoning it again comes to', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyMade, (made) => {
        const known = sampleCase(sampleFamily(3, 120_000), made);
        const redetermined = redetermine(known, standard, new Map());
        const planned = redetermined && asPlanned(known, redetermined.proposal, JULY);
        if (!planned || redetermined.steps.length === 0) return;
        compared++;

        expect(carriedOut(known, planned, 'standard', MAKING)).toEqual(
          carriedOut(known, redetermined, 'standard', MAKING),
        );
      }),
    );

    expect(compared).toBeGreaterThan(0);
  });

  test('a case that was changed since it was planned is never taken as planned', () => {
    const known = sampleCase(sampleFamily(3, 120_000), [{ from: month('2021-01'), amountFen: 90_000 }]);
    const planned = redetermine(known, standard, new Map())?.proposal;
    if (!planned) expect.unreachable('A new standard raises this family.');

    expect(asPlanned(known, planned, JULY)?.steps).toHaveLength(1);
    expect(asPlanned({ ...known, version: known.version + 1 }, planned, JULY)).toBeUndefined();
    expect(asPlanned(known, { ...planned, members: ['m1'] }, JULY)).toBeUndefined();
  });

  test('a sweep after the same sweep finds nothing to do', () => {
    const numbers = withNumbers({ 'dibao.standard': 950 });
    fc.assert(
      fc.property(anyMade, (made) => {
        const known = sampleCase(sampleFamily(3, 120_000), made);
        const sweep = { ...standard, parameters: numbers };
        const redetermined = redetermine(known, sweep, new Map());
        const swept = redetermined && carriedOut(known, redetermined, 'standard', MAKING).at(-1);
        if (swept) expect(redetermine(swept, sweep, new Map())).toBeUndefined();
      }),
    );
  });
});

const anyProposal = fc
  .record({
    village: fc.integer({ min: 1, max: 5 }),
    persons: fc.integer({ min: 1, max: 6 }),
    beforeFen: fc.integer({ min: 0, max: 500_000 }),
    afterFen: fc.integer({ min: 0, max: 500_000 }),
    apart: fc.option(fc.constantFrom('falls' as const, 'ends' as const), { nil: undefined }),
  })
  .map(
    ({ village, apart, ...amounts }): Omit<Proposal, 'caseNo'> => ({
      areaCode: AreaCode.parse(`33070200${village}001`),
      programme: 'dibao',
      version: 1,
      ...amounts,
      ...(apart ? { apart } : {}),
    }),
  );

test('the blocks of a shard add up to its preview by town, each household in one list', () => {
  fc.assert(
    fc.property(fc.array(anyProposal, { maxLength: 450 }), (sketches) => {
      const proposals = sketches.map((sketch, index) => ({ ...sketch, caseNo: `DB${index}` }));
      const { items, blocks } = blockItems('sweep', 3, 'attempt-1', proposals);
      const written = items.flatMap((item) => JSON.parse(String(item.proposals)) as Proposal[]);
      const towns = plannedByTown(
        proposals.map((proposal) => ({ areaCode: proposal.areaCode, totals: plannedOf(proposal) })),
      );

      expect(sumPlanned(written.map(plannedOf))).toEqual(sumPlanned(Object.values(towns)));
      expect(written).toHaveLength(proposals.length);
      expect(blocks.apply + blocks.apart).toBe(items.length);
      expect(items.every(({ proposals: text }) => String(text).length < 350_000)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
