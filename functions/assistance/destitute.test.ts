import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { basicLivingFen, carePayFen, careTierOf } from './care.ts';
import { amountFor, evaluate } from './evaluate.ts';
import { type HouseholdFacts, selfCareItems } from './facts.ts';
import { rulesFor } from './rules.ts';
import { type FactsSketch, type MemberSketch, month, sampleFacts } from './sample-household.ts';

const old: MemberSketch = { born: '1950-01-01' };
const isDestitute = (members: readonly MemberSketch[], text = '2021-08', rest: FactsSketch = {}) =>
  amountFor(sampleFacts(members, rest), 'destitute', month(text), shipped).eligible;
const reasonsOf = (facts: HouseholdFacts, text = '2021-08') =>
  evaluate(facts, month(text), shipped)
    .verdicts.find(({ programme }) => programme === 'destitute')
    ?.steps.filter(({ holds }) => holds === false)
    .map(({ rule }) => rule);

describe('a destitute person', () => {
  test.each([
    ['1961-08-01', true],
    ['1961-08-02', false],
  ])('born on %s is old: %s', (born, expected) => {
    expect(isDestitute([{ born }])).toBe(expected);
  });

  test.each([
    ['2021-06', '2005-06-02', true],
    ['2021-06', '2005-06-01', false],
    ['2021-07', '2003-07-02', true],
    ['2021-07', '2003-07-01', false],
  ])('in %s, born on %s, is a minor: %s', (text, born, expected) => {
    expect(isDestitute([{ born }], text)).toBe(expected);
  });

  test.each([
    ['intellectual', 2, true, true],
    ['intellectual', 3, false, true],
    ['psychiatric', 3, false, true],
    ['psychiatric', 4, false, false],
    ['physical', 1, true, true],
    ['physical', 2, false, true],
    ['physical', 3, false, false],
    ['vision', 1, false, true],
    ['vision', 2, false, false],
    ['multiple', 1, false, true],
    ['multiple', 2, false, false],
    ['hearing', 1, false, false],
    ['speech', 1, false, false],
  ] as const)(
    'with %s disability of grade %i: before July 2021 %s, since then %s',
    (category, grade, before, since) => {
      const member = { disability: { category, grade } };

      expect(isDestitute([member], '2021-06')).toBe(before);
      expect(isDestitute([member], '2021-07')).toBe(since);
    },
  );

  test('who comes of age at school is kept from July 2021 on, if supported before', () => {
    const pupil: MemberSketch = { born: '2003-01-01', student: 'high-school' };
    const recognised: FactsSketch = { destitute: { form: 'at-home' } };

    expect(isDestitute([pupil], '2021-08', recognised)).toBe(true);
    expect(isDestitute([pupil], '2021-06', recognised)).toBe(false);
    expect(isDestitute([pupil], '2021-08')).toBe(false);
    expect(isDestitute([{ ...pupil, student: 'college' }], '2021-08', recognised)).toBe(false);
  });

  test('has an income below the standard, of which pensions that do not count are no part', () => {
    const withIncome = (kind: 'transfer' | 'basic-pension', monthlyFen: number) =>
      isDestitute([{ ...old, incomes: [{ kind, monthlyFen }] }]);

    expect(withIncome('transfer', 89_999)).toBe(true);
    expect(withIncome('transfer', 90_000)).toBe(false);
    expect(withIncome('basic-pension', 90_000)).toBe(true);
  });

  test('has no supporter, or none who is able; a poor supporter is one all the same', () => {
    const supporters = (unable: boolean): FactsSketch => ({
      supporters: [{ relation: 'child', perCapitaMonthlyFen: 0, unable }],
    });

    expect(isDestitute([old], '2021-08', supporters(true))).toBe(true);
    expect(isDestitute([old], '2021-08', supporters(false))).toBe(false);
  });

  test('lives with nobody who can work', () => {
    expect(isDestitute([old, old])).toBe(true);
    expect(reasonsOf(sampleFacts([old, {}]))).toEqual(['B02']);
  });

  test('has no property beyond the rule', () => {
    expect(reasonsOf(sampleFacts([old], { property: { vehicles: 1 } }))).toEqual(['A46']);
  });
});

