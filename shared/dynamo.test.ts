import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { AwsError, type AwsService, type JsonObject } from '../infra/local/aws-service.ts';
import { type Bench, LEDGER, openBench } from '../infra/local/dynamodb/in-process-client.ts';
import { requestHandler } from '../infra/local/wire/request-handler.ts';
import {
  addTo,
  getItem,
  getItems,
  type Item,
  inParallel,
  openTable,
  putDeterministicItems,
  putIfAbsent,
  putNew,
  putOver,
  queryAll,
  queryPage,
  type Selection,
  type Table,
  transact,
  within,
} from './dynamo.ts';

let bench: Bench;
let table: Table;
beforeEach(() => {
  bench = openBench([LEDGER]);
  table = openTable('ledger', bench.client);
});

const key = (sk: string) => ({ pk: 'P', sk });
const numbered = (count: number, more: Item = {}): Item[] =>
  Array.from({ length: count }, (_, index) => ({ ...key(String(index).padStart(4, '0')), index, ...more }));
const all = async (selection: Selection): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of queryAll(table, selection)) items.push(item);
  return items;
};
const calls = (operation: string): number => bench.db.consumed().calls[operation] ?? 0;

/** The same table behind a database that answers some calls the way AWS may on a busy day. */
const throughTrouble = (trouble: (operation: string, input: JsonObject) => JsonObject | undefined): Table => {
  const service: AwsService = {
    ...bench.db,
    call: (operation, input) => trouble(operation, input) ?? bench.db.call(operation, input),
  };
  return openTable(
    'ledger',
    new DynamoDBClient({
      region: 'cn-north-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      requestHandler: requestHandler([service]),
      maxAttempts: 1,
    }),
  );
};

describe('a transaction', () => {
  test('writes everything, or nothing and says which writes lost', async () => {
    expect(await transact(table, [putNew(table, { ...key('a'), n: 1 }), putNew(table, key('b'))])).toEqual({
      committed: true,
    });

    const outcome = await transact(table, [
      putNew(table, key('c')),
      putNew(table, { ...key('a'), n: 2 }),
      putOver(table, key('b'), 1),
    ]);

    expect(outcome).toEqual({ committed: false, lost: [1, 2] });
    expect(await getItem(table, key('c'))).toBeUndefined();
    expect(await getItem(table, key('a'))).toEqual({ ...key('a'), n: 1 });
  });

  test('over a version loses when somebody wrote in between, or when there is nothing to write over', async () => {
    await transact(table, [putNew(table, { ...key('a'), version: 1 })]);
    const over = (version: number) =>
      transact(table, [putOver(table, { ...key('a'), version: version + 1 }, version)]);

    expect(await over(1)).toEqual({ committed: true });
    expect(await over(1)).toEqual({ committed: false, lost: [0] });
    expect(await transact(table, [putOver(table, { ...key('b'), version: 2 }, 1)])).toMatchObject({
      lost: [0],
    });
    expect(await getItem(table, key('a'))).toMatchObject({ version: 2 });
  });

  test('of many at the same moment lets exactly one win', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => transact(table, [putNew(table, { ...key('a'), index })])),
    );

    expect(outcomes.filter(({ committed }) => committed)).toHaveLength(1);
  });

  test('holds as many writes as AWS takes, and one more is an error', async () => {
    const puts = numbered(101).map((item) => putNew(table, item));

    await expect(transact(table, puts)).rejects.toThrow();
    expect(await transact(table, puts.slice(1))).toEqual({ committed: true });
  });

  test('leaves out what is undefined', async () => {
    await transact(table, [putNew(table, { ...key('a'), phone: undefined })]);

    expect(await getItem(table, key('a'))).toEqual(key('a'));
  });

  const conflict = { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] };
  const conflicting = (times: number) => {
    let left = times;
    return throughTrouble((operation) => {
      if (operation !== 'TransactWriteItems' || left-- <= 0) return undefined;
      throw new AwsError('TransactionCanceledException', 'Transaction cancelled', conflict);
    });
  };

  test('that meets another one on an item tries again', async () => {
    expect(await transact(conflicting(4), [putNew(table, key('a'))])).toEqual({ committed: true });
    expect(await getItem(table, key('a'))).toEqual(key('a'));
  });

  test('that keeps meeting others gives up, so that its message comes again later', async () => {
    await expect(transact(conflicting(5), [putNew(table, key('a'))])).rejects.toThrow(
      TransactionCanceledException,
    );
    expect(await getItem(table, key('a'))).toBeUndefined();
  });

  test('that is refused for another reason is an error, not a lost race', async () => {
    await expect(transact(table, [putNew(table, { ...key('a'), g1pk: 1 })])).rejects.toThrow(
      TransactionCanceledException,
    );
  });
});

