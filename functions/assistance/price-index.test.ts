import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { isComplete, PriceFigures, priceCampaign, priceSubsidy } from './price-index.ts';
import { month, withNumbers } from './sample-household.ts';

const index = (text: string, cpiPercent: number, foodPercent: number) => ({
  month: month(text),
  cpiPercent,
  foodPercent,
  publishedOn: '2021-08-09',
  document: '金华市统计局',
});

describe('the price subsidy', () => {
  test('is the standard times the rise of consumer prices: 900 × 3.6 % = 32.4 yuan', () => {
    expect(priceSubsidy(index('2021-07', 3.6, 4), shipped)).toMatchObject({
      ratePercent: 3.6,
      perPersonFen: 3_240,
    });
  });

  test('ends by itself when neither index reaches its trigger', () => {
    expect(priceSubsidy(index('2021-07', 3.49, 5.99), shipped)).toBeUndefined();
  });

  test.each([
    ['consumer prices alone', 3.5, 5.99, 3.5],
    ['food alone', 3.49, 6, 6],
    ['both, by the higher', 3.5, 6.2, 6.2],
  ])('is set off by %s', (_, cpi, food, rate) => {
    expect(priceSubsidy(index('2021-07', cpi, food), shipped)?.ratePercent).toBe(rate);
  });

  test('had a lower trigger from September 2022 to March 2023, and low-edge families among its receivers', () => {
    const reached = ['2022-08', '2022-09', '2023-03', '2023-04'].map(
      (text) => priceSubsidy(index(text, 3, 0), shipped) !== undefined,
    );
    const subsidy = priceSubsidy(index('2022-09', 3, 0), shipped);

    expect(reached).toEqual([false, true, true, false]);
    expect(
      subsidy && priceCampaign(month('2022-09'), subsidy, shipped).amounts.map((each) => each.programme),
    ).toEqual(['destitute', 'dibao', 'edge']);
  });

  test('follows the living costs of the poor where the number says so, and is set off as ever', () => {
    const byScpi = withNumbers({ 'price.rate_scpi': 1 });
    const rise = { ...index('2021-07', 3.6, 6.2), scpiPercent: 4.1 };

    expect(priceSubsidy(rise, byScpi)).toMatchObject({ ratePercent: 4.1, perPersonFen: 3_690 });
    expect(priceSubsidy(rise, shipped)?.ratePercent).toBe(6.2);
    expect(priceSubsidy({ ...rise, cpiPercent: 3, foodPercent: 3 }, byScpi)).toBeUndefined();
    expect(priceSubsidy({ ...rise, scpiPercent: -0.1 }, byScpi)).toBeUndefined();
    expect([isComplete(index('2021-07', 3.6, 4), byScpi), isComplete(rise, byScpi)]).toEqual([false, true]);
    expect(isComplete(index('2021-07', 3.6, 4), shipped)).toBe(true);
  });

  test('is due 20 working days after the publication', () => {
    expect(priceSubsidy(index('2021-07', 3.6, 4), shipped)?.due).toEqual({
      date: '2021-09-06',
      certain: true,
    });
  });

  test('is rounded up to the unit a bureau sets', () => {
    const whole = withNumbers({ 'price.rounding_yuan': 1 });

    expect(priceSubsidy(index('2021-07', 3.6, 4), whole)?.perPersonFen).toBe(3_300);
  });

  test('is never below the exact product, and above it by less than a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 350, max: 100_000 }), (hundredths) => {
        const perPersonFen = priceSubsidy(index('2021-07', hundredths / 100, 0), shipped)?.perPersonFen ?? 0;
        const exact = 90_000 * hundredths;

        expect(perPersonFen * 10_000).toBeGreaterThanOrEqual(exact);
        expect((perPersonFen - 10) * 10_000).toBeLessThan(exact);
      }),
    );
  });
});

test('figures have at most two decimals, as the statistics office publishes them', () => {
  const figures = { cpiPercent: 3.6, foodPercent: -1.25, publishedOn: '2021-08-09', document: '统计公报' };

  expect(PriceFigures.safeParse(figures).success).toBe(true);
  expect(PriceFigures.safeParse({ ...figures, cpiPercent: 3.605 }).success).toBe(false);
});
