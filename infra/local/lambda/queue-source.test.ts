import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../clock.ts';
import { type Database, openDatabase } from '../database.ts';
import { createSqs, type Sqs } from '../sqs/sqs.ts';
import type { EventSource } from './event-source.ts';
import { queueSource } from './queue-source.ts';

/** Batching windows, on the real queue engine; an hour stands for a window that does not end by itself. */
const HOUR = 3600;

let database: Database;
let clock: DrivenClock;
let sqs: Sqs;
let source: EventSource | undefined;
let batches: string[][];

beforeEach(() => {
  database = openDatabase(':memory:', 'test');
  clock = drivenClock(0);
  sqs = createSqs({ database, clock, region: 'cn-north-1', account: '000000000000', endpoint: () => '' });
  batches = [];
});
afterEach(async () => {
  await source?.stop();
  database.close();
});

const open = (MaximumBatchingWindowInSeconds: number, BatchSize: number): EventSource => {
  const { arn } = sqs.createQueue({ QueueName: 'inbox' });
  source = queueSource({
    mapping: {
      stack: 'pay',
      logicalId: 'Mapping',
      type: 'AWS::Lambda::EventSourceMapping',
      name: 'Mapping',
      arn: 'Mapping',
      properties: {
        EventSourceArn: arn,
        FunctionName: 'count',
        BatchSize,
        MaximumBatchingWindowInSeconds,
        Enabled: true,
        FilterCriteria: { Filters: [] },
        FunctionResponseTypes: [],
        MaximumRetryAttempts: -1,
      },
    },
    visibilitySeconds: 30,
    lambda: {
      name: 'count',
      arn: 'count',
      invoke: async (event) => {
        const { Records } = event as { readonly Records: readonly { readonly body: string }[] };
        batches.push(Records.map(({ body }) => body).toSorted());
      },
      invocations: () => ({ count: 0, errors: 0, milliseconds: 0 }),
    },
    sqs,
    region: 'cn-north-1',
    onChange: () => {},
  });
  return source;
};
const send = async (...bodies: readonly string[]) => {
  for (const body of bodies) sqs.send('inbox', body);
  await clock.advance(0);
};

test('messages wait for others until the window is ended, and are then one batch', async () => {
  const { isQuiet, isEmpty, endWindow } = open(HOUR, 10);
  await send('a', 'b');
  await send('c');

  expect([batches, isQuiet(), isEmpty()]).toEqual([[], true, false]);
  expect(endWindow()).toBe(true);
  await clock.advance(0);

  expect(batches).toEqual([['a', 'b', 'c']]);
  expect([isEmpty(), endWindow()]).toEqual([true, false]);
});

test('a full batch does not wait, and takes along what is there', async () => {
  const { endWindow } = open(HOUR, 2);
  await send('a', 'b', 'c');

  expect(batches.flat().toSorted()).toEqual(['a', 'b', 'c']);
  expect(endWindow()).toBe(false);
});

test('a window ends by itself, though a driven clock stands still', async () => {
  open(0.01, 10);
  await send('a');

  await expect.poll(() => batches, { interval: 5 }).toEqual([['a']]);
});

test('without a window a message is handed over at once', async () => {
  open(0, 10);
  await send('a');
  await send('b');

  expect(batches).toEqual([['a'], ['b']]);
});
