import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { beforeEach, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../clock.ts';
import { type Database, openDatabase } from '../database.ts';
import { requestHandler } from '../wire/request-handler.ts';
import { createSqs, type Sqs } from './sqs.ts';

let database: Database;
let clock: DrivenClock;
let sqs: Sqs;
let client: SQSClient;
let url: string;

const QUEUE = 'inbox';
const DEAD = 'inbox-dead';
const arn = (name: string) => `arn:aws:sqs:cn-north-1:000000000000:${name}`;

const start = () => {
  sqs = createSqs({
    database,
    clock,
    region: 'cn-north-1',
    account: '000000000000',
    endpoint: () => 'http://127.0.0.1:4566',
  });
  sqs.createQueue({ QueueName: DEAD });
  url = sqs.createQueue({
    QueueName: QUEUE,
    VisibilityTimeout: 30,
    RedrivePolicy: { deadLetterTargetArn: arn(DEAD), maxReceiveCount: 2 },
  }).url;
  client = new SQSClient({
    region: 'cn-north-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: requestHandler([sqs]),
  });
};

beforeEach(() => {
  database = openDatabase(':memory:', 'test');
  clock = drivenClock(Date.UTC(2026, 10, 1));
  start();
});

const sendBody = (MessageBody: string) => client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
const receive = async (max = 10, QueueUrl = url) =>
  (
    await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: max,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    )
  ).Messages ?? [];
const bodies = (messages: readonly { Body?: string | undefined }[]) =>
  messages.map((message) => message.Body);

test('a message travels with its attributes, and the digests satisfy the SDK', async () => {
  const sent = await client.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: '低保 run 2026-11 🏮',
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: '月度' },
        count: { DataType: 'Number.int', StringValue: '3' },
        seal: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 1, 255) },
      },
    }),
  );

  const [message] = await receive();

  expect(message?.Body).toBe('低保 run 2026-11 🏮');
  expect(message?.MessageAttributes?.seal?.BinaryValue).toEqual(Uint8Array.of(0, 1, 255));
  expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  expect(message?.Attributes).toEqual({
    SenderId: '000000000000',
    SentTimestamp: String(clock.now()),
    ApproximateReceiveCount: '1',
    ApproximateFirstReceiveTimestamp: String(clock.now()),
  });
});

test('the digest of message attributes follows the algorithm that SQS documents', async () => {
  // The vector is computed by hand from the documented encoding, independently of the implementation.
  const sent = await client.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: 'x',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
    }),
  );

  const { createHash } = await import('node:crypto');
  const encoded = Buffer.from('\0\0\0\x01a\0\0\0\x06String\x01\0\0\0\x01b', 'latin1');
  expect(sent.MD5OfMessageAttributes).toBe(createHash('md5').update(encoded).digest('hex'));
});

test('a received message is hidden for the visibility timeout and then comes back with a new receipt', async () => {
  await sendBody('one');
  const [first] = await receive();

  await clock.advance(29_999);
  expect(await receive()).toEqual([]);
  await clock.advance(1);
  const [second] = await receive();

  expect(second?.MessageId).toBe(first?.MessageId);
  expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
  expect(sqs.depths().find(({ queue }) => queue === QUEUE)).toMatchObject({ inFlight: 1 });
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }));
  expect(sqs.depths().find(({ queue }) => queue === QUEUE)).toMatchObject({
    visible: 0,
    inFlight: 0,
    oldestAgeMs: 0,
  });
});

test('a visibility changed to zero shows the message at once, and a message not in flight cannot be changed', async () => {
  await sendBody('one');
  const [message] = await receive();
  const change = (VisibilityTimeout: number) =>
    client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout,
      }),
    );

  await change(0);

  await expect(change(5)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  expect(bodies(await receive())).toEqual(['one']);
  await expect(change(5)).rejects.toThrow('not available for visibility timeout change');
});

test('a message received too often goes to the dead-letter queue, says where from, and can be moved back', async () => {
  await sendBody('poison');
  for (let round = 0; round < 2; round++) {
    expect(bodies(await receive())).toEqual(['poison']);
    await clock.advance(30_000);
  }

  expect(await receive()).toEqual([]);
  const deadUrl = url.replace(QUEUE, DEAD);
  const [dead] = await receive(1, deadUrl);
  expect(dead?.Attributes?.DeadLetterQueueSourceArn).toBe(arn(QUEUE));
  await clock.advance(30_000);
  await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn(DEAD) }));

  const tasks = await client.send(new ListMessageMoveTasksCommand({ SourceArn: arn(DEAD) }));
  expect(tasks.Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  const [again] = await receive();
  expect(again?.Body).toBe('poison');
  expect(again?.MessageId).not.toBe(dead?.MessageId);
  expect(again?.Attributes?.ApproximateReceiveCount).toBe('1');
  expect(again?.Attributes?.DeadLetterQueueSourceArn).toBeUndefined();
});

