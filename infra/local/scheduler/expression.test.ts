import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextRuns, readExpression } from './expression.ts';

const times = (expression: string, timeZone: string, from: string, count = 4) =>
  nextRuns(expression, timeZone, Date.parse(from), count).map((run) =>
    new Date(run).toISOString().slice(0, 16),
  );

test('the monthly run at one in the night in Shanghai is at five in the afternoon UTC of the day before', () => {
  expect(times('cron(0 1 1 * ? *)', 'Asia/Shanghai', '2026-11-23T00:00:00Z', 3)).toEqual([
    '2026-11-30T17:00',
    '2026-12-31T17:00',
    '2027-01-31T17:00',
  ]);
});

const calendar: readonly [string, string[]][] = [
  ['cron(0 9 31 * ? *)', ['2026-12-31T09:00', '2027-01-31T09:00', '2027-03-31T09:00', '2027-05-31T09:00']],
  ['cron(0 9 L * ? *)', ['2026-11-30T09:00', '2026-12-31T09:00', '2027-01-31T09:00', '2027-02-28T09:00']],
  ['cron(0 9 29 2 ? *)', ['2028-02-29T09:00', '2032-02-29T09:00', '2036-02-29T09:00', '2040-02-29T09:00']],
  ['cron(0 9 15W * ? *)', ['2026-12-15T09:00', '2027-01-15T09:00', '2027-02-15T09:00', '2027-03-15T09:00']],
  ['cron(0 9 1W 8 ? *)', ['2027-08-02T09:00', '2028-08-01T09:00', '2029-08-01T09:00', '2030-08-01T09:00']],
  ['cron(0 9 ? * 2 *)', ['2026-11-23T09:00', '2026-11-30T09:00', '2026-12-07T09:00', '2026-12-14T09:00']],
  [
    'cron(0 9 ? * MON-FRI *)',
    ['2026-11-23T09:00', '2026-11-24T09:00', '2026-11-25T09:00', '2026-11-26T09:00'],
  ],
  ['cron(0 9 ? * 6L *)', ['2026-11-27T09:00', '2026-12-25T09:00', '2027-01-29T09:00', '2027-02-26T09:00']],
  ['cron(0 9 ? * L *)', ['2026-11-28T09:00', '2026-12-05T09:00', '2026-12-12T09:00', '2026-12-19T09:00']],
  ['cron(0 9 ? * 3#2 *)', ['2026-12-08T09:00', '2027-01-12T09:00', '2027-02-09T09:00', '2027-03-09T09:00']],
  ['cron(0/15 8 * * ? *)', ['2026-11-23T08:00', '2026-11-23T08:15', '2026-11-23T08:30', '2026-11-23T08:45']],
  ['cron(0 9 1 1 ? 2028-2029)', ['2028-01-01T09:00', '2029-01-01T09:00']],
  ['cron(0 9 1 1/3 ? *)', ['2027-01-01T09:00', '2027-04-01T09:00', '2027-07-01T09:00', '2027-10-01T09:00']],
  ['cron(0 9 30 2 ? *)', []],
  ['rate(1 day)', ['2026-11-24T00:00', '2026-11-25T00:00', '2026-11-26T00:00', '2026-11-27T00:00']],
  ['at(2026-12-01T08:00:00)', ['2026-12-01T08:00']],
  ['at(2026-11-01T08:00:00)', []],
];

test.each(calendar)('%s fires at %j', (expression, expected) => {
  expect(times(expression, 'UTC', '2026-11-23T00:00:00Z')).toEqual(expected);
});

test('a local time that the change to summer time leaves out is skipped', () => {
  expect(times('cron(30 2 * * ? *)', 'Europe/Berlin', '2027-03-27T00:00:00Z', 3)).toEqual([
    '2027-03-27T01:30',
    '2027-03-29T00:30',
    '2027-03-30T00:30',
  ]);
});

test('a local time that comes twice when summer time ends fires once, at its first coming', () => {
  expect(times('cron(30 2 * * ? *)', 'Europe/Berlin', '2027-10-30T12:00:00Z', 2)).toEqual([
    '2027-10-31T00:30',
    '2027-11-01T01:30',
  ]);
  expect(times('cron(0 * * * ? *)', 'Europe/Berlin', '2027-10-30T23:30:00Z', 3)).toEqual([
    '2027-10-31T00:00',
    '2027-10-31T02:00',
    '2027-10-31T03:00',
  ]);
});

test('a rate of days is 24 hours each, also across the change to summer time', () => {
  expect(times('rate(1 day)', 'Europe/Berlin', '2027-03-27T12:00:00Z', 2)).toEqual([
    '2027-03-28T12:00',
    '2027-03-29T12:00',
  ]);
});

test('a one-time schedule is in local time', () => {
  expect(times('at(2026-12-01T08:00:00)', 'Asia/Shanghai', '2026-11-23T00:00:00Z')).toEqual([
    '2026-12-01T00:00',
  ]);
  expect(() => nextRuns('at(2027-03-28T02:30:00)', 'Europe/Berlin', 0, 1)).toThrow('does not exist');
});

test.each([
  ['cron(0 9 * * *)', 'six fields'],
  ['cron(0 9 * * * *)', 'must be "?"'],
  ['cron(0 9 ? * ? *)', 'must be "?"'],
  ['cron(0 9 ? * 0 *)', '1 (Sunday) to 7'],
  ['cron(0 9 ? * 8 *)', '1 (Sunday) to 7'],
  ['cron(60 9 * * ? *)', 'minute'],
  ['cron(0 9 1 13 ? *)', 'month'],
  ['cron(0 9 1 1 ? 2200)', '1970 to 2199'],
  ['cron(@daily)', 'six fields'],
  ['rate(1 days)', 'singular'],
  ['rate(5 minute)', 'singular'],
  ['rate(0 minutes)', 'a number'],
  ['at(2026-13-01T00:00:00)', 'yyyy-mm-dd'],
  ['every day', 'cron(…), rate(…) or at(…)'],
])('%s is refused: %s', (expression, reason) => {
  expect(() => nextRuns(expression, 'UTC', 0, 1)).toThrow(reason);
});

test('an unknown time zone is refused', () => {
  expect(() => nextRuns('rate(1 day)', 'Asia/Nowhere', 0, 1)).toThrow('Invalid time zone Asia/Nowhere');
});

test('the last time up to a firing is that firing, and just before it the one before', () => {
  const expressions = fc.constantFrom(
    'cron(0/20 * * * ? *)',
    'cron(30 2 * * ? *)',
    'cron(0 9 L * ? *)',
    'rate(7 hours)',
  );
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'UTC');
  const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 0, 1) });
  fc.assert(
    fc.property(expressions, zones, instants, (expression, zone, from) => {
      const recurrence = readExpression(expression, zone, from - 10 * 86_400_000);
      const first = recurrence.after(from) ?? Number.NaN;
      const second = recurrence.after(first) ?? Number.NaN;
      expect(first).toBeGreaterThan(from);
      expect(second).toBeGreaterThan(first);
      // Within an hour that local clocks show twice the search backwards may stop early, never late.
      expect(recurrence.upTo(first)).toBe(first);
      expect(recurrence.upTo(second - 1)).toBeLessThanOrEqual(first);
    }),
    { numRuns: 200 },
  );
});
