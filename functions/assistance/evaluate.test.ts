import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { amountFor, evaluate } from './evaluate.ts';
import { type AidCode, catalogue, Evaluation } from './evaluation.ts';
import { exitReasonFor } from './exit-reason.ts';
import type { HouseholdFacts } from './facts.ts';
import { month, sampleFacts, sampleFamily } from './sample-household.ts';

const verdictOf = (facts: HouseholdFacts, code: AidCode, text: string) => {
  const verdict = evaluate(facts, month(text), shipped).verdicts.find(({ programme }) => programme === code);
  if (!verdict) throw new Error(`No verdict on ${code}.`);
  return verdict;
};
const dibaoOf = (facts: HouseholdFacts, text: string) => verdictOf(facts, 'dibao', text).amountFen;

describe('the worked examples of the rulebook', () => {
  test('E1: three persons with 1,200 yuan have 1,350 in May 2021', () => {
    expect(dibaoOf(sampleFamily(3, 120_000), '2021-05')).toBe(135_000);
  });

  test('E2: a new standard raises the same household to 1,500 without an application', () => {
    expect(dibaoOf(sampleFamily(3, 120_000), '2021-08')).toBe(150_000);
  });

  test('E3: exactly the standard a head is not below it, but within the line of low-edge', () => {
    const facts = sampleFamily(2, 180_000);

    expect(verdictOf(facts, 'dibao', '2021-08').eligible).toBe(false);
    expect(verdictOf(facts, 'edge', '2021-08').eligible).toBe(true);
    expect(evaluate(facts, month('2021-08'), shipped).recommended).toBe('edge');
  });

  test('E4: an aged couple whose children cannot support them goes from 1,100 to the full 1,700', () => {
    const aged = (born: string) => ({
      born,
      incomes: [{ kind: 'transfer' as const, monthlyFen: 30_000 }],
      fullAmountFrom: '2021-03',
    });
    const facts = sampleFacts([aged('1946-06-01'), aged('1947-06-01')], {
      supporters: [{ relation: 'child', perCapitaMonthlyFen: 100_000 }],
    });

    expect(dibaoOf(facts, '2021-02')).toBe(110_000);
    expect(dibaoOf(facts, '2021-03')).toBe(170_000);
    expect(evaluate(facts, month('2021-03'), shipped).recommended).toBe('dibao');
  });

  test('E5: a new job is left out for six months; then the household leaves for low-edge', () => {
    const facts = sampleFacts([
      { incomes: [{ kind: 'transfer', monthlyFen: 20_000 }] },
      { ableToWork: true, incomes: [{ kind: 'wage', monthlyFen: 240_000, disregardFrom: '2021-06' }] },
    ]);
    const months = ['05', '06', '07', '08', '09', '10', '11', '12'].map((number) => `2021-${number}`);

    expect(months.map((text) => dibaoOf(facts, text))).toEqual([
      150_000, 150_000, 160_000, 160_000, 160_000, 160_000, 160_000, 0,
    ]);
    expect(verdictOf(facts, 'edge', '2021-11').eligible).toBe(false);
    expect(verdictOf(facts, 'edge', '2021-12').eligible).toBe(true);
    expect(exitReasonFor(facts, 'dibao', month('2021-11'), shipped)).toBeUndefined();
    expect(exitReasonFor(facts, 'dibao', month('2021-12'), shipped)).toBe('became-edge');
  });

  test('E6: 130,000 yuan of three persons are more than four years of the standard', () => {
    const facts = sampleFamily(3, 0, { property: { moneyFen: 13_000_000 } });

    expect(verdictOf(facts, 'dibao', '2021-08').summary).toBe(
      '货币财产:人均货币财产 130,000.00 元 ÷ 3 人 ≈ 43,333.33 元 ≥ 43,200.00 元(4 年低保标准),不符合。',
    );
    expect(exitReasonFor(facts, 'dibao', month('2021-08'), shipped)).toBe('over-property');
  });
});

