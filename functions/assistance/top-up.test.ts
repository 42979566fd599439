import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { amountFor, evaluate } from './evaluate.ts';
import type { HouseholdFacts } from './facts.ts';
import { rulesFor } from './rules.ts';
import { type MemberSketch, month, sampleFacts, sampleFamily, withNumbers } from './sample-household.ts';
import { qualifiesForFullAmount } from './top-up.ts';

const AUGUST = month('2021-08');
const amountOf = (facts: HouseholdFacts, parameters = shipped) =>
  amountFor(facts, 'dibao', AUGUST, parameters).amountFen;
const stepsOf = (facts: HouseholdFacts) =>
  Object.fromEntries(
    (evaluate(facts, AUGUST, shipped).verdicts[1]?.steps ?? []).map(({ title, text }) => [title, text]),
  );

describe('the difference', () => {
  test.each([
    [1, 0, 90_000],
    [1, 89_999, 100],
    [3, 100_000, 170_000],
    [3, 100_001, 170_000],
    [3, 99_999, 170_100],
    [2, 179_900, 100],
  ])('for %i persons with %i fen is %i fen, rounded up to the yuan', (persons, incomeFen, amountFen) => {
    expect(amountOf(sampleFamily(persons, incomeFen))).toBe(amountFen);
  });

  test('is rounded up to the unit that the district chose', () => {
    const facts = sampleFamily(3, 100_150);

    expect(amountOf(facts, withNumbers({ 'dibao.rounding_yuan': 10 }))).toBe(170_000);
    expect(amountOf(facts, withNumbers({ 'dibao.rounding_yuan': 0.1 }))).toBe(169_850);
    expect(amountOf(facts, withNumbers({ 'dibao.rounding_yuan': 0 }))).toBe(169_850);
  });
});

describe('the full amount', () => {
  const incomes: MemberSketch['incomes'] = [{ kind: 'transfer', monthlyFen: 50_000 }];

  test('is for that member alone; the others keep the difference of the whole household', () => {
    const facts = sampleFacts([{ incomes, fullAmountFrom: '2021-08' }, {}, {}]);

    // 900 + 2 × (900 − 500 ÷ 3), rounded up once.
    expect(amountOf(facts)).toBe(236_700);
    expect(stepsOf(facts)).toMatchObject({
      全额享受: '900.00 元 × 1 人 = 900.00 元',
      补差: '900.00 元 × 3 人 − 500.00 元 = 2,200.00 元;2,200.00 元 × 2/3 ≈ 1,466.66 元',
      每月金额: '合计约 2,366.66 元,按 1.00 元为单位向上取整为 2,367.00 元',
    });
  });

  test('begins in its month', () => {
    const from = (fullAmountFrom: string) => amountOf(sampleFacts([{ incomes, fullAmountFrom }]));

    expect(from('2021-08')).toBe(90_000);
    expect(from('2021-09')).toBe(40_000);
  });

  test('does not help a household that is over the line', () => {
    const facts = sampleFacts([
      { incomes: [{ kind: 'transfer', monthlyFen: 90_000 }], fullAmountFrom: '2021-01' },
    ]);

    expect(amountFor(facts, 'dibao', AUGUST, shipped).eligible).toBe(false);
  });

  test.each([
    ['1951-08-01', 100_000, true],
    ['1951-08-02', 100_000, false],
    ['1940-01-01', 135_001, false],
  ])(
    'is open to who was born on %s with children at %i fen a head: %s',
    (born, perCapitaMonthlyFen, open) => {
      const facts = sampleFacts([{ born }], { supporters: [{ relation: 'child', perCapitaMonthlyFen }] });
      const [member] = facts.members;

      expect(member && qualifiesForFullAmount(member, facts, rulesFor(shipped, AUGUST))).toBe(open);
    },
  );
});

describe('the uplift for special groups', () => {
  test.each<[string, MemberSketch, number]>([
    ['severely disabled', { disability: { category: 'hearing', grade: 2 } }, 108_000],
    ['less disabled', { disability: { category: 'hearing', grade: 3 } }, 90_000],
    ['seriously ill', { seriousIllness: true }, 108_000],
    ['seventy on the first of the month', { born: '1951-08-01' }, 108_000],
    ['seventy a day later', { born: '1951-08-02' }, 90_000],
    ['eighteen a day later', { born: '2003-08-02' }, 108_000],
    ['eighteen on the first of the month', { born: '2003-08-01' }, 90_000],
    ['in two groups', { born: '1940-01-01', seriousIllness: true }, 108_000],
  ])('for somebody %s who is still in need', (_, member, amountFen) => {
    expect(amountOf(sampleFacts([{ ...member, stillInNeed: true }]))).toBe(amountFen);
    expect(amountOf(sampleFacts([member]))).toBe(90_000);
  });

  test('comes on top of the full amount and is told by group and number', () => {
    const facts = sampleFacts([
      { born: '1940-01-01', stillInNeed: true, fullAmountFrom: '2021-03' },
      { seriousIllness: true, stillInNeed: true },
    ]);

    expect(amountOf(facts)).toBe(216_000);
    expect(stepsOf(facts).分类施保).toBe(
      '高龄、重病 2 人生活仍有困难,就高不叠加:900.00 元 × 20% × 2 人 = 360.00 元',
    );
  });
});

describe('a member who refuses jobs', () => {
  const idle = (jobRefusals: number, ableToWork = true) =>
    sampleFacts([{ incomes: [{ kind: 'transfer', monthlyFen: 40_000 }] }, { ableToWork, jobRefusals }]);

  test('loses the own share at the third refusal, and only if able to work', () => {
    expect(amountOf(idle(2))).toBe(140_000);
    expect(amountOf(idle(3))).toBe(70_000);
    expect(amountOf(idle(3, false))).toBe(140_000);
  });

  test('stays on the register, and is told of', () => {
    expect(amountFor(idle(3), 'dibao', AUGUST, shipped)).toMatchObject({ eligible: true, persons: 2 });
    expect(stepsOf(idle(3)).拒绝就业).toBe('1 人六个月内连续拒绝就业达 3 次,停发其份额');
  });

  test('gets neither full amount nor uplift', () => {
    const facts = sampleFacts([
      {
        ableToWork: true,
        jobRefusals: 3,
        fullAmountFrom: '2021-01',
        seriousIllness: true,
        stillInNeed: true,
      },
    ]);

    expect(amountOf(facts)).toBe(0);
  });
});