describe('reading a partition', () => {
  test('goes through every page, each item once and in order', async () => {
    const items = numbered(9, { text: '字'.repeat(100_000) });
    await putDeterministicItems(table, items);
    const before = calls('Query');

    expect(await all(within('P'))).toEqual(items);
    expect(calls('Query') - before).toBeGreaterThan(2);
  });

  test('by a prefix gives what begins with it', async () => {
    await putDeterministicItems(table, ['LINE#1', 'LINE#2', 'LINES', 'RUN'].map(key));

    expect(await all(within('P', 'LINE#'))).toEqual([key('LINE#1'), key('LINE#2')]);
    expect(await all(within('Q'))).toEqual([]);
  });

  test('page by page continues where the page before ended', async () => {
    await putDeterministicItems(table, numbered(5));
    const first = await queryPage(table, { ...within('P'), Limit: 3 });
    const second = await queryPage(table, { ...within('P'), Limit: 3 }, first.next);

    expect([...first.items, ...second.items]).toEqual(numbered(5));
    expect([first.next, second.next]).toEqual([key('0002'), undefined]);
  });

  test('goes on after a page on which a filter left nothing', async () => {
    await putDeterministicItems(table, numbered(5));
    const last = {
      ...within('P'),
      FilterExpression: '#index = :last',
      ExpressionAttributeNames: { '#index': 'index' },
      ExpressionAttributeValues: { ':pk': 'P', ':last': 4 },
      Limit: 1,
    };

    expect(await all(last)).toEqual([{ ...key('0004'), index: 4 }]);
  });
});

describe('many items', () => {
  test('are written and read however many there are, and writing them again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1, 25, 26, 50, 101, 230), async (count) => {
        bench = openBench([LEDGER]);
        table = openTable('ledger', bench.client);
        const items = numbered(count);
        await putDeterministicItems(table, items);
        await putDeterministicItems(table, items);
        expect(await all(within('P'))).toEqual(items);
        const found = await getItems(table, [...items.map(({ sk }) => key(String(sk))), key('absent')]);
        expect(found.toSorted((a, b) => Number(a.index) - Number(b.index))).toEqual(items);
      }),
      { numRuns: 7 },
    );
  });

  test('that the database did not get to are written in further calls', async () => {
    const lazy = throughTrouble((operation, input) => {
      const { ledger } = input.RequestItems as { ledger: JsonObject[] };
      if (ledger.length <= 20) return undefined;
      bench.db.call(operation, { RequestItems: { ledger: ledger.slice(0, 20) } });
      return { UnprocessedItems: { ledger: ledger.slice(20) } };
    });

    await putDeterministicItems(lazy, numbered(60));

    expect(await all(within('P'))).toEqual(numbered(60));
  });

  test('that the database did not get to are read in further calls', async () => {
    await putDeterministicItems(table, numbered(60));
    const lazy = throughTrouble((operation, input) => {
      const { ledger } = input.RequestItems as { ledger: { Keys: JsonObject[]; ConsistentRead: boolean } };
      if (ledger.Keys.length <= 40) return undefined;
      const [some, rest] = [ledger.Keys.slice(0, 40), ledger.Keys.slice(40)];
      const found = bench.db.call(operation, { RequestItems: { ledger: { ...ledger, Keys: some } } });
      return { ...(found as JsonObject), UnprocessedKeys: { ledger: { ...ledger, Keys: rest } } };
    });

    const found = await getItems(
      lazy,
      numbered(60).map(({ sk }) => key(String(sk))),
    );

    expect(new Set(found.map(({ index }) => index)).size).toBe(60);
    expect(found).toHaveLength(60);
  });
});

describe('one item', () => {
  test('is put unless it is there, and only who put it is told so', async () => {
    const put = await Promise.all([1, 2, 3].map((n) => putIfAbsent(table, { ...key('a'), n })));

    expect(put.filter(Boolean)).toHaveLength(1);
    expect(await getItem(table, key('a'))).toMatchObject({ n: put.indexOf(true) + 1 });
  });

  test('that cannot be put at all is an error', async () => {
    await expect(putIfAbsent(table, { pk: 'P' })).rejects.toThrow('Missing the key sk');
  });

  test('is counted up from zero by every writer, names that AWS reserves included', async () => {
    const add = (amounts: Record<string, number | undefined>) =>
      transact(table, [addTo(table, key('a'), amounts)]);
    await Promise.all([
      add({ lines: 1, count: 5, nothing: 0 }),
      add({ lines: 1, count: -2, absent: undefined }),
    ]);

    expect(await getItem(table, key('a'))).toEqual({ ...key('a'), lines: 2, count: 3 });
  });
});

describe('work side by side', () => {
  test('is done for every item, never for more than the limit at once', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      done.push(item);
    });

    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  test('that fails for one item is still done for the others before the error is thrown', async () => {
    const done: number[] = [];
    const work = inParallel([1, 2, 3, 4], 2, async (item) => {
      if (item === 1) throw new Error('one');
      await new Promise((resolve) => setImmediate(resolve));
      done.push(item);
    });

    await expect(work).rejects.toThrow('one');
    expect(done).toEqual([2, 3, 4]);
  });
});
