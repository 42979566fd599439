import { beforeEach, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../clock.ts';
import { type Database, inTransaction, openDatabase } from '../database.ts';
import { type Faults, noFaults, seededFaults } from '../faults.ts';
import { createSqs, type Sqs } from './sqs.ts';

let database: Database;
let clock: DrivenClock;
let sqs: Sqs;

const QUEUE = 'inbox';
const DEAD = 'inbox-dead';

const start = (faults: Faults = noFaults) => {
  const place = { region: 'cn-north-1', account: '000000000000' };
  sqs = createSqs({ database, clock, ...place, endpoint: () => 'http://127.0.0.1:4566', faults });
  const { arn } = sqs.createQueue({ QueueName: DEAD });
  sqs.createQueue({
    QueueName: QUEUE,
    VisibilityTimeout: 30,
    RedrivePolicy: { deadLetterTargetArn: arn, maxReceiveCount: 2 },
  });
};

beforeEach(() => {
  database = openDatabase(':memory:', 'test');
  clock = drivenClock(Date.UTC(2026, 10, 1));
  start();
});

test('messages outlive the engine, and after a restart those in flight can be received again', async () => {
  sqs.send(QUEUE, 'one');
  sqs.send(QUEUE, 'two', { delaySeconds: 60 });
  expect(sqs.receive(QUEUE, 10)).toHaveLength(1);

  start();

  expect(sqs.receive(QUEUE, 10)).toEqual([]);
  expect(sqs.makeInFlightVisible()).toBe(1);
  expect(sqs.receive(QUEUE, 10).map(({ body }) => body)).toEqual(['one']);
  await clock.advance(60_000);
  expect(sqs.receive(QUEUE, 10).map(({ body }) => body)).toEqual(['two']);
});

test('a listener in the same process hears of a message after the transaction that sent it, and of one that shows again', async () => {
  const heard: string[][] = [];
  sqs.onMessage(QUEUE, () => heard.push(sqs.receive(QUEUE, 10).map(({ body }) => body)));
  await clock.advance(0);

  inTransaction(database, () => {
    sqs.send(QUEUE, 'one');
    sqs.send(QUEUE, 'two');
  });
  await clock.advance(0);
  await clock.advance(30_000);

  expect(heard).toEqual([[], ['one', 'two'], ['one', 'two']]);
});

test('a message sent in a transaction that is rolled back was never there', async () => {
  expect(() =>
    inTransaction(database, () => {
      sqs.send(QUEUE, 'never');
      throw new Error('no');
    }),
  ).toThrow('no');

  expect(sqs.receive(QUEUE, 10)).toEqual([]);
});

test('a consumer that succeeds always empties a misbehaving queue, sees duplicates, and loses nothing to the dead-letter queue', async () => {
  start(
    seededFaults(4, {
      duplicate: 0.2,
      reorder: 0.5,
      delay: 0.3,
      maximumDelayMs: 9_000,
      failAfterEffect: 0.2,
    }),
  );
  const seen: string[] = [];
  sqs.onMessage(QUEUE, () => {
    for (let batch = sqs.receive(QUEUE, 10); batch.length > 0; batch = sqs.receive(QUEUE, 10)) {
      seen.push(...batch.map(({ body }) => body));
      sqs.delete(
        QUEUE,
        batch.map(({ receiptHandle }) => receiptHandle),
      );
    }
  });
  const sent = Array.from({ length: 300 }, (_, n) => String(n));

  inTransaction(database, () => {
    for (const body of sent) sqs.send(QUEUE, body);
  });
  await clock.advance(60_000);

  expect(new Set(seen)).toEqual(new Set(sent));
  expect(seen.length).toBeGreaterThan(sent.length);
  expect(seen.slice(0, 20)).not.toEqual(sent.slice(0, 20));
  expect(sqs.depths().map(({ visible, inFlight, delayed }) => [visible, inFlight, delayed])).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

test('a message past its retention is not delivered any more', async () => {
  sqs.send(QUEUE, 'old');

  await clock.advance(4 * 86_400_000);

  expect(sqs.receive(QUEUE, 10)).toEqual([]);
});
