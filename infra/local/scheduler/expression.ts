import { Cron } from 'croner';
import { AwsError } from '../aws-service.ts';
import { type WallClock, wallClock } from './wall-clock.ts';

/** The times of a schedule, in epoch milliseconds. */
export type Recurrence = {
  /** The first time later than `instant`. */
  readonly after: (instant: number) => number | undefined;
  /** The last time not later than `instant`. */
  readonly upTo: (instant: number) => number | undefined;
};

const invalid = (expression: string, reason: string): AwsError =>
  new AwsError('ValidationException', `Invalid Schedule Expression ${expression}: ${reason}`);

const once = (instant: number): Recurrence => ({
  after: (from) => (instant > from ? instant : undefined),
  upTo: (until) => (instant <= until ? instant : undefined),
});

const every = (periodMs: number, anchor: number): Recurrence => {
  const periods = (instant: number) => Math.floor((instant - anchor) / periodMs);
  return {
    after: (instant) => (instant < anchor ? anchor : anchor + (periods(instant) + 1) * periodMs),
    upTo: (instant) => (instant < anchor ? undefined : anchor + periods(instant) * periodMs),
  };
};

const SECOND_MS = 1000;

/**
 * The cron library is run on local time as if it were UTC, and its times are translated afterwards. That gives AWS's rule for
 * summer time: a local time that does not exist is skipped, one that comes twice fires at its first coming only.
 */
const calendar = (cron: Cron, clock: WallClock): Recurrence => ({
  after: (instant) => {
    for (let wall = clock.at(instant); ; ) {
      const next = cron.nextRun(new Date(wall));
      if (!next) return undefined;
      wall = next.getTime();
      const found = clock.instantOf(wall);
      if (found !== undefined && found > instant) return found;
    }
  },
  upTo: (instant) => {
    // The library looks strictly before the time it is given.
    for (let wall = clock.at(instant) + SECOND_MS; ; ) {
      const [previous] = cron.previousRuns(1, new Date(wall));
      if (!previous) return undefined;
      wall = previous.getTime();
      const found = clock.instantOf(wall);
      if (found !== undefined && found <= instant) return found;
    }
  },
});

const CRON_FIELD = /^[\dA-Z*?,/#-]+$/;
const YEAR_FIELD = /^(\*|(19[7-9]\d|20\d\d|21\d\d)([-,/].*)?)$/;

const checkFields = (expression: string, fields: readonly string[]): void => {
  const [, , day = '', , weekday = '', year = ''] = fields;
  if (fields.length !== 6) throw invalid(expression, 'cron needs six fields, the last being the year.');
  if (!fields.every((field) => CRON_FIELD.test(field)))
    throw invalid(expression, 'a field has characters unknown to cron.');
  if ((day === '?') === (weekday === '?')) {
    throw invalid(expression, 'exactly one of day-of-month and day-of-week must be "?".');
  }
  if (/(^|[-,])[089]/.test(weekday)) throw invalid(expression, 'days of the week go from 1 (Sunday) to 7.');
  if (!YEAR_FIELD.test(year)) throw invalid(expression, 'years go from 1970 to 2199.');
};

const readCron = (expression: string, body: string, clock: WallClock): Recurrence => {
  const fields = body.trim().toUpperCase().split(/\s+/);
  checkFields(expression, fields);
  const [minute, hour, day, month, weekday, year] = fields.map((field) => (field === '?' ? '*' : field));
  // Alone in the day of the week, L is the last day of the week, which is Saturday.
  const pattern = ['0', minute, hour, day, month, weekday === 'L' ? '7' : weekday, year].join(' ');
  try {
    const cron = new Cron(pattern, {
      mode: '7-part',
      timezone: 'UTC',
      // AWS counts days of the week from Sunday = 1, and steps from a single number, as in 0/15.
      alternativeWeekdays: true,
      sloppyRanges: true,
      domAndDow: true,
      paused: true,
    });
    return calendar(cron, clock);
  } catch (error) {
    throw invalid(expression, error instanceof Error ? error.message : String(error));
  }
};

const UNITS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const readRate = (expression: string, body: string, anchor: number): Recurrence => {
  const [, value = '', unit = '', plural] = /^\s*([1-9]\d*)\s+(minute|hour|day)(s?)\s*$/.exec(body) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined || (value === '1') === (plural === 's')) {
    throw invalid(expression, 'a rate is a number and minute(s), hour(s) or day(s), singular for 1.');
  }
  return every(Number(value) * unitMs, anchor);
};

const readAt = (expression: string, body: string, clock: WallClock): Recurrence => {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body) ? Date.parse(`${body}Z`) : Number.NaN;
  if (Number.isNaN(wall)) throw invalid(expression, 'at needs yyyy-mm-ddThh:mm:ss.');
  const instant = clock.instantOf(wall);
  if (instant === undefined) throw invalid(expression, 'this local time does not exist.');
  return once(instant);
};

const readClock = (timeZone: string): WallClock => {
  try {
    return wallClock(timeZone);
  } catch (error) {
    throw new AwsError('ValidationException', `Invalid time zone ${timeZone}: ${String(error)}`);
  }
};

/**
 * Reads `cron(…)`, `rate(…)` or `at(…)`, evaluated in a time zone. A rate counts from `anchor`, which is its first time.
 * Refuses with `ValidationException` what EventBridge Scheduler refuses.
 */
export const readExpression = (expression: string, timeZone: string, anchor: number): Recurrence => {
  const [, kind, body = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  const clock = readClock(timeZone);
  switch (kind) {
    case 'cron':
      return readCron(expression, body, clock);
    case 'rate':
      return readRate(expression, body, anchor);
    case 'at':
      return readAt(expression, body, clock);
    default:
      throw invalid(expression, 'it must be cron(…), rate(…) or at(…).');
  }
};

/** The next `count` times of an expression later than `from` (epoch milliseconds); a rate counts from `from`. */
export const nextRuns = (expression: string, timeZone: string, from: number, count: number): number[] => {
  const recurrence = readExpression(expression, timeZone, from);
  const runs: number[] = [];
  for (
    let run = recurrence.after(from);
    run !== undefined && runs.length < count;
    run = recurrence.after(run)
  ) {
    runs.push(run);
  }
  return runs;
};
