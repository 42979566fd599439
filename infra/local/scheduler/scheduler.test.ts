import { beforeEach, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../clock.ts';
import { type Database, openDatabase } from '../database.ts';
import { createDeliveries } from '../events/delivery.ts';
import { createSqs, type Sqs } from '../sqs/sqs.ts';
import { createScheduler, type MissedFirings, type ScheduleDefinition, type Scheduler } from './scheduler.ts';

const PLACE = { region: 'cn-north-1', account: '000000000000' };
const QUEUE = 'runs';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let database: Database;
let clock: DrivenClock;
let sqs: Sqs;
let scheduler: Scheduler;
let missed: MissedFirings[];

const monthly: ScheduleDefinition = {
  name: 'open-run',
  expression: 'cron(0 1 1 * ? *)',
  timezone: 'Asia/Shanghai',
  flexibleTimeWindow: { Mode: 'OFF' },
  target: {
    Arn: `arn:aws:sqs:cn-north-1:000000000000:${QUEUE}`,
    RoleArn: 'arn:aws:iam::000000000000:role/scheduler',
    Input: '{"at":"<aws.scheduler.scheduled-time>","id":"<aws.scheduler.execution-id>"}',
  },
};

const startThose = (
  isWanted: Parameters<Scheduler['start']>[0],
  ...definitions: readonly ScheduleDefinition[]
) => {
  sqs = createSqs({ database, clock, ...PLACE, endpoint: () => '' });
  sqs.createQueue({ QueueName: QUEUE, MessageRetentionPeriod: 1_209_600 });
  const deliveries = createDeliveries({
    database,
    clock,
    queues: sqs,
    invoke: () => Promise.reject(new Error('There is no function here.')),
    onDropped: (_destination, _payload, reason) => {
      throw new Error(reason);
    },
  });
  scheduler = createScheduler({
    database,
    clock,
    ...PLACE,
    deliveries,
    onMissed: (firings) => missed.push(firings),
  });
  for (const definition of definitions) scheduler.createSchedule(definition);
  scheduler.start(isWanted);
};
const start = (...definitions: ScheduleDefinition[]) => startThose(undefined, ...definitions);
const fired = () => {
  const messages = sqs.receive(QUEUE, 100);
  sqs.delete(
    QUEUE,
    messages.map(({ receiptHandle }) => receiptHandle),
  );
  return messages.map(({ body }) => (JSON.parse(body) as { at: string }).at);
};
/** Another process takes over: the clock goes on, the timers of the old one are gone. */
const restart = (afterMs: number, ...definitions: ScheduleDefinition[]) => {
  clock = drivenClock(clock.now() + afterMs);
  start(...definitions);
  return clock.advance(0);
};

beforeEach(() => {
  database = openDatabase(':memory:', 'test');
  clock = drivenClock(Date.parse('2026-11-23T00:00:00Z'));
  missed = [];
});

test('a schedule fires at each of its times, with the time and an execution id in its input', async () => {
  start(monthly);

  await clock.advance(10 * DAY);
  const [november] = sqs.receive(QUEUE, 10).map(({ body }) => JSON.parse(body) as { at: string; id: string });
  await clock.advance(30 * DAY);
  const [december] = sqs.receive(QUEUE, 10).map(({ body }) => JSON.parse(body) as { at: string; id: string });

  expect([november?.at, december?.at]).toEqual(['2026-11-30T17:00:00Z', '2026-12-31T17:00:00Z']);
  expect(november?.id).not.toBe(december?.id);
  expect(scheduler.upcoming()).toEqual([{ schedule: 'open-run', at: Date.parse('2027-01-31T17:00:00Z') }]);
});

test('only schedules that are wanted fire', async () => {
  startThose((name) => name === 'yearly', monthly, {
    ...monthly,
    name: 'yearly',
    expression: 'cron(0 1 1 12 ? *)',
  });

  await clock.advance(10 * DAY);

  expect(fired()).toEqual(['2026-11-30T17:00:00Z']);
});

test('a schedule that is created later fires only if it is wanted', async () => {
  startThose((name) => name === 'yearly', { ...monthly, name: 'yearly' });
  scheduler.createSchedule({ ...monthly, expression: 'cron(0 2 1 * ? *)' });

  await clock.advance(10 * DAY);

  expect(fired()).toEqual(['2026-11-30T17:00:00Z']);
});

test('a restart right after a firing does not repeat it', async () => {
  start(monthly);
  await clock.advance(Date.parse('2026-11-30T17:00:00Z') - clock.now());
  expect(fired()).toHaveLength(1);

  await restart(0, monthly);
  await clock.advance(DAY);

  expect(fired()).toEqual([]);
  expect(missed).toEqual([]);
});

test('a firing missed while nothing ran is made up for at the start', async () => {
  start(monthly);

  await restart(9 * DAY, monthly);

  expect(fired()).toEqual(['2026-11-30T17:00:00Z']);
  expect(missed).toEqual([]);
});

test('of several missed firings the last is made up for, and the others are reported', async () => {
  start(monthly);

  await restart(100 * DAY, monthly);
  await restart(0, monthly);

  expect(fired()).toEqual(['2027-02-28T17:00:00Z']);
  expect(missed).toEqual([
    {
      schedule: 'open-run',
      first: Date.parse('2026-11-30T17:00:00Z'),
      last: Date.parse('2027-02-28T17:00:00Z'),
    },
  ]);
});

test('a schedule whose expression was changed does not make up for times of either expression', async () => {
  start(monthly);

  await restart(9 * DAY, { ...monthly, expression: 'cron(0 2 1 * ? *)' });

  expect(fired()).toEqual([]);
});

test('a disabled schedule does not fire, nor make up for it when enabled again', async () => {
  start({ ...monthly, state: 'DISABLED' });
  await clock.advance(10 * DAY);

  await restart(0, monthly);

  expect(fired()).toEqual([]);
});

test('a rate fires when it is created and keeps its beat across a restart', async () => {
  const hourly = { ...monthly, expression: 'rate(1 hour)' };
  start(hourly);
  await clock.advance(HOUR + 10);
  expect(fired()).toEqual(['2026-11-23T00:00:00Z', '2026-11-23T01:00:00Z']);

  await restart(HOUR / 2, hourly);
  await clock.advance(HOUR / 2);

  expect(fired()).toEqual(['2026-11-23T02:00:00Z']);
});

test('a schedule fires only between its start and its end', async () => {
  start({
    ...monthly,
    expression: 'rate(1 day)',
    startDate: '2026-11-25T00:00:00Z',
    endDate: '2026-11-26T12:00:00+08:00',
  });

  await clock.advance(10 * DAY);

  expect(fired()).toEqual(['2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z']);
});

test('a schedule without input sends the event that the service would', async () => {
  const { Input: _, ...target } = monthly.target as { Arn: string; Input: string };
  start({ ...monthly, expression: 'at(2026-11-24T08:00:00)', target });

  await clock.advance(DAY);

  expect(sqs.receive(QUEUE, 10).map(({ body }) => JSON.parse(body))).toMatchObject([
    {
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      time: '2026-11-24T00:00:00Z',
      resources: ['arn:aws:scheduler:cn-north-1:000000000000:schedule/default/open-run'],
    },
  ]);
});

test('what a schedule would need beyond the emulation is refused', () => {
  const create = (target: object) => () => start({ ...monthly, target: { ...monthly.target, ...target } });

  expect(create({ Input: '<aws.scheduler.attempt-number>' })).toThrow('attempt-number> is not emulated');
  expect(create({ EcsParameters: {} })).toThrow('EcsParameters');
});
