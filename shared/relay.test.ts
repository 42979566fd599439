import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { AwsError, type AwsService, type JsonObject } from '../infra/local/aws-service.ts';
import { drivenClock } from '../infra/local/clock.ts';
import { openDatabase } from '../infra/local/database.ts';
import { type Bench, LEDGER, openBench } from '../infra/local/dynamodb/in-process-client.ts';
import { createDeliveries } from '../infra/local/events/delivery.ts';
import { createEvents } from '../infra/local/events/events.ts';
import { createSqs } from '../infra/local/sqs/sqs.ts';
import { requestHandler } from '../infra/local/wire/request-handler.ts';
import { openTable, putNew, type Table, transact } from './dynamo.ts';
import { type Envelope, event, happened } from './event.ts';
import { announce } from './outbox.ts';
import { relayEvents } from './relay.ts';

const PLACE = { region: 'cn-north-1', account: '000000000000' };
const QUEUE_ARN = 'arn:aws:sqs:cn-north-1:000000000000:inbox';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const RowsApplied = event({
  name: 'house.rows-applied',
  version: 1,
  source: 'house',
  summary: 'Rows were applied.',
  data: z.object({ rows: z.array(z.string()) }),
});
const applied = (which: number, rows: string[] = []): Envelope =>
  happened(RowsApplied, {
    subject: 'run/r1',
    which: String(which),
    at: `2021-07-01T00:00:0${Math.floor(which / 10)}.${which % 10}00Z`,
    correlationId: 'request-1',
    data: { rows },
  });

let bench: Bench;
let table: Table;
let arrived: () => Envelope[];
let bus: AwsService;
let putEvents: number;

beforeEach(() => {
  bench = openBench([LEDGER]);
  table = openTable('ledger', bench.client);
  const database = openDatabase(':memory:', 'test');
  const clock = drivenClock(0);
  const sqs = createSqs({ database, clock, ...PLACE, endpoint: () => 'http://127.0.0.1:4566' });
  sqs.createQueue({ QueueName: 'inbox' });
  const deliveries = createDeliveries({
    database,
    clock,
    queues: sqs,
    invoke: async () => {},
    onDropped: (destination) => expect.unreachable(`${destination.arn} was given up`),
  });
  const events = createEvents({ database, clock, ...PLACE, deliveries });
  events.createBus('house');
  events.createRule({
    bus: 'house',
    name: 'all',
    pattern: { source: ['house'], 'detail-type': ['house.rows-applied.v1'] },
    targets: [{ Id: 'one', Arn: QUEUE_ARN }],
  });
  arrived = () =>
    Array.from({ length: 10 }, () => sqs.receive(QUEUE_ARN, 10))
      .flat()
      .map(({ body }) => (JSON.parse(body) as { detail: Envelope }).detail);
  putEvents = 0;
  bus = {
    ...events,
    call: (operation, input) => {
      putEvents++;
      return events.call(operation, input);
    },
  };
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return () => write.mockRestore();
});

const record = async (...events: Envelope[]) => {
  for (const each of events) await transact(table, [announce(table, each)]);
};
const stream = (): DynamoDBStreamEvent =>
  ({ Records: bench.db.readStream('ledger', 0, 1000) }) as unknown as DynamoDBStreamEvent;
const relay = (service: AwsService = bus) =>
  relayEvents(
    new EventBridgeClient({
      ...PLACE,
      credentials,
      requestHandler: requestHandler([service]),
      maxAttempts: 1,
    }),
    'house',
  )(stream());
const many = (count: number, rows?: string[]) =>
  Array.from({ length: count }, (_, index) => applied(index, rows));

describe('the relay', () => {
  test('carries every event of the table to the bus once, in its order, ten a call', async () => {
    await record(...many(23));

    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(arrived()).toEqual(many(23));
    expect(putEvents).toBe(3);
  });

  test('passes over what is no event', async () => {
    await transact(table, [putNew(table, { pk: 'RUN', sk: 'RUN' }), announce(table, applied(1))]);

    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(arrived()).toEqual([applied(1)]);
  });

  test('calls nobody when there is nothing to carry', async () => {
    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(putEvents).toBe(0);
  });

  test('carries ten events that are too large for one call, as a file that a bank refused whole makes them', async () => {
    const rows = Array.from({ length: 500 }, (_, index) =>
      `2021-07-dibao-regular~330702100201~DB${index}`.padEnd(90),
    );
    const large = many(12, rows);
    await record(...large);

    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(arrived()).toEqual(large);
  });

  test('names the first event the bus refused, so that the stream begins again there and leaves none out', async () => {
    await record(...many(15));
    const refusing: AwsService = {
      ...bus,
      call: async (operation, input) => {
        const asked = input.Entries as { Detail: string }[];
        const answer = await bus.call(operation, input);
        const refused = asked.findIndex(({ Detail }) => Detail === JSON.stringify(applied(12)));
        const Entries = (answer.Entries as JsonObject[]).map((entry, index) =>
          index === refused ? { ErrorCode: 'ThrottlingException' } : entry,
        );
        return { FailedEntryCount: refused < 0 ? 0 : 1, Entries };
      },
    };

    const answer = await relay(refusing);

    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: stream().Records[12]?.dynamodb?.SequenceNumber }],
    });
  });

  test('fails as a whole when the bus cannot be reached, and the stream repeats it', async () => {
    await record(...many(3));
    const unreachable: AwsService = {
      ...bus,
      call: () => {
        throw new AwsError('InternalException', 'no', {}, 500);
      },
    };

    await expect(relay(unreachable)).rejects.toThrow();
    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(arrived()).toEqual(many(3));
  });
});
