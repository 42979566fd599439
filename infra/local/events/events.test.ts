import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { beforeEach, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../clock.ts';
import { type Database, openDatabase } from '../database.ts';
import { type Faults, seededFaults } from '../faults.ts';
import { createSqs, type Sqs } from '../sqs/sqs.ts';
import { requestHandler } from '../wire/request-handler.ts';
import { createDeliveries, type Deliveries } from './delivery.ts';
import { createEvents, type Events } from './events.ts';

const PLACE = { region: 'cn-north-1', account: '000000000000' };
const QUEUE_ARN = 'arn:aws:sqs:cn-north-1:000000000000:children-inbox';
const DEAD_ARN = 'arn:aws:sqs:cn-north-1:000000000000:children-dead';
const FUNCTION_ARN = 'arn:aws:lambda:cn-north-1:000000000000:function:relay';

let database: Database;
let clock: DrivenClock;
let sqs: Sqs;
let deliveries: Deliveries;
let events: Events;
let client: EventBridgeClient;
let invoked: unknown[];
let dropped: string[];
let invoke: (arn: string, payload: string) => Promise<void>;

const start = (faults?: Faults) => {
  sqs = createSqs({ database, clock, ...PLACE, endpoint: () => 'http://127.0.0.1:4566' });
  sqs.createQueue({ QueueName: 'children-inbox' });
  sqs.createQueue({ QueueName: 'children-dead' });
  deliveries = createDeliveries({
    database,
    clock,
    queues: sqs,
    invoke: (arn, payload) => invoke(arn, payload),
    onDropped: (destination, _payload, reason) => dropped.push(`${destination.arn}: ${reason}`),
    ...(faults ? { faults } : {}),
  });
  events = createEvents({ database, clock, ...PLACE, deliveries });
  events.createBus('house');
  client = new EventBridgeClient({
    ...PLACE,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: requestHandler([events]),
  });
};

beforeEach(() => {
  database = openDatabase(':memory:', 'test');
  clock = drivenClock(Date.parse('2026-11-01T01:00:00Z'));
  invoked = [];
  dropped = [];
  invoke = async (_arn, payload) => {
    invoked.push(JSON.parse(payload));
  };
  start();
});

const runOpened: PutEventsRequestEntry = {
  EventBusName: 'house',
  Source: 'disbursement',
  DetailType: 'run-opened.v1',
  Detail: JSON.stringify({ runId: 'r1', 月: '2026-11' }),
};
const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));
const rule = (target: object, more: object = {}) =>
  events.createRule({
    bus: 'house',
    name: 'run-opened',
    pattern: { source: ['disbursement'], 'detail-type': ['run-opened.v1'] },
    targets: [{ Id: 'one', Arn: QUEUE_ARN, ...target }],
    ...more,
  });
const queued = (queue = QUEUE_ARN) => sqs.receive(queue, 10).map(({ body }) => JSON.parse(body) as unknown);

test('an event reaches the queue of a matching rule in its envelope, before PutEvents answers', async () => {
  rule({});

  const { Entries, FailedEntryCount } = await put(runOpened, { ...runOpened, DetailType: 'run-closed.v1' });

  expect(FailedEntryCount).toBe(0);
  expect(queued()).toEqual([
    {
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'run-opened.v1',
      source: 'disbursement',
      account: '000000000000',
      time: '2026-11-01T01:00:00Z',
      region: 'cn-north-1',
      resources: [],
      detail: { runId: 'r1', 月: '2026-11' },
    },
  ]);
});

test('an entry that is wrong fails by itself, with the code EventBridge gives', async () => {
  rule({});

  const answer = await put(
    { ...runOpened, Detail: '[1]' },
    { ...runOpened, Detail: '{' },
    { ...runOpened, Source: undefined },
    { ...runOpened, Source: 'aws.s3' },
    { ...runOpened, EventBusName: 'elsewhere' },
    { ...runOpened, Time: new Date('2026-10-31T16:00:00.700Z') },
  );

  expect(answer.FailedEntryCount).toBe(5);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    'MalformedDetail',
    'MalformedDetail',
    'InvalidArgument',
    'NotAuthorizedForSourceException',
    'ResourceNotFoundException',
    undefined,
  ]);
  expect(queued()).toMatchObject([{ time: '2026-10-31T16:00:00Z' }]);
});

