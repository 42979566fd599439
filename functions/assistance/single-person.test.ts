import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { amountFor, evaluate } from './evaluate.ts';
import { type MemberSketch, month, sampleFacts } from './sample-household.ts';

const AUGUST = month('2021-08');
/** A head whose wage makes the family low-edge (2,400) or better off (5,000), with one more member. */
const family = (wageFen: number, member: MemberSketch) =>
  sampleFacts([
    { ableToWork: true, incomes: [{ kind: 'wage', monthlyFen: wageFen }] },
    { relation: 'child', ...member },
  ]);
const amountOf = (wageFen: number, member: MemberSketch) =>
  amountFor(family(wageFen, member), 'dibao-single', AUGUST, shipped).amountFen;

describe('a member who is treated as a household of one', () => {
  test.each<[string, MemberSketch, number, number]>([
    ['severely disabled', { disability: { category: 'hearing', grade: 2 } }, 90_000, 90_000],
    ['mentally disabled, grade 3', { disability: { category: 'psychiatric', grade: 3 } }, 90_000, 90_000],
    ['mentally disabled, grade 4', { disability: { category: 'intellectual', grade: 4 } }, 90_000, 90_000],
    ['physically disabled, grade 3', { disability: { category: 'physical', grade: 3 } }, 0, 0],
    ['seriously ill', { seriousIllness: true }, 90_000, 0],
    [
      'a severely disabled minor',
      { born: '2010-01-01', disability: { category: 'vision', grade: 1 } },
      90_000,
      0,
    ],
    [
      'a severely disabled spouse',
      { relation: 'spouse', disability: { category: 'vision', grade: 1 } },
      90_000,
      0,
    ],
    [
      'a severely disabled sibling',
      { relation: 'sibling', disability: { category: 'vision', grade: 1 } },
      90_000,
      90_000,
    ],
    ['healthy', {}, 0, 0],
  ])('%s', (_, member, inLowEdge, betterOff) => {
    expect(amountOf(240_000, member)).toBe(inLowEdge);
    expect(amountOf(500_000, member)).toBe(betterOff);
  });

  test('has the difference to his own income, none at the standard', () => {
    const ill = (monthlyFen: number): MemberSketch => ({
      seriousIllness: true,
      incomes: [{ kind: 'transfer', monthlyFen }],
    });

    expect(amountOf(200_000, ill(40_000))).toBe(50_000);
    expect(amountFor(family(160_000, ill(90_000)), 'dibao-single', AUGUST, shipped).eligible).toBe(false);
  });

  test('is named by member, while the family stays low-edge', () => {
    const evaluation = evaluate(family(240_000, { seriousIllness: true }), AUGUST, shipped);

    expect(evaluation.recommended).toBe('edge');
    expect(evaluation.verdicts[2]).toMatchObject({
      eligible: true,
      memberIds: ['m2'],
      summary: '1 人可视为单人户,每月 900.00 元。',
    });
  });

  test('does not exist where the whole household has the allowance, or lives alone', () => {
    expect(amountOf(100_000, { seriousIllness: true })).toBe(0);
    expect(
      amountFor(
        sampleFacts([{ seriousIllness: true, incomes: [{ kind: 'transfer', monthlyFen: 95_000 }] }]),
        'dibao-single',
        AUGUST,
        shipped,
      ).eligible,
    ).toBe(false);
  });
});