describe('an evaluation', () => {
  const facts = sampleFamily(3, 120_000);

  test('answers the whole catalogue in its order and fits its schema', () => {
    const evaluation = evaluate(facts, month('2021-05'), shipped);

    expect(Evaluation.parse(evaluation)).toEqual(evaluation);
    expect(evaluation.verdicts.map(({ programme }) => programme)).toEqual(catalogue.map(({ code }) => code));
    expect(evaluation).toMatchObject({
      month: '2021-05',
      incomeFen: 120_000,
      perCapitaFen: 40_000,
      persons: 3,
    });
  });

  test('works the numbers out in words', () => {
    const { steps, summary, memberIds } = verdictOf(facts, 'dibao', '2021-05');

    expect(summary).toBe(
      '人均月收入 1,200.00 元 ÷ 3 人 = 400.00 元,低于低保标准 850.00 元,每月 1,350.00 元。',
    );
    expect(memberIds).toEqual(['m1', 'm2', 'm3']);
    expect(steps.map(({ rule, text, holds }) => [rule, text, holds])).toEqual(
      expect.arrayContaining([
        ['A05', '1,200.00 元 ÷ 3 人 = 400.00 元', undefined],
        ['A01', '400.00 元 < 850.00 元,符合', true],
        ['A02', '(850.00 元 − 400.00 元) × 3 人 = 1,350.00 元', undefined],
      ]),
    );
  });

  test('names the source of every number and marks what a bureau has to confirm', () => {
    const standardIn = (text: string) =>
      verdictOf(facts, 'dibao', text)
        .steps.flatMap(({ parameters }) => parameters)
        .find(({ key }) => key === 'dibao.standard');

    expect(standardIn('2021-05')).toEqual({
      key: 'dibao.standard',
      name: '最低生活保障标准',
      value: 850,
      unit: 'yuan',
      scope: 'city',
      from: null,
      source: 'S3',
      certainty: 'D',
      toConfirm: false,
    });
    expect(standardIn('2021-08')).toMatchObject({ value: 900, from: '2021-07-01', toConfirm: true });
  });

  test('of a household nobody is left of gives nothing and says why', () => {
    const deserted = sampleFacts([{ notCounted: 'died' }]);
    const evaluation = evaluate(deserted, month('2021-08'), shipped);

    expect(evaluation.verdicts.filter(({ eligible }) => eligible)).toEqual([]);
    expect(evaluation).toMatchObject({ persons: 0, perCapitaFen: 0 });
    expect(evaluation).not.toHaveProperty('recommended');
    expect(verdictOf(deserted, 'dibao', '2021-08').summary).toBe(
      '计入人口:家庭成员 1 人,不计入 1 人(死亡 1 人),计 0 人,不符合。',
    );
  });

  test.each([
    ['elsewhere', '户籍:户籍不在本地,不符合。'],
    ['residence-permit', '户籍:持居住证,本地尚未开放居住证持有人申请,不符合。'],
  ] as const)('of people registered %s refuses by their registration', (hukou, summary) => {
    expect(verdictOf(sampleFamily(1, 0, { hukou }), 'dibao', '2021-08').summary).toBe(summary);
  });

  test('of people who refuse to be checked refuses all of the register', () => {
    const evaluation = evaluate(sampleFamily(1, 0, { refusesCheck: true }), month('2021-08'), shipped);

    expect(evaluation.verdicts.filter(({ eligible }) => eligible)).toEqual([]);
  });
});

test('an amount without texts is nothing for whoever is not eligible', () => {
  expect(amountFor(sampleFamily(2, 500_000), 'dibao', month('2021-08'), shipped)).toEqual({
    eligible: false,
    amountFen: 0,
    persons: 0,
  });
  expect(amountFor(sampleFamily(3, 120_000), 'dibao', month('2021-05'), shipped)).toEqual({
    eligible: true,
    amountFen: 135_000,
    persons: 3,
  });
});