test('only a dead-letter queue can be moved from', async () => {
  await expect(client.send(new StartMessageMoveTaskCommand({ SourceArn: arn(QUEUE) }))).rejects.toThrow(
    'must be configured as a Dead Letter Queue',
  );
});

test('a long poll answers as soon as a message comes, and empty-handed after its time', async () => {
  const poll = () => client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));
  const waiting = poll();
  await clock.advance(10_000);

  await sendBody('late');

  expect(bodies((await waiting).Messages ?? [])).toEqual(['late']);
  const inVain = poll();
  await clock.advance(20_000);
  expect((await inVain).Messages).toBeUndefined();
});

test('a long poll gets a delayed message when its delay is over', async () => {
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'delayed', DelaySeconds: 15 }));
  expect(sqs.depths().find(({ queue }) => queue === QUEUE)).toMatchObject({
    delayed: 1,
    visible: 0,
    inFlight: 0,
  });
  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));

  await clock.advance(15_000);

  expect(bodies((await waiting).Messages ?? [])).toEqual(['delayed']);
});

test('a batch reports refused entries and keeps the others', async () => {
  const answer = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: [
        { Id: 'good', MessageBody: 'good' },
        { Id: 'empty', MessageBody: '' },
        { Id: 'control', MessageBody: 'a\u0001b' },
        { Id: 'late', MessageBody: 'late', DelaySeconds: 901 },
      ],
    }),
  );

  expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['good']);
  expect(answer.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([
    ['empty', 'InvalidParameterValue'],
    ['control', 'InvalidMessageContents'],
    ['late', 'InvalidParameterValue'],
  ]);
  const received = await receive();
  const removed = await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: url,
      Entries: received.map(({ ReceiptHandle }) => ({ Id: 'one', ReceiptHandle })),
    }),
  );
  expect(removed.Successful).toEqual([{ Id: 'one' }]);
});

test.each([
  ['EmptyBatchRequest', []],
  [
    'TooManyEntriesInBatchRequest',
    Array.from({ length: 11 }, (_, n) => ({ Id: String(n), MessageBody: 'x' })),
  ],
  ['BatchEntryIdsNotDistinct', ['a', 'a'].map((Id) => ({ Id, MessageBody: 'x' }))],
  ['InvalidBatchEntryId', [{ Id: 'a b', MessageBody: 'x' }]],
  ['BatchRequestTooLong', ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) }))],
])('a batch is refused with %s', async (name, Entries) => {
  await expect(client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))).rejects.toMatchObject({
    name,
  });
});

test('errors arrive as the exceptions of the SDK, with the code of the query protocol', async () => {
  const missing = await client
    .send(new GetQueueUrlCommand({ QueueName: 'nowhere' }))
    .catch((error: unknown) => error);
  const invalid = await client
    .send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'no such' }))
    .catch((error: unknown) => error);

  expect(missing).toBeInstanceOf(QueueDoesNotExist);
  expect(missing).toMatchObject({ Code: 'AWS.SimpleQueueService.NonExistentQueue', $fault: 'client' });
  expect(invalid).toBeInstanceOf(ReceiptHandleIsInvalid);
  await expect(sendBody('x'.repeat(1_048_577))).rejects.toThrow('must be shorter than 1048576 bytes');
});

test('what is not emulated is refused, not ignored', async () => {
  expect(() => sqs.createQueue({ QueueName: 'a', FifoQueue: true })).toThrow('FIFO queues are not emulated');
  expect(() => sqs.createQueue({ QueueName: 'a', Policy: {} })).toThrow('Policy');
  await expect(
    client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageGroupId: 'g' })),
  ).rejects.toThrow('MessageGroupId');
});

test('queues are found by name and prefix, described and purged', async () => {
  await sendBody('one');

  expect((await client.send(new GetQueueUrlCommand({ QueueName: QUEUE }))).QueueUrl).toBe(url);
  expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'inbox-' }))).QueueUrls).toEqual([
    'http://127.0.0.1:4566/000000000000/inbox-dead',
  ]);
  const describe = async () =>
    (await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))).Attributes;
  expect(await describe()).toMatchObject({
    ApproximateNumberOfMessages: '1',
    VisibilityTimeout: '30',
    QueueArn: arn(QUEUE),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(DEAD), maxReceiveCount: 2 }),
  });
  await client.send(new PurgeQueueCommand({ QueueUrl: url }));
  expect(await describe()).toMatchObject({ ApproximateNumberOfMessages: '0' });
});
