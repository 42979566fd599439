import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  dateMonthsAfter,
  daysIn,
  firstDayOf,
  Month,
  monthOfDate,
  monthsBetween,
  nextMonth,
  parseMonth,
  previousMonth,
} from './month.ts';

const month = (text: string) => Month.parse(text);
const anyMonth = fc
  .tuple(fc.integer({ min: 1995, max: 2094 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => month(`${year}-${String(number).padStart(2, '0')}`));
const fewMonths = fc.integer({ min: -60, max: 60 });

describe('months', () => {
  test('December is followed by January of the next year', () => {
    expect(nextMonth(month('2021-12'))).toBe('2022-01');
    expect(previousMonth(month('2022-01'))).toBe('2021-12');
  });

  test('adding months and counting them are inverse', () => {
    fc.assert(
      fc.property(anyMonth, fewMonths, (from, count) => {
        expect(monthsBetween(from, addMonths(from, count))).toBe(count);
        expect(addMonths(addMonths(from, count), -count)).toBe(from);
      }),
    );
  });

  test('text order is time order', () => {
    fc.assert(
      fc.property(anyMonth, anyMonth, (a, b) => {
        expect(a < b).toBe(monthsBetween(a, b) > 0);
      }),
    );
  });

  test('a date lies in the month whose first day does', () => {
    expect(monthOfDate('2021-07-05')).toBe('2021-07');
    fc.assert(fc.property(anyMonth, (any) => monthOfDate(firstDayOf(any)) === any));
  });

  test.each(['2021-00', '2021-13', '1989-12', '2100-01', '2021-7', '21-07', ''])('%j is no month', (text) => {
    expect(Month.safeParse(text).success).toBe(false);
  });

  test.each([
    '2021-07',
    '2021-7',
    '2021/7',
    '2021/07',
    '2021.7',
    '202107',
    '2021年7月',
    '2021年07月',
    ' 2021 年 7 月 ',
  ])('rosters may write %j for July 2021', (text) => {
    expect(parseMonth(text)).toBe('2021-07');
  });

  test.each(['2021-07-05', '2021/7/5', '2021年7月5日', '2021.07.05'])('the day of %s is left out', (text) => {
    expect(parseMonth(text)).toBe('2021-07');
  });

  test.each([
    '2021',
    '2021-13',
    '202113',
    '20217',
    '2021-071',
    '2021-0715',
    '2021年715日',
    '7月',
    '长期',
    '44378',
    '',
  ])('%j is refused rather than guessed', (text) => {
    expect(parseMonth(text)).toBeUndefined();
  });
});

describe('dates by months', () => {
  test.each([
    ['2021-01-31', 1, '2021-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2021-08-31', 6, '2022-02-28'],
    ['2021-07-15', 3, '2021-10-15'],
  ])('%s and %i months is %s: the same day, or the last there is', (date, count, later) => {
    expect(dateMonthsAfter(date, count)).toBe(later);
  });

  test('the months of a year have 365 days, or 366 in a leap year', () => {
    const days = (year: number) =>
      Array.from({ length: 12 }, (_, index) => daysIn(addMonths(month(`${year}-01`), index)));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

    expect(days(2021)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect([2000, 2020, 2021].map((year) => sum(days(year)))).toEqual([366, 366, 365]);
  });
});
