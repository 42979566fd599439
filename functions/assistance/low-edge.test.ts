import { describe, expect, test } from 'vitest';
import { type ParameterSet, shipped } from '../../shared/parameter.ts';
import { amountFor, evaluate } from './evaluate.ts';
import type { AidCode } from './evaluation.ts';
import type { HouseholdFacts } from './facts.ts';
import { type FactsSketch, month, sampleFamily, withNumbers } from './sample-household.ts';

const isFor = (facts: HouseholdFacts, programme: AidCode, text: string, parameters: ParameterSet = shipped) =>
  amountFor(facts, programme, month(text), parameters).eligible;

describe('low-edge', () => {
  test.each([
    [179_999, false],
    [180_000, true],
    [270_000, true],
    [270_001, false],
  ])('takes two persons with %i fen: %s', (incomeFen, expected) => {
    expect(isFor(sampleFamily(2, incomeFen), 'edge', '2021-08')).toBe(expected);
  });

  test('pays nothing itself and covers all members', () => {
    expect(amountFor(sampleFamily(2, 270_000), 'edge', month('2021-08'), shipped)).toEqual({
      eligible: true,
      amountFen: 0,
      persons: 2,
    });
  });

  test('may be widened, but never above the minimum wage', () => {
    const parameters = withNumbers({ 'edge.multiple': 2.5 });

    expect(isFor(sampleFamily(1, 207_000), 'edge', '2021-08', parameters)).toBe(true);
    expect(isFor(sampleFamily(1, 207_001), 'edge', '2021-08', parameters)).toBe(false);
    expect(
      evaluate(sampleFamily(1, 207_001), month('2021-08'), parameters).verdicts.find(
        ({ programme }) => programme === 'edge',
      )?.summary,
    ).toBe(
      '收入不高于低保边缘线:家庭月收入 2,070.01 元 > 2,070.00 元 × 1 人 = 2,070.00 元(以最低月工资标准为限),不符合。',
    );
  });

  test('keeps to the property rule', () => {
    expect(isFor(sampleFamily(1, 100_000, { property: { vehicles: 1 } }), 'edge', '2021-08')).toBe(false);
  });

  test('deducts rigid expenses only where the district says so', () => {
    const facts = sampleFamily(1, 145_000, { expenses: { medicalFen: 120_000 } });

    expect(isFor(facts, 'edge', '2021-08')).toBe(false);
    expect(isFor(facts, 'edge', '2021-08', withNumbers({ 'edge.deduct_expenses': 1 }))).toBe(true);
  });
});

/** The standard is then 1,100 yuan and the line 1,650. */
describe('rigid expenses', () => {
  const withExpenses = (incomeFen: number, yearFen: number, rest: FactsSketch = {}) =>
    sampleFamily(1, incomeFen, {
      ...rest,
      expenses: { medicalFen: yearFen - 300, educationFen: 100, rehabilitationFen: 100, disasterFen: 100 },
    });

  test.each([
    ['2025-04', 600_000, false],
    ['2025-05', 600_000, true],
    ['2025-05', 599_999, false],
  ])('in %s, with %i fen in the year, bring 2,150 yuan within the line: %s', (text, yearFen, expected) => {
    expect(isFor(withExpenses(215_000, yearFen), 'rigid-expense', text)).toBe(expected);
  });

  test('make no layer of who is low-edge anyway, or over the property line', () => {
    expect(isFor(withExpenses(165_000, 600_000), 'rigid-expense', '2025-05')).toBe(false);
    expect(
      isFor(withExpenses(215_000, 600_000, { property: { vehicles: 1 } }), 'rigid-expense', '2025-05'),
    ).toBe(false);
  });

  test('are told by kind', () => {
    const steps = evaluate(
      sampleFamily(1, 215_000, { expenses: { medicalFen: 500_000, educationFen: 100_000 } }),
      month('2025-05'),
      shipped,
    ).verdicts.find(({ programme }) => programme === 'rigid-expense')?.steps;

    expect(steps?.find(({ title }) => title === '刚性支出')?.text).toBe(
      '医疗 5,000.00 元、教育 1,000.00 元,合计 6,000.00 元 ÷ 12 个月 = 500.00 元',
    );
  });
});

describe('low income', () => {
  test.each([
    ['2025-04', 800_000, false],
    ['2025-05', 800_000, true],
    // 100,000 yuan a year are 8,333.33 a month.
    ['2025-05', 833_333, true],
    ['2025-05', 833_334, false],
  ])('in %s takes %i fen a month: %s', (text, incomeFen, expected) => {
    expect(isFor(sampleFamily(3, incomeFen), 'low-income', text)).toBe(expected);
  });

  test('is below the limit, not at it', () => {
    const parameters = withNumbers({ 'low_income.year_limit': 96_000 });

    expect(isFor(sampleFamily(3, 799_999), 'low-income', '2025-05', parameters)).toBe(true);
    expect(isFor(sampleFamily(3, 800_000), 'low-income', '2025-05', parameters)).toBe(false);
  });

  test('has a property rule of its own', () => {
    expect(isFor(sampleFamily(3, 800_000, { property: { vehicles: 1 } }), 'low-income', '2025-05')).toBe(
      true,
    );
  });

  test('leaves out whoever is in a layer below', () => {
    expect(isFor(sampleFamily(3, 300_000), 'low-income', '2025-05')).toBe(false);
    expect(isFor(sampleFamily(3, 400_000), 'low-income', '2025-05')).toBe(false);
    expect(
      isFor(sampleFamily(3, 800_000, { expenses: { medicalFen: 5_000_000 } }), 'low-income', '2025-05'),
    ).toBe(false);
  });
});