test('a request with too many or too large entries is refused whole', async () => {
  rule({});

  await expect(put(...Array.from({ length: 11 }, () => runOpened))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await expect(put({ ...runOpened, Detail: JSON.stringify({ a: 'x'.repeat(262_144) }) })).rejects.toThrow(
    'over the limit',
  );
  expect(queued()).toEqual([]);
});

test('a disabled rule delivers nothing, and a rule replaced by name delivers once', async () => {
  rule({}, { state: 'DISABLED' });
  await put(runOpened);
  expect(queued()).toEqual([]);

  rule({});
  rule({});
  await put(runOpened);
  expect(queued()).toHaveLength(1);
});

test('a target that would change the event is refused when the rule is created', () => {
  expect(() => rule({ InputPath: '$.detail' })).toThrow('InputPath');
  expect(() => rule({ InputTransformer: { InputTemplate: '<a>' } })).toThrow('InputTransformer');
  expect(() => rule({}, { pattern: {} })).toThrow('Empty objects are not allowed');
  expect(() => rule({}, { bus: 'elsewhere' })).toThrow('does not exist');
});

test('a function that fails is tried again with growing pauses until it succeeds', async () => {
  const attempts: number[] = [];
  const begin = clock.now();
  invoke = async () => {
    attempts.push(clock.now() - begin);
    if (attempts.length < 4) throw new Error('busy');
  };
  rule({ Arn: FUNCTION_ARN });

  await put(runOpened);
  await clock.advance(60_000);

  expect(attempts).toEqual([0, 1_000, 3_000, 7_000]);
  expect(deliveries.pending()).toBe(0);
});

test('an event given up after its retries goes to the dead-letter queue of the target, with the reason', async () => {
  invoke = async () => {
    throw new Error('always down');
  };
  rule({ Arn: FUNCTION_ARN, RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: DEAD_ARN } });

  await put(runOpened);
  await clock.advance(10_000);

  const [letter] = sqs.receive(DEAD_ARN, 1);
  expect(JSON.parse(letter?.body ?? '')).toMatchObject({ detail: { runId: 'r1' } });
  expect(letter?.messageAttributes).toMatchObject({
    TARGET_ARN: { StringValue: FUNCTION_ARN },
    ERROR_MESSAGE: { StringValue: 'always down' },
    RETRY_ATTEMPTS: { StringValue: '2' },
  });
  expect(deliveries.pending()).toBe(0);
});

test('an event without a way out is reported, never lost in silence', async () => {
  invoke = async () => {
    throw new Error('down');
  };
  rule({ Arn: FUNCTION_ARN, RetryPolicy: { MaximumRetryAttempts: 0 } });
  await put(runOpened);
  await clock.advance(0);
  rule({ Arn: QUEUE_ARN.replace('children', 'nobody') });
  await put(runOpened);

  expect(dropped).toEqual([
    `${FUNCTION_ARN}: down`,
    expect.stringContaining('nobody-inbox: The specified queue does not exist'),
  ]);
});

test('an event accepted but not yet delivered is delivered after a restart', async () => {
  invoke = () => new Promise(() => {});
  rule({ Arn: FUNCTION_ARN });
  await put(runOpened);
  await clock.advance(0);
  expect(deliveries.pending()).toBe(1);

  invoke = async (_arn, payload) => {
    invoked.push(JSON.parse(payload));
  };
  start();
  expect(deliveries.resume()).toBe(1);
  await clock.advance(0);

  expect(invoked).toMatchObject([{ detail: { runId: 'r1' } }]);
  expect(deliveries.pending()).toBe(0);
});

test('a misbehaving bus delivers every event at least once and some twice, with the same event id', async () => {
  start(seededFaults(11, { duplicate: 0.2, delay: 0.3, failAfterEffect: 0.2 }));
  rule({ Arn: FUNCTION_ARN });

  for (let n = 0; n < 10; n++) await put(...Array.from({ length: 10 }, () => runOpened));
  await clock.advance(60_000);

  const ids = invoked.map((event) => (event as { id: string }).id);
  expect(new Set(ids).size).toBe(100);
  expect(ids.length).toBeGreaterThan(120);
  expect(deliveries.pending()).toBe(0);
});
