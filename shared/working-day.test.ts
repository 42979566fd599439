import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWorkingDay, naturalDaysAfter, workingDaysAfter } from './working-day.ts';

describe('a working day', () => {
  test.each([
    ['2021-02-07', true],
    ['2025-09-28', true],
    ['2026-02-14', true],
    ['2021-02-12', false],
    ['2021-02-06', false],
    ['2021-02-08', true],
  ])('%s: %s, shifted weekends and holidays counted as announced', (date, working) => {
    expect(isWorkingDay(date)).toBe(working);
  });
});

describe('the clocks of an application (rulebook A.6)', () => {
  test.each([
    ['2021-02-01', '2021-02-25', '2021-03-04', '2021-03-09', '2021-03-16'],
    ['2021-04-25', '2021-05-18', '2021-05-25', '2021-05-28', '2021-06-04'],
    ['2021-09-24', '2021-10-20', '2021-10-27', '2021-11-01', '2021-11-08'],
  ])(
    'accepted %s: opinion %s, publicity %s, submission %s, decision %s',
    (accepted, opinion, end, submit, decide) => {
      expect(workingDaysAfter(accepted, 15)).toEqual({ date: opinion, certain: true });
      expect(naturalDaysAfter(opinion, 7).date).toBe(end);
      expect(workingDaysAfter(end, 3).date).toBe(submit);
      expect(workingDaysAfter(submit, 5).date).toBe(decide);
    },
  );
});

test('a natural period that ends on a holiday ends on the next working day', () => {
  expect(naturalDaysAfter('2021-01-18', 30)).toEqual({ date: '2021-02-18', certain: true });
  expect(naturalDaysAfter('2021-09-03', 30).date).toBe('2021-10-08');
});

test('in a year whose holidays are not announced yet weekdays count, and the deadline is not certain', () => {
  expect(workingDaysAfter('2027-03-01', 5)).toEqual({ date: '2027-03-08', certain: false });
  expect(workingDaysAfter('2026-12-30', 15).certain).toBe(false);
});

test('a deadline is always a working day after the act, and later for more days', () => {
  const dates = fc
    .integer({ min: 0, max: 8000 })
    .map((days) => new Date(Date.UTC(2005, 0, 1 + days)).toISOString().slice(0, 10));
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 40 }), (date, count) => {
      const { date: end } = workingDaysAfter(date, count);
      expect(end > date).toBe(true);
      expect(isWorkingDay(end)).toBe(true);
      expect(workingDaysAfter(date, count + 1).date > end).toBe(true);
    }),
    { numRuns: 50 },
  );
});
