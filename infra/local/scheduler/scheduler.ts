import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError, type JsonObject, type LocalClock } from '../aws-service.ts';
import { type Database, inTransaction } from '../database.ts';
import { DeadLetterConfig, type Deliveries, RetryPolicy } from '../events/delivery.ts';
import type { Destination } from '../events/delivery-record.ts';
import { isoSeconds } from '../events/entry.ts';
import { describeIssues } from '../wire/input.ts';
import { type Recurrence, readExpression } from './expression.ts';

const Definition = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/),
  group: z.string().default('default'),
  expression: z.string(),
  timezone: z.string().default('UTC'),
  state: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  /** Locally a schedule fires at the beginning of its window, which is within it. */
  flexibleTimeWindow: z
    .strictObject({ Mode: z.enum(['OFF', 'FLEXIBLE']), MaximumWindowInMinutes: z.coerce.number().optional() })
    .optional(),
  startDate: z.iso.datetime({ offset: true }).optional(),
  endDate: z.iso.datetime({ offset: true }).optional(),
  target: z.strictObject({
    Arn: z.string(),
    /** Permissions are not checked on one machine. */
    RoleArn: z.string().optional(),
    Input: z.string().optional(),
    RetryPolicy: RetryPolicy.optional(),
    DeadLetterConfig: DeadLetterConfig.optional(),
  }),
});

/** A schedule; `target` is in the form of `AWS::Scheduler::Schedule`. */
export type ScheduleDefinition = Omit<z.input<typeof Definition>, 'target'> & {
  readonly target: z.input<typeof Definition>['target'] | JsonObject;
};

/** Firings that fell into a time when nothing ran, of which only the last is made up for. */
export type MissedFirings = { readonly schedule: string; readonly first: number; readonly last: number };

export type CreateScheduler = {
  readonly database: Database;
  readonly clock: LocalClock;
  readonly region: string;
  readonly account: string;
  readonly deliveries: Deliveries;
  /** Told when more than one firing was missed, so that somebody can ask for the others by hand. */
  readonly onMissed?: (missed: MissedFirings) => void;
  readonly newId?: () => string;
};

