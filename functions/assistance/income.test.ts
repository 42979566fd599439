import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import { evaluate } from './evaluate.ts';
import { countedKinds, excludedKinds, Supporter } from './facts.ts';
import { averageOfWindow } from './income.ts';
import { rulesFor } from './rules.ts';
import { month, sampleFacts, sampleFamily, sampleHousehold, withNumbers } from './sample-household.ts';
import { hasCapacity, lacksSupport, maintenanceDueFen } from './supporter.ts';

const AUGUST = '2021-08';

describe('the average of the income window', () => {
  const april = month('2021-04');

  test('takes the six months before the application and no other', () => {
    const received = ['2020-09', '2020-10', '2021-03', '2021-04'].map((text) => ({
      month: month(text),
      fen: 60_000,
    }));

    expect(averageOfWindow(received, april, 6)).toBe(20_000);
  });

  test('is rounded down to whole fen, and 0 when nothing came in', () => {
    expect(averageOfWindow([{ month: month('2021-01'), fen: 100 }], april, 6)).toBe(16);
    expect(averageOfWindow([], april, 6)).toBe(0);
  });

  test('of a steady income is that income', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 12 }), (fen, window) => {
        const received = Array.from({ length: window }, (_, index) => ({
          month: addMonths(april, -1 - index),
          fen,
        }));
        expect(averageOfWindow(received, april, window)).toBe(fen);
      }),
    );
  });
});

describe('income of members', () => {
  test.each(countedKinds)('%s counts, net of what is deducted', (kind) => {
    const facts = sampleFacts([{ incomes: [{ kind, monthlyFen: 50_000, deductedFen: 20_000 }] }]);

    expect(sampleHousehold(facts, AUGUST).income.totalFen).toBe(30_000);
  });

  test.each(excludedKinds)('%s does not count, but is shown', (kind) => {
    const facts = sampleFacts([{ incomes: [{ kind, monthlyFen: 50_000 }] }]);

    expect(sampleHousehold(facts, AUGUST).income.totalFen).toBe(0);
    expect(
      evaluate(facts, month(AUGUST), shipped).verdicts[1]?.steps.find(({ rule }) => rule === 'A41')?.text,
    ).toContain('500.00 元');
  });

  test('is never negative, even when costs or maintenance paid to others exceed it', () => {
    const facts = sampleFacts(
      [{ incomes: [{ kind: 'business', monthlyFen: 10_000, deductedFen: 90_000 }] }],
      {
        maintenancePaidFen: 5_000,
      },
    );

    expect(sampleHousehold(facts, AUGUST).income.totalFen).toBe(0);
  });

  test('is less the maintenance the household pays to others', () => {
    expect(
      sampleHousehold(sampleFamily(2, 50_000, { maintenancePaidFen: 20_000 }), AUGUST).income.totalFen,
    ).toBe(30_000);
  });

  test('of people who are not counted does not count', () => {
    const facts = sampleFacts([
      {},
      { notCounted: 'imprisoned', incomes: [{ kind: 'transfer', monthlyFen: 50_000 }] },
    ]);

    expect(sampleHousehold(facts, AUGUST)).toMatchObject({ persons: 1, income: { totalFen: 0 } });
  });

  test('from wages is less the necessary cost of working, once for each who works', () => {
    const facts = sampleFacts([
      {
        incomes: [
          { kind: 'wage', monthlyFen: 100_000 },
          { kind: 'wage', monthlyFen: 50_000 },
        ],
      },
      { incomes: [{ kind: 'wage', monthlyFen: 10_000 }] },
      { incomes: [{ kind: 'transfer', monthlyFen: 10_000 }] },
    ]);
    const parameters = withNumbers({ 'dibao.working_cost_share': 0.3 });

    expect(sampleHousehold(facts, AUGUST, parameters).income).toMatchObject({
      workingCostFen: 27_000 + 10_000,
      totalFen: 123_000 + 10_000,
    });
  });
});

