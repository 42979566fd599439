import { describe, expect, test } from 'vitest';
import { Month } from '../shared/month.ts';
import {
  dibaoAmount,
  differenceAmount,
  directorAmount,
  FIRST_MONTH,
  inForceSince,
  institutionOrphanAmount,
  scatteredOrphanAmount,
} from './amount.ts';

const month = (text: string) => Month.parse(text);

describe('amounts of the demo district', () => {
  test('low-income households get the difference to the standard of the month, as the rulebook reckons it', () => {
    const threePersons = dibaoAmount(3, 1_200_00);
    expect(threePersons(month('2021-05'))).toBe(1_350);
    expect(threePersons(month('2021-08'))).toBe(1_500);
  });

  test('a part of a yuan is paid as a whole one', () => {
    expect(dibaoAmount(1, 400_01)(month('2021-08'))).toBe(500);
    expect(dibaoAmount(1, 399_99)(month('2021-08'))).toBe(501);
  });

  test('children get what the bureau published, or the difference to it', () => {
    expect(institutionOrphanAmount(month('2021-07'))).toBe(1_877);
    expect(scatteredOrphanAmount(month('2021-07'))).toBe(1_502);
    expect(differenceAmount(month('2021-06'))).toBe(652);
    expect(differenceAmount(month('2021-07'))).toBe(602);
  });

  test('an amount is in force since the month a number it depends on changed', () => {
    const household = dibaoAmount(2, 0);
    expect(inForceSince(household, month('2021-06'))).toBe(FIRST_MONTH);
    expect(inForceSince(household, month('2021-07'))).toBe('2021-07');
    expect(inForceSince(household, month('2022-06'))).toBe('2021-07');
    expect(inForceSince(scatteredOrphanAmount, month('2022-06'))).toBe('2021-01');
    expect(inForceSince(directorAmount, month('2026-11'))).toBe(FIRST_MONTH);
  });
});