export type Scheduler = {
  /** Creates or changes a schedule and returns its ARN. Before `start` nothing fires. */
  readonly createSchedule: (definition: ScheduleDefinition) => string;
  /** Lets the schedules fire, or those that are wanted; what was missed since the last run fires now, once a schedule. */
  readonly start: (isWanted?: (schedule: string) => boolean) => void;
  /** The next firing of each schedule in epoch milliseconds; null when there is none. */
  readonly upcoming: () => { readonly schedule: string; readonly at: number | null }[];
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS schedule (
    name TEXT PRIMARY KEY,
    timing TEXT NOT NULL,
    anchor INTEGER NOT NULL,
    fired_until INTEGER NOT NULL
  ) STRICT;`;

type Schedule = {
  readonly name: string;
  readonly arn: string;
  readonly recurrence: Recurrence;
  readonly isEnabled: boolean;
  readonly destination: Destination;
  readonly input: string | undefined;
  cancel: () => void;
};

const KEYWORD = /<aws\.scheduler\.[a-z-]+>/g;
const KEYWORDS = [
  '<aws.scheduler.schedule-arn>',
  '<aws.scheduler.scheduled-time>',
  '<aws.scheduler.execution-id>',
];

const readDefinition = (definition: ScheduleDefinition) => {
  const { data, error } = Definition.safeParse(definition);
  if (error)
    throw new AwsError('ValidationException', `Schedule ${definition.name}: ${describeIssues(error)}`);
  const unknown = data.target.Input?.match(KEYWORD)?.find((keyword) => !KEYWORDS.includes(keyword));
  if (unknown)
    throw new AwsError('ValidationException', `Schedule ${data.name}: ${unknown} is not emulated.`);
  return data;
};

type Read = z.output<typeof Definition>;

const within = (
  recurrence: Recurrence,
  start = Number.NEGATIVE_INFINITY,
  end = Number.POSITIVE_INFINITY,
): Recurrence => ({
  after: (instant) => {
    const next = recurrence.after(Math.max(instant, start - 1));
    return next !== undefined && next <= end ? next : undefined;
  },
  upTo: (instant) => {
    const last = recurrence.upTo(Math.min(instant, end));
    return last !== undefined && last >= start ? last : undefined;
  },
});

const recurrenceOf = (read: Read, anchor: number): Recurrence => {
  const start = read.startDate === undefined ? undefined : Date.parse(read.startDate);
  const end = read.endDate === undefined ? undefined : Date.parse(read.endDate);
  return within(readExpression(read.expression, read.timezone, start ?? anchor), start, end);
};

const destinationOf = (read: Read, arn: string): Destination => {
  const retry = RetryPolicy.parse(read.target.RetryPolicy ?? {});
  return {
    arn: read.target.Arn,
    senderArn: arn,
    deadLetterArn: read.target.DeadLetterConfig?.Arn,
    maximumRetries: retry.MaximumRetryAttempts,
    maximumAgeMs: retry.MaximumEventAgeInSeconds * 1000,
  };
};

const scheduleOf = (read: Read, arn: string, anchor: number): Schedule => ({
  name: read.name,
  arn,
  recurrence: recurrenceOf(read, anchor),
  isEnabled: read.state === 'ENABLED',
  destination: destinationOf(read, arn),
  input: read.target.Input,
  cancel: () => {},
});

/** What is known of a schedule from earlier runs: since when its rate counts, and up to when its times are dealt with. */
const openProgress = (database: Database) => {
  database.exec(SCHEMA);
  const find = database.prepare('SELECT timing, anchor, fired_until FROM schedule WHERE name = ?');
  const write = database.prepare(
    `INSERT INTO schedule (name, timing, anchor, fired_until) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET timing = excluded.timing, anchor = excluded.anchor, fired_until = excluded.fired_until`,
  );
  const advance = database.prepare('UPDATE schedule SET fired_until = ? WHERE name = ?');
  type Row = { timing: string; anchor: number; fired_until: number };
  return {
    find: (name: string) => find.get(name) as Row | undefined,
    begin: (name: string, timing: string, now: number) => write.run(name, timing, now, now - 1),
    advance: (name: string, until: number) => advance.run(until, name),
  };
};

type Firing = { readonly id: string; readonly at: number; readonly region: string; readonly account: string };

/** What the target gets: the schedule's input with its keywords filled in, or the event the service sends without one. */
const inputOf = (schedule: Schedule, { id, at, region, account }: Firing): string => {
  const time = isoSeconds(at);
  const values: Readonly<Record<string, string>> = {
    '<aws.scheduler.schedule-arn>': schedule.arn,
    '<aws.scheduler.scheduled-time>': time,
    '<aws.scheduler.execution-id>': id,
  };
  if (schedule.input !== undefined) {
    return schedule.input.replace(KEYWORD, (keyword) => values[keyword] ?? keyword);
  }
  const common = { version: '0', id, 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account };
  return JSON.stringify({ ...common, time, region, resources: [schedule.arn], detail: '{}' });
};

/** Creates the scheduler. A firing is recorded in the transaction that hands it to `deliveries`, so it is neither lost nor repeated. */
export const createScheduler = (parts: CreateScheduler): Scheduler => {
  const { database, clock, region, account, deliveries, onMissed = () => {}, newId = randomUUID } = parts;
  const progress = openProgress(database);
  const schedules = new Map<string, Schedule>();
  /** Which schedules fire, once any do. */
  let isWanted: ((schedule: string) => boolean) | undefined;

  const firedUntil = (schedule: Schedule): number => progress.find(schedule.name)?.fired_until ?? clock.now();
  const next = (schedule: Schedule): number | undefined =>
    schedule.isEnabled ? schedule.recurrence.after(firedUntil(schedule)) : undefined;

  const fireDue = (schedule: Schedule): void => {
    const first = next(schedule);
    const now = clock.now();
    if (first !== undefined && first <= now) {
      const last = Math.max(first, schedule.recurrence.upTo(now) ?? first);
      inTransaction(database, () => {
        progress.advance(schedule.name, last);
        deliveries.enqueue(
          schedule.destination,
          inputOf(schedule, { id: newId(), at: last, region, account }),
        );
      });
      if (last > first) onMissed({ schedule: schedule.name, first, last });
    }
    arm(schedule);
  };

  const arm = (schedule: Schedule): void => {
    const at = next(schedule);
    if (at !== undefined)
      schedule.cancel = clock.after(Math.max(0, at - clock.now()), () => fireDue(schedule));
  };

  return {
    createSchedule: (definition) => {
      const read = readDefinition(definition);
      const timing = [read.expression, read.timezone, read.startDate, read.endDate, read.state].join(' ');
      const known = progress.find(read.name);
      // A schedule that was changed or enabled begins anew: what it would have fired before is nobody's wish any more.
      const isNew = known?.timing !== timing;
      const anchor = isNew ? clock.now() : known.anchor;
      const arn = `arn:aws:scheduler:${region}:${account}:schedule/${read.group}/${read.name}`;
      const schedule = scheduleOf(read, arn, anchor);
      if (isNew) progress.begin(read.name, timing, anchor);
      schedules.get(read.name)?.cancel();
      schedules.set(read.name, schedule);
      if (isWanted?.(read.name)) arm(schedule);
      return arn;
    },
    start: (wanted = () => true) => {
      if (isWanted) return;
      isWanted = wanted;
      for (const schedule of schedules.values()) if (wanted(schedule.name)) arm(schedule);
    },
    upcoming: () =>
      [...schedules.values()].map((schedule) => ({ schedule: schedule.name, at: next(schedule) ?? null })),
  };
};