describe('support', () => {
  test.each([
    ['2021-06', 110_500],
    ['2021-08', 117_000],
    ['2022-08', 136_500],
    ['2023-08', 143_000],
  ])('for basic living in %s is %i fen', (text, fen) => {
    expect(basicLivingFen(rulesFor(shipped, month(text)))).toBe(fen);
  });

  test.each([
    ['2021-06', 'institution', [90_000, 54_000, 18_000]],
    ['2021-08', 'institution', [103_500, 62_100, 20_700]],
    ['2021-06', 'at-home', [45_000, 27_000, 9_000]],
    ['2021-08', 'at-home', [51_800, 31_100, 10_400]],
  ] as const)('for care in %s, %s, is %j fen by tier, rounded up to the yuan', (text, form, fen) => {
    const rules = rulesFor(shipped, month(text));

    expect((['full', 'half', 'self'] as const).map((tier) => carePayFen(tier, form, rules))).toEqual(fen);
  });

  test.each([
    [undefined, 'self'],
    [0, 'self'],
    [1, 'half'],
    [3, 'half'],
    [4, 'full'],
    [6, 'full'],
  ])('by %s of the six things failed is of tier %s', (failed, tier) => {
    const unableTo = failed === undefined ? undefined : selfCareItems.slice(0, failed);

    expect(careTierOf({ unableTo }, rulesFor(shipped, month('2021-08')))).toBe(tier);
  });

  test('adds up over the members and is told line by line', () => {
    const facts = sampleFacts(
      [
        { ...old, unableTo: ['eat', 'dress', 'walk', 'wash'] },
        { ...old, unableTo: ['eat'] },
      ],
      {
        destitute: { form: 'at-home' },
      },
    );
    const verdict = evaluate(facts, month('2021-08'), shipped).verdicts[0];

    expect(verdict).toMatchObject({
      eligible: true,
      amountFen: 2 * 117_000 + 51_800 + 31_100,
      memberIds: ['m1', 'm2'],
      summary: '2 人无劳动能力、无生活来源、无人供养,每月 3,169.00 元。',
    });
    expect(verdict?.steps.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        '分散供养',
        '900.00 元 × 1.3,取整到元 1,170.00 元 × 2 人 = 2,340.00 元',
        '全护理 1 人:2,070.00 元 × 50% × 50%(分散供养),取整到元 518.00 元 × 1 人 = 518.00 元',
        '半护理 1 人:2,070.00 元 × 30% × 50%(分散供养),取整到元 311.00 元 × 1 人 = 311.00 元',
      ]),
    );
  });
});

describe('one programme at a time', () => {
  test('whoever is recognised as destitute gets no allowance; before that it stands in', () => {
    const before = evaluate(sampleFacts([old]), month('2021-08'), shipped);
    const after = evaluate(sampleFacts([old], { destitute: { form: 'at-home' } }), month('2021-08'), shipped);

    expect(before.verdicts.slice(0, 2).map(({ eligible }) => eligible)).toEqual([true, true]);
    expect(before.recommended).toBe('destitute');
    expect(after.verdicts.filter(({ eligible }) => eligible).map(({ programme }) => programme)).toEqual([
      'destitute',
    ]);
  });

  test('whoever is destitute no longer may have the allowance', () => {
    const facts = sampleFacts([old], {
      destitute: { form: 'at-home' },
      supporters: [{ relation: 'child', perCapitaMonthlyFen: 0 }],
    });

    expect(evaluate(facts, month('2021-08'), shipped).recommended).toBe('dibao');
  });

  test('minors are pointed to the programme for orphans', () => {
    const verdict = evaluate(sampleFacts([{ born: '2012-01-01' }]), month('2021-08'), shipped).verdicts[0];

    expect(verdict?.steps.at(-1)?.text).toContain('优先纳入孤困儿童保障');
  });
});
