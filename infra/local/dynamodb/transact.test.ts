import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, ScanCommand, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEDGER, openBench } from './in-process-client.ts';

const TableName = 'ledger';

type TransactItems = NonNullable<TransactWriteCommandInput['TransactItems']>;

const bench = () => {
  const opened = openBench([LEDGER]);
  return {
    ...opened,
    transact: (TransactItems: TransactItems, more: Partial<TransactWriteCommandInput> = {}) =>
      opened.documents.send(new TransactWriteCommand({ TransactItems, ...more })),
    get: async (sk: string) =>
      (await opened.documents.send(new GetCommand({ TableName, Key: { pk: 'A', sk } }))).Item,
  };
};

const put = (sk: string, more: object = {}, onlyNew = false): TransactItems[number] => ({
  Put: {
    TableName,
    Item: { pk: 'A', sk, ...more },
    ...(onlyNew && {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
  },
});

describe('transactions', () => {
  test('all four kinds of item take effect together', async () => {
    const { transact, get } = bench();
    await transact([put('1'), put('2')]);
    await transact([
      put('3'),
      { Delete: { TableName, Key: { pk: 'A', sk: '1' } } },
      {
        Update: {
          TableName,
          Key: { pk: 'A', sk: '2' },
          UpdateExpression: 'SET n = :n',
          ExpressionAttributeValues: { ':n': 1 },
        },
      },
      {
        ConditionCheck: {
          TableName,
          Key: { pk: 'A', sk: '4' },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    ]);
    expect(await get('1')).toBeUndefined();
    expect(await get('2')).toEqual({ pk: 'A', sk: '2', n: 1 });
    expect(await get('3')).toEqual({ pk: 'A', sk: '3' });
  });

  test('one failed condition cancels everything and gives each item its reason', async () => {
    const { transact, get } = bench();
    await transact([put('1', { n: 1 })]);
    await expect(transact([put('2'), put('1', {}, true), put('3', { g1pk: 1 })])).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { pk: { S: 'A' }, sk: { S: '1' }, n: { N: '1' } },
        },
        { Code: 'ValidationError', Message: expect.stringContaining('Type mismatch for Index Key g1pk') },
      ],
    });
    expect(await get('2')).toBeUndefined();
  });

  test('a repeated token answers without a second effect for ten minutes, and only for the same request', async () => {
    const { transact, get, clock } = bench();
    const increment: TransactItems = [
      {
        Update: {
          TableName,
          Key: { pk: 'A', sk: '1' },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ];
    const ClientRequestToken = 'once';
    await transact(increment, { ClientRequestToken });
    await transact(increment, { ClientRequestToken });
    expect(await get('1')).toMatchObject({ n: 1 });
    await expect(transact([put('2')], { ClientRequestToken })).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    clock.time += 10 * 60 * 1_000;
    await transact(increment, { ClientRequestToken });
    expect(await get('1')).toMatchObject({ n: 2 });
  });

  test('a transaction costs twice its writes, indexes once, and reads twice', async () => {
    const { transact, documents } = bench();
    const written = await transact([put('1', { g1pk: 'g', g1sk: 1 }), put('2')], {
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(written.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 5, WriteCapacityUnits: 5 }]);
    const read = await documents.send(
      new TransactGetCommand({
        TransactItems: ['2', '9'].map((sk) => ({ Get: { TableName, Key: { pk: 'A', sk } } })),
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    expect(read.Responses).toEqual([{ Item: { pk: 'A', sk: '2' } }, {}]);
    expect(read.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4, ReadCapacityUnits: 4 }]);
  });

  test('two operations on one item, or more than a hundred, are refused', async () => {
    const { transact } = bench();
    await expect(transact([put('1'), put('1')])).rejects.toThrow(
      'cannot include multiple operations on one item',
    );
    await expect(transact(Array.from({ length: 101 }, (_, n) => put(String(n))))).rejects.toThrow(
      'Member must have length less than or equal to 100',
    );
  });

  test('whatever mixture fails or succeeds, either every put of a transaction is there or none', async () => {
    const sortKeys = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(sortKeys, { maxLength: 8 }), async (transactions) => {
        const { transact, documents, db } = bench();
        const expected = new Map<string, number>();
        for (const [round, keys] of transactions.entries()) {
          const free = keys.every((key) => !expected.has(String(key)));
          const attempt = transact(keys.map((key) => put(String(key), { round }, true)));
          if (free) await attempt;
          else await expect(attempt).rejects.toThrow('Transaction cancelled');
          if (free) for (const key of keys) expected.set(String(key), round);
        }
        const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
        expect(new Map(Items.map(({ sk, round }) => [sk, round]))).toEqual(expected);
        expect(db.readStream(TableName, 0, 100)).toHaveLength(expected.size);
      }),
      { numRuns: 40 },
    );
  });
});
