import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { exitReasonFor } from './exit-reason.ts';
import { type IncomeKind, NotCounted } from './facts.ts';
import { nextReviewMonth, reviewClassOf } from './review.ts';
import { type FactsSketch, type MemberSketch, month, sampleFacts, sampleFamily } from './sample-household.ts';

const withIncome = (kind: IncomeKind, rest: MemberSketch = {}) =>
  sampleFacts([{ incomes: [{ kind, monthlyFen: 10_000 }], ...rest }]);

describe('the class of a household', () => {
  test.each([
    ['nobody works and nothing comes in', sampleFacts([{}]), 'A'],
    ['a pension', withIncome('transfer'), 'A'],
    ['maintenance', withIncome('maintenance'), 'A'],
    ['income that does not count', withIncome('veteran-benefit'), 'A'],
    ['rent', withIncome('property'), 'B'],
    ['a wage', withIncome('wage', { ableToWork: true }), 'B'],
    ['a business', withIncome('business'), 'C'],
    ['somebody able without a wage', sampleFacts([{}, { ableToWork: true }]), 'C'],
    [
      'somebody able who is not counted',
      sampleFacts([{}, { ableToWork: true, notCounted: 'conscript' }]),
      'A',
    ],
  ])('with %s', (_, facts, expected) => {
    expect(reviewClassOf(facts)).toBe(expected);
  });
});

describe('the next review', () => {
  test.each([
    ['A', sampleFacts([{}]), '2021-06', '2022-06'],
    ['A', sampleFacts([{}]), '2021-07', '2022-07'],
    ['B', withIncome('property'), '2021-06', '2021-12'],
    ['B', withIncome('property'), '2021-07', '2022-01'],
    ['C', withIncome('business'), '2021-06', '2021-09'],
    ['C', withIncome('business'), '2021-07', '2022-01'],
  ])('of class %s', (_, facts, reviewed, due) => {
    expect(nextReviewMonth(facts, month(reviewed), shipped)).toBe(due);
  });

  test('is due early when income of a new job counts again', () => {
    const facts = sampleFacts([
      { ableToWork: true, incomes: [{ kind: 'wage', monthlyFen: 100_000, disregardFrom: '2021-06' }] },
    ]);

    expect(nextReviewMonth(facts, month('2021-08'), shipped)).toBe('2021-12');
    expect(nextReviewMonth(facts, month('2021-12'), shipped)).toBe('2022-06');
  });
});

describe('the reason why help ends', () => {
  const reasonOf = (
    members: readonly MemberSketch[],
    rest: FactsSketch = {},
    programme: Parameters<typeof exitReasonFor>[1] = 'dibao',
    text = '2021-08',
  ) => exitReasonFor(sampleFacts(members, rest), programme, month(text), shipped);
  const earning = (monthlyFen: number): MemberSketch => ({ incomes: [{ kind: 'transfer', monthlyFen }] });

  test('is none while it does not end', () => {
    expect(reasonOf([{}])).toBeUndefined();
  });

  test.each([
    ['died', 'died'],
    ['moved-away', 'moved-away'],
    ['imprisoned', 'imprisoned'],
    ['missing', 'missing'],
    ['religious', 'members-changed'],
  ] as const)('of the last member %s is %s', (notCounted, reason) => {
    expect(reasonOf([{ notCounted }])).toBe(reason);
  });

  test('is known for every way of leaving a household', () => {
    for (const notCounted of NotCounted.options) expect(reasonOf([{ notCounted }])).toBeDefined();
  });

  test.each([
    ['a check refused', {}, { refusesCheck: true }, 'refused-check'],
    ['the registration moved', {}, { hukou: 'elsewhere' }, 'moved-away'],
    ['a car', {}, { property: { vehicles: 1 } }, 'over-property'],
    ['much income', earning(200_000), {}, 'over-income'],
    ['income and property', earning(200_000), { property: { vehicles: 1 } }, 'over-income'],
    ['income within low-edge', earning(100_000), {}, 'became-edge'],
    [
      'recognition as destitute',
      { born: '1950-01-01' },
      { destitute: { form: 'at-home' } },
      'became-destitute',
    ],
  ] as const)('of the allowance, after %s', (_, member, rest, reason) => {
    expect(reasonOf([member], rest)).toBe(reason);
  });

  test('is the end of gradual exit in the month a new job counts again', () => {
    const worker: MemberSketch = {
      incomes: [{ kind: 'wage', monthlyFen: 240_000, disregardFrom: '2021-06' }],
    };

    expect(reasonOf([worker], {}, 'dibao', '2021-12')).toBe('gradual-exit-ended');
    expect(reasonOf([worker], {}, 'dibao', '2022-01')).toBe('over-income');
  });

  test.each<[MemberSketch, FactsSketch, string]>([
    [{}, {}, 'regained-capacity'],
    [
      { born: '1950-01-01' },
      { supporters: [{ relation: 'child', perCapitaMonthlyFen: 0 }] },
      'supporter-able',
    ],
    [{ born: '1950-01-01', ...earning(200_000) }, {}, 'over-income'],
  ])('of destitution: %j %j', (member, rest, reason) => {
    expect(reasonOf([member], { destitute: { form: 'at-home' }, ...rest }, 'destitute')).toBe(reason);
  });

  test('of a single person is his own income, or that the whole household has the allowance', () => {
    const family = (wageFen: number, ownFen: number) => [
      { incomes: [{ kind: 'wage' as const, monthlyFen: wageFen }] },
      { seriousIllness: true, ...earning(ownFen) },
    ];

    expect(reasonOf(family(180_000, 10_000), {}, 'dibao-single')).toBeUndefined();
    expect(reasonOf(family(150_000, 90_000), {}, 'dibao-single')).toBe('over-income');
    expect(reasonOf(family(100_000, 10_000), {}, 'dibao-single')).toBe('became-dibao');
  });

  test('of low-edge is the allowance when income falls, and income when it rises', () => {
    expect(exitReasonFor(sampleFamily(1, 0), 'edge', month('2021-08'), shipped)).toBe('became-dibao');
    expect(exitReasonFor(sampleFamily(1, 200_000), 'edge', month('2021-08'), shipped)).toBe('over-income');
  });
});
