import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { evaluate } from './evaluate.ts';
import type { AidCode } from './evaluation.ts';
import type { HouseholdFacts } from './facts.ts';
import { month, sampleFacts, sampleFamily } from './sample-household.ts';

const verdictOf = (facts: HouseholdFacts, code: AidCode) =>
  evaluate(facts, month('2021-08'), shipped).verdicts.find(({ programme }) => programme === code);
const textsOf = (facts: HouseholdFacts, code: AidCode) =>
  verdictOf(facts, code)?.steps.map(({ text }) => text);

describe('temporary relief for expenses', () => {
  test('is pointed to when a poor family’s costs leave less than the standard', () => {
    const facts = (medicalFen: number) => sampleFamily(1, 100_000, { expenses: { medicalFen } });

    expect(verdictOf(facts(120_001), 'temporary-relief')?.eligible).toBe(true);
    expect(verdictOf(facts(120_000), 'temporary-relief')?.eligible).toBe(false);
    expect(verdictOf(facts(0), 'temporary-relief')?.eligible).toBe(false);
    expect(verdictOf(sampleFamily(1, 0), 'temporary-relief')?.eligible).toBe(false);
    expect(textsOf(facts(120_001), 'temporary-relief')).toContain(
      '每人不超过 5,400.00 元,1 人不超过 5,400.00 元;金额由临时救助审批确定',
    );
  });

  test('is not for families above low-edge', () => {
    expect(
      verdictOf(sampleFamily(1, 200_000, { expenses: { medicalFen: 5_000_000 } }), 'temporary-relief')
        ?.eligible,
    ).toBe(false);
  });
});

describe('help for children', () => {
  const family = (incomeFen: number) =>
    sampleFacts([
      { incomes: [{ kind: 'transfer', monthlyFen: incomeFen }] },
      { relation: 'child', born: '2012-01-01', disability: { category: 'psychiatric', grade: 4 } },
      { relation: 'child', born: '2014-01-01' },
    ]);

  test('is the difference to a scattered orphan’s for those in special difficulty, an allowance for others', () => {
    const verdict = verdictOf(family(100_000), 'child');

    expect(verdict).toMatchObject({ eligible: true, amountFen: 0, memberIds: ['m2', 'm3'] });
    expect(verdict?.steps.map(({ rule }) => rule)).toEqual(['D06', 'D06', 'D06', 'D07']);
    expect(verdict?.steps[2]?.text).toContain('1,502.00 元 − 900.00 元 = 602.00 元');
  });

  test('goes by another row in low-edge families', () => {
    expect(verdictOf(family(300_000), 'child')?.steps.map(({ rule }) => rule)).toContain('D08');
    expect(verdictOf(family(500_000), 'child')?.eligible).toBe(false);
  });
});

describe('home adaptation', () => {
  test('is for the old in poor families, not for the destitute at home', () => {
    const old = { born: '1950-01-01' };

    expect(verdictOf(sampleFacts([old, {}]), 'home-adaptation')).toMatchObject({
      eligible: true,
      memberIds: ['m1'],
    });
    expect(verdictOf(sampleFacts([{}]), 'home-adaptation')?.eligible).toBe(false);
    expect(
      verdictOf(sampleFacts([old], { destitute: { form: 'at-home' } }), 'home-adaptation')?.eligible,
    ).toBe(false);
  });
});
