import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import { amountFor, evaluate } from './evaluate.ts';
import { catalogue } from './evaluation.ts';
import { countedKinds, excludedKinds, HouseholdFacts, NotCounted, selfCareItems } from './facts.ts';
import { month } from './sample-household.ts';

/** What holds for every household there can be. */

const anyMonth = fc.integer({ min: 0, max: 80 }).map((count) => addMonths(month('2020-01'), count));
const fen = (max: number) => fc.oneof(fc.constant(0), fc.integer({ min: 0, max }));
/** Present now and then. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const anyIncome = fc.record(
  {
    kind: fc.constantFrom(...countedKinds, ...excludedKinds),
    monthlyFen: fen(350_000),
    deductedFen: fen(20_000),
    disregardFrom: anyMonth,
  },
  { requiredKeys: ['kind', 'monthlyFen'] },
);

const anyMember = fc.record({
  sex: fc.constantFrom('male', 'female'),
  born: fc.integer({ min: 1930, max: 2019 }).map((year) => `${year}-07-01`),
  notCounted: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 8 },
    { arbitrary: fc.constantFrom(...NotCounted.options), weight: 1 },
  ),
  disability: maybe(
    fc.record({
      category: fc.constantFrom('vision', 'hearing', 'physical', 'intellectual', 'psychiatric', 'multiple'),
      grade: fc.integer({ min: 1, max: 4 }),
    }),
  ),
  seriousIllness: fc.boolean(),
  ableToWork: fc.boolean(),
  student: maybe(fc.constantFrom('compulsory', 'high-school', 'college')),
  incomes: fc.array(anyIncome, { maxLength: 2 }),
  stillInNeed: fc.boolean(),
  jobRefusals: fc.integer({ min: 0, max: 4 }),
  fullAmountFrom: maybe(anyMonth),
  unableTo: maybe(fc.subarray([...selfCareItems])),
});

const anySupporter = fc.record({
  relation: fc.constant('child'),
  perCapitaMonthlyFen: fen(180_000),
  overPropertyLine: fc.constantFrom(false, false, false, true),
  unable: fc.boolean(),
  agreedFen: maybe(fen(50_000)),
  paidFen: maybe(fen(50_000)),
});

const rarely = (arbitrary: fc.Arbitrary<number>) =>
  fc.oneof({ arbitrary: fc.constant(0), weight: 5 }, { arbitrary, weight: 1 });

const anyFacts = fc
  .record({
    areaCode: fc.constant('330702001001'),
    residence: fc.constantFrom('urban', 'rural'),
    members: fc.array(anyMember, { minLength: 1, maxLength: 5 }).map((members) =>
      members.map((member, index) => ({
        ...member,
        memberId: `m${index + 1}`,
        relation: index === 0 ? 'head' : (['spouse', 'child', 'sibling', 'parent'][index - 1] ?? 'other'),
      })),
    ),
    property: fc.record({
      moneyFen: fen(6_000_000),
      vehicles: rarely(fc.constant(1)),
      homes: rarely(fc.constant(2)),
      homeAreaAboveAverage: fc.boolean(),
    }),
    supporters: fc.array(anySupporter, { maxLength: 1 }),
    expenses: fc.record({ medicalFen: fen(5_000_000) }),
    maintenancePaidFen: fen(20_000),
    refusesCheck: rarely(fc.constant(1)).map((refuses) => refuses === 1),
    destitute: maybe(fc.record({ form: fc.constantFrom('at-home', 'institution') })),
  })
  .map((facts) => HouseholdFacts.parse(facts));

const anyProgramme = fc.constantFrom(...catalogue.map(({ code }) => code));
const MANY = { numRuns: 200 };

describe('every household', () => {
  test('gets the same from the fast path and from the explained one, and every verdict follows from its steps', () => {
    fc.assert(
      fc.property(anyFacts, anyMonth, (facts, benefitMonth) => {
        for (const { programme, eligible, amountFen, memberIds, steps, summary } of evaluate(
          facts,
          benefitMonth,
          shipped,
        ).verdicts) {
          expect(amountFor(facts, programme, benefitMonth, shipped)).toEqual({
            eligible,
            amountFen,
            persons: memberIds.length,
          });
          expect(steps.some(({ holds }) => holds === false)).toBe(!eligible);
          expect(amountFen).toBeGreaterThanOrEqual(0);
          expect(amountFen % 100).toBe(0);
          for (const text of [summary, ...steps.map((step) => step.text)])
            expect(text).not.toMatch(/NaN|undefined|Infinity|\.\d{3}/);
        }
      }),
      MANY,
    );
  });

  test('gets no more than the standard for each member unless an uplift applies', () => {
    fc.assert(
      fc.property(anyFacts, anyMonth, (facts, benefitMonth) => {
        const verdict = evaluate(facts, benefitMonth, shipped).verdicts.find(
          ({ programme }) => programme === 'dibao',
        );
        const standard = verdict?.steps
          .flatMap(({ parameters }) => parameters)
          .find(({ key }) => key === 'dibao.standard');
        const limitFen = (standard?.value ?? 0) * 100 * (verdict?.memberIds.length ?? 0);
        const isUplifted = verdict?.steps.some(({ rule }) => rule === 'A36');

        expect(verdict?.amountFen).toBeLessThanOrEqual(isUplifted ? limitFen * 1.2 : limitFen);
      }),
      MANY,
    );
  });

  test('never gets more allowance for having more income', () => {
    fc.assert(
      fc.property(
        anyFacts,
        anyMonth,
        fc.constantFrom(...countedKinds),
        fc.integer({ min: 1, max: 200_000 }),
        fc.nat(),
        (facts, benefitMonth, kind, monthlyFen, chosen) => {
          const more = HouseholdFacts.parse({
            ...facts,
            members: facts.members.map((member, index) =>
              index === chosen % facts.members.length
                ? { ...member, incomes: [...member.incomes, { kind, monthlyFen }] }
                : member,
            ),
          });

          // A destitute person has no allowance; with more income he may have it instead.
          for (const programme of ['dibao', 'destitute'] as const)
            if (programme === 'destitute' || !facts.destitute)
              expect(amountFor(more, programme, benefitMonth, shipped).amountFen).toBeLessThanOrEqual(
                amountFor(facts, programme, benefitMonth, shipped).amountFen,
              );
        },
      ),
      MANY,
    );
  });

  test('gets the same in whatever order its members, incomes and supporters are written', () => {
    fc.assert(
      fc.property(anyFacts, anyMonth, anyProgramme, (facts, benefitMonth, programme) => {
        const turned = {
          ...facts,
          members: facts.members
            .map((member) => ({ ...member, incomes: member.incomes.toReversed() }))
            .toReversed(),
          supporters: facts.supporters.toReversed(),
        };

        expect(amountFor(turned, programme, benefitMonth, shipped)).toEqual(
          amountFor(facts, programme, benefitMonth, shipped),
        );
      }),
      MANY,
    );
  });

  test('is in one layer of the register only, except that the allowance stands in until destitution is recognised', () => {
    fc.assert(
      fc.property(anyFacts, anyMonth, (facts, benefitMonth) => {
        const layers = (['destitute', 'dibao', 'edge', 'rigid-expense', 'low-income'] as const).filter(
          (programme) => amountFor(facts, programme, benefitMonth, shipped).eligible,
        );

        if (layers.length > 1) {
          expect(layers).toEqual(['destitute', 'dibao']);
          expect(facts.destitute).toBeUndefined();
        }
      }),
      MANY,
    );
  });
});
