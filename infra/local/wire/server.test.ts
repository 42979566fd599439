import { crc32 } from 'node:zlib';
import {
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AwsError, type AwsService } from '../aws-service.ts';
import { type DrivenClock, drivenClock } from '../clock.ts';
import { openDatabase } from '../database.ts';
import { openKeyRing } from '../kms/keys.ts';
import { createObjects } from '../objects/objects.ts';
import { createSqs } from '../sqs/sqs.ts';
import { requestHandler } from './request-handler.ts';
import { type AwsServer, serveAws } from './server.ts';

/** A service that answers with what it was asked, to look at the protocol alone. */
const echo: AwsService = {
  target: 'DynamoDB_20120810',
  contentType: 'application/x-amz-json-1.0',
  call: (operation, input) => {
    if (operation === 'Break') throw new Error('a fault of the engine');
    if (operation === 'Refuse')
      throw new AwsError('TransactionCanceledException', 'no', { CancellationReasons: [] });
    return { operation, input };
  },
};

let server: AwsServer;
let clock: DrivenClock;
let client: SQSClient;
let url: string;
let faults: unknown[];

beforeEach(async () => {
  const database = openDatabase(':memory:', 'test');
  clock = drivenClock(0);
  faults = [];
  const place = { region: 'cn-north-1', account: '000000000000' };
  const sqs = createSqs({ database, clock, ...place, endpoint: () => server.url });
  server = await serveAws({
    services: [echo, sqs],
    objects: createObjects({
      database,
      clock,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      keyRing: openKeyRing(),
    }),
    port: 0,
    host: '127.0.0.1',
    onFault: (fault) => faults.push(fault),
    largestBody: 20_000_000,
  });
  url = sqs.createQueue({ QueueName: 'inbox' }).url;
  client = new SQSClient({
    region: 'cn-north-1',
    endpoint: server.url,
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterEach(() => {
  client.destroy();
  return server.close();
});

const call = (operation: string, body: string, target = 'DynamoDB_20120810') =>
  fetch(server.url, { method: 'POST', headers: { 'x-amz-target': `${target}.${operation}` }, body });

test('an answer carries the content type of the protocol, a request id, and a checksum where the SDK checks it', async () => {
  const answer = await call('GetItem', '{"Key":{"名":"一"}}');
  const text = await answer.text();

  expect(JSON.parse(text)).toEqual({ operation: 'GetItem', input: { Key: { 名: '一' } } });
  expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.0');
  expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[\w-]{20,}$/);
  expect(answer.headers.get('x-amz-crc32')).toBe(String(crc32(text)));
});

test('a refusal has the type in body and header, and its extra members', async () => {
  const answer = await call('Refuse', '{}');

  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-amzn-errortype')).toBe('TransactionCanceledException');
  expect(await answer.json()).toEqual({
    __type: 'TransactionCanceledException',
    message: 'no',
    CancellationReasons: [],
  });
});

test.each([
  ['SerializationException', 'GetItem', '{', 'DynamoDB_20120810'],
  ['SerializationException', 'GetItem', '[]', 'DynamoDB_20120810'],
  ['UnknownOperationException', 'Publish', '{}', 'SNS'],
  ['UnknownOperationException', 'TagQueue', '{}', 'AmazonSQS'],
])('%s answers %s with the body %s to %s', async (type, operation, body, target) => {
  const answer = await call(operation, body, target);

  expect([answer.status, ((await answer.json()) as { __type: string }).__type]).toEqual([400, type]);
});

test('a fault of an engine is status 500 for the client, and reported', async () => {
  const answer = await call('Break', '{}');

  expect([answer.status, await answer.json()]).toEqual([
    500,
    { __type: 'InternalFailure', message: 'a fault of the engine' },
  ]);
  expect(faults).toEqual([new Error('a fault of the engine')]);
});

test('a large body passes in both directions', async () => {
  const text = '字'.repeat(5_000_000);

  const answer = (await (await call('PutItem', JSON.stringify({ text }))).json()) as {
    input: { text: string };
  };

  expect(answer.input.text === text).toBe(true);
});

test('a body beyond the limit is refused, and that is no fault', async () => {
  const answer = await call('PutItem', ' '.repeat(20_000_001));

  expect([answer.status, answer.headers.get('x-amzn-errortype'), faults]).toEqual([
    413,
    'RequestEntityTooLarge',
    [],
  ]);
});

test('the SDK works through the socket, many calls at once, with its own exceptions', async () => {
  await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: Array.from({ length: 10 }, (__, m) => ({ Id: String(m), MessageBody: `${n}-${m}` })),
        }),
      ),
    ),
  );

  const bodies: (string | undefined)[] = [];
  for (let batch = 0; batch < 50; batch++) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
    );
    bodies.push(...Messages.map(({ Body }) => Body));
  }
  expect(new Set(bodies).size).toBe(500);
  await expect(
    client.send(new SendMessageCommand({ QueueUrl: `${url}x`, MessageBody: 'x' })),
  ).rejects.toThrow(QueueDoesNotExist);
});

test('closing the server does not wait for a long poll', async () => {
  const poll = client
    .send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }))
    .catch(() => 'cut off');
  await call('GetItem', '{}');

  await server.close();

  expect(await poll).toBe('cut off');
});

test('an error inside an engine reaches the caller of a client without socket as it is', async () => {
  const direct = new SQSClient({
    region: 'cn-north-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: requestHandler([
      {
        ...echo,
        target: 'AmazonSQS',
        call: () => {
          throw new RangeError('inside');
        },
      },
    ]),
  });

  await expect(direct.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }))).rejects.toThrow(
    RangeError,
  );
});