describe('income of a new job', () => {
  const withJob = (monthlyFen: number, disregardFrom = '2021-06') =>
    sampleFacts([{ incomes: [{ kind: 'wage', monthlyFen, disregardFrom }] }, {}]);

  test.each([
    ['2021-05', 0],
    ['2021-06', 0],
    ['2021-11', 0],
    ['2021-12', 240_000],
  ])('in %s counts with %i fen', (text, totalFen) => {
    expect(sampleHousehold(withJob(240_000), text).income.totalFen).toBe(totalFen);
  });

  test('is left out up to three times the standard of the month', () => {
    expect(sampleHousehold(withJob(300_000), '2021-06').income).toMatchObject({
      leftOutFen: 255_000,
      totalFen: 45_000,
    });
    expect(sampleHousehold(withJob(300_000), '2021-07').income).toMatchObject({
      leftOutFen: 270_000,
      totalFen: 30_000,
    });
  });

  test('is left out for twelve months where the county says so', () => {
    const parameters = withNumbers({ 'dibao.job_disregard_months': 12 });

    expect(sampleHousehold(withJob(240_000), '2022-05', parameters).income.totalFen).toBe(0);
    expect(sampleHousehold(withJob(240_000), '2022-06', parameters).income.totalFen).toBe(240_000);
  });

  test('counts in full at once when a head has more than twice the standard without it', () => {
    const limitFen = 2 * 90_000 * 2;
    const at = sampleHousehold(withJob(270_000 + limitFen), AUGUST).income;
    const above = sampleHousehold(withJob(270_000 + limitFen + 1), AUGUST).income;

    expect(at).toMatchObject({ totalFen: limitFen, leftOutFen: 270_000, endedEarly: false });
    expect(above).toMatchObject({ totalFen: 270_000 + limitFen + 1, leftOutFen: 0, endedEarly: true });
  });

  test('is told by when it counts again, when it has, and when early', () => {
    const lineOf = (facts: ReturnType<typeof withJob>, text: string) =>
      evaluate(facts, month(text), shipped).verdicts[1]?.steps.find(({ rule }) => /A09|A63/.test(rule))?.text;

    expect(lineOf(withJob(240_000), AUGUST)).toBe(
      '新增就业收入 2,400.00 元暂不计入(每人每月至多 2,700.00 元),至 2021-11 止',
    );
    expect(lineOf(withJob(240_000), '2022-01')).toBe('豁免期已满,就业收入全部计入');
    expect(lineOf(withJob(900_000), AUGUST)).toContain('提前结束渐退');
    expect(lineOf(withJob(240_000), '2021-05')).toBeUndefined();
  });
});

describe('a supporter', () => {
  const rules = rulesFor(shipped, month(AUGUST));
  const supporter = (rest: object) => Supporter.parse({ relation: 'child', perCapitaMonthlyFen: 0, ...rest });

  test.each([
    [{ perCapitaMonthlyFen: 135_000 }, false],
    [{ perCapitaMonthlyFen: 135_001 }, true],
    [{ perCapitaMonthlyFen: 0, overPropertyLine: true }, true],
    [{ perCapitaMonthlyFen: 500_000, unable: true }, false],
  ])('%j is able to support: %s', (rest, able) => {
    expect(hasCapacity(supporter(rest), rules)).toBe(able);
    expect(lacksSupport(sampleFamily(1, 0, { supporters: [supporter(rest)] }), rules)).toBe(!able);
  });

  test.each([
    ['half of what is above the line', { perCapitaMonthlyFen: 235_000 }, 50_000],
    ['nothing below the line', { perCapitaMonthlyFen: 100_000 }, 0],
    ['what was agreed instead', { perCapitaMonthlyFen: 235_000, agreedFen: 30_000 }, 30_000],
    [
      'what is paid, when that is more',
      { perCapitaMonthlyFen: 100_000, agreedFen: 30_000, paidFen: 40_000 },
      40_000,
    ],
    [
      'what was agreed, when less is paid',
      { perCapitaMonthlyFen: 100_000, agreedFen: 30_000, paidFen: 10_000 },
      30_000,
    ],
  ])('owes %s', (_, rest, dueFen) => {
    expect(maintenanceDueFen(supporter(rest), rules)).toBe(dueFen);
  });

  test('who pays what a member declares is not counted twice', () => {
    const facts = sampleFacts([{ incomes: [{ kind: 'maintenance', monthlyFen: 30_000 }] }], {
      supporters: [supporter({ paidFen: 30_000 }), supporter({ agreedFen: 5_000 })],
    });

    expect(sampleHousehold(facts, AUGUST).income).toMatchObject({ maintenanceFen: 35_000, totalFen: 35_000 });
  });
});
