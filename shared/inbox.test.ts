import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { event, happened } from './event.ts';
import { consume, consumeMessages } from './inbox.ts';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  return () => write.mockRestore();
});
const logged = () =>
  lines.map((line) => {
    const { code, messageId } = JSON.parse(line) as Record<string, string>;
    return [messageId, code];
  });

const batchOf = (bodies: Record<string, string>): SQSEvent => ({
  Records: Object.entries(bodies).map(([messageId, body]) => ({ messageId, body }) as SQSRecord),
});
const failuresOf = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

const Shard = z.object({ shard: z.int() });

describe('a batch of messages', () => {
  test('is worked through in order, and what failed is handed back alone', async () => {
    const seen: number[] = [];
    const consumer = consumeMessages(Shard, async ({ shard }) => {
      seen.push(shard);
      if (shard === 2) throw new Error('the table is busy');
    });

    const answer = await consumer(batchOf({ a: '{"shard":1}', b: '{"shard":2}', c: '{"shard":3}' }));

    expect(answer).toEqual(failuresOf('b'));
    expect(seen).toEqual([1, 2, 3]);
    expect(logged()).toEqual([
      ['a', 'MESSAGE_HANDLED'],
      ['b', 'MESSAGE_FAILED'],
      ['c', 'MESSAGE_HANDLED'],
    ]);
  });

  test('keeps what nobody can read out of the work, and hands it back for the dead-letter queue', async () => {
    const seen: number[] = [];
    const consumer = consumeMessages(Shard, async ({ shard }) => {
      seen.push(shard);
    });

    const answer = await consumer(
      batchOf({ a: 'not JSON', b: '{"shard":"1"}', c: 'null', d: '{"shard":4}' }),
    );

    expect(answer).toEqual(failuresOf('a', 'b', 'c'));
    expect(seen).toEqual([4]);
    expect(logged().map(([, code]) => code)).toEqual([
      'MESSAGE_MALFORMED',
      'MESSAGE_MALFORMED',
      'MESSAGE_MALFORMED',
      'MESSAGE_HANDLED',
    ]);
  });

  test.each([
    ['an item in the table that does not fit', () => Shard.parse({})],
    ['an answer that is no JSON', () => JSON.parse('<html>')],
  ])('blames the work and not the message for %s', async (_, work) => {
    const consumer = consumeMessages(Shard, async () => work());

    expect(await consumer(batchOf({ a: '{"shard":1}' }))).toEqual(failuresOf('a'));
    expect(logged()).toEqual([['a', 'MESSAGE_FAILED']]);
  });

  test('of none has no failures', async () => {
    expect(await consumeMessages(Shard, async () => {})(batchOf({}))).toEqual(failuresOf());
  });

  test('logs nothing of a message it could not read, whatever lines it has', async () => {
    await consumeMessages(Shard, async () => {})(
      batchOf({ a: '\n    at 张三 330702199001010011', b: '{"shard":"330702199001010011"}' }),
    );

    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/张三|330702/);
  });
});

describe('a consumer of an event', () => {
  const RunOpened = event({
    name: 'house.run-opened',
    version: 1,
    source: 'house',
    summary: 'A run was opened.',
    data: z.object({ runId: z.string() }),
  });
  const opened = happened(RunOpened, {
    subject: 'run/r1',
    which: 'opened',
    at: '2021-07-01T00:00:00.000Z',
    correlationId: 'request-1',
    data: { runId: 'r1' },
  });
  const fromBus = (detail: unknown) => JSON.stringify({ version: '0', source: 'house', detail });

  test('gets it out of the envelope of the bus', async () => {
    const seen: unknown[] = [];
    const consumer = consume(RunOpened, async (it) => {
      seen.push(it);
    });

    expect(await consumer(batchOf({ a: fromBus(opened) }))).toEqual(failuresOf());
    expect(seen).toEqual([opened]);
  });

  test('does not take another event, or another version, for it', async () => {
    const consumer = consume(RunOpened, async () => {});
    const answer = await consumer(
      batchOf({
        a: fromBus({ ...opened, type: 'house.run-opened.v2' }),
        b: fromBus({ ...opened, data: {} }),
        c: JSON.stringify(opened),
      }),
    );

    expect(answer).toEqual(failuresOf('a', 'b', 'c'));
  });
});
