import { describe, expect, test } from 'vitest';
import type { Fen } from '../../shared/money.ts';
import { differencesOf, Found } from './income-check.ts';
import { sampleFacts } from './sample-household.ts';
import { simulatedRegisters } from './simulated-registers.ts';

const facts = sampleFacts(
  [
    { ableToWork: true, incomes: [{ kind: 'wage', monthlyFen: 120_000 }] },
    { incomes: [{ kind: 'maintenance', monthlyFen: 30_000 }] },
  ],
  { property: { moneyFen: 2_000_000, homes: 1 } },
);
const found = (change: Partial<Found> = {}): Found =>
  Found.parse({
    incomes: [{ memberId: 'm1', kind: 'wage', monthlyFen: 120_000, register: 'social-insurance' }],
    property: { moneyFen: 2_000_000, vehicles: 0 },
    ...change,
  });

describe('what the registers found', () => {
  test('is no contradiction when it is what was declared, or when no register knows of something declared', () => {
    expect(differencesOf(facts, found())).toEqual([]);
  });

  test('contradicts by member and kind of income, all of a kind taken together', () => {
    const more = [
      { memberId: 'm1', kind: 'wage', monthlyFen: 120_000 as Fen, register: 'social-insurance' },
      { memberId: 'm1', kind: 'wage', monthlyFen: 30_000 as Fen, register: 'tax' },
      { memberId: 'm2', kind: 'business', monthlyFen: 50_000 as Fen, register: 'tax' },
    ] as const;

    expect(differencesOf(facts, found({ incomes: [...more] }))).toEqual([
      {
        memberId: 'm1',
        field: 'wage',
        declared: 120_000,
        found: 150_000,
        text: '成员 m1 工资性收入:申报每月 1,200.00 元,核对为 1,500.00 元',
      },
      {
        memberId: 'm2',
        field: 'business',
        declared: 0,
        found: 50_000,
        text: '成员 m2 经营净收入:申报每月 0.00 元,核对为 500.00 元',
      },
    ]);
  });

  test('contradicts about property, as far as it was asked for', () => {
    expect(differencesOf(facts, found({ property: { vehicles: 1 } }))).toEqual([
      { field: 'vehicles', declared: 0, found: 1, text: '机动车船:申报 0 辆(艘),核对为 1 辆(艘)' },
    ]);
  });
});

describe('the simulated registers', () => {
  const requests = Array.from({ length: 200 }, (_, index) => `request-${index}`);

  test('find the same for the same request', () => {
    for (const request of requests.slice(0, 5))
      expect(simulatedRegisters(request, facts)).toEqual(simulatedRegisters(request, facts));
  });

  test('find what was declared for most households, and for a few a deposit or a wage nobody told of', () => {
    const differing = requests.map((request) => differencesOf(facts, simulatedRegisters(request, facts)));
    const fields = new Set(differing.flat().map(({ field }) => field));

    expect(differing.filter((each) => each.length === 0).length).toBeGreaterThan(100);
    expect([...fields].sort()).toEqual(['moneyFen', 'wage']);
  });
});
