import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { BatchWriteCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { LEDGER, openBench } from './in-process-client.ts';

const TableName = 'ledger';

const bench = async (items: readonly Record<string, unknown>[]) => {
  const opened = openBench([LEDGER]);
  for (const Item of items) await opened.documents.send(new PutCommand({ TableName, Item }));
  const query = (input: Partial<QueryCommandInput>) =>
    opened.documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'A' },
        ...input,
      }),
    );
  return { ...opened, query };
};

const numbered = (count: number, more: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) => ({ pk: 'A', sk: `S${n}`, n, ...more(n) }));

const sortKeys = ({ Items = [] }: { Items?: Record<string, unknown>[] | undefined }) =>
  Items.map((item) => item.sk);

describe('query', () => {
  test('items come in the byte order of their sort keys, or backwards', async () => {
    const { query } = await bench(
      ['b', 'a', 'Z', '\u{10000}', '\uffee', '中'].map((sk) => ({ pk: 'A', sk })),
    );
    const forward = ['Z', 'a', 'b', '中', '\uffee', '\u{10000}'];
    expect(sortKeys(await query({}))).toEqual(forward);
    expect(sortKeys(await query({ ScanIndexForward: false }))).toEqual(forward.toReversed());
  });

  test.each<[string, Record<string, string>, readonly string[]]>([
    ['sk = :a', { ':a': 'S2' }, ['S2']],
    ['sk < :a', { ':a': 'S2' }, ['S0', 'S1']],
    ['sk >= :a', { ':a': 'S3' }, ['S3', 'S4', 'T']],
    ['sk BETWEEN :a AND :b', { ':a': 'S1', ':b': 'S2' }, ['S1', 'S2']],
    ['begins_with(sk, :a)', { ':a': 'S' }, ['S0', 'S1', 'S2', 'S3', 'S4']],
    ['begins_with(sk, :a)', { ':a': 'S4' }, ['S4']],
  ])('a sort key condition bounds what is read: %s', async (condition, values, expected) => {
    const { query } = await bench([...numbered(5), { pk: 'A', sk: 'T' }, { pk: 'B', sk: 'S1' }]);
    const answer = await query({
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: { ':pk': 'A', ...values },
    });
    expect(sortKeys(answer)).toEqual(expected);
    expect(answer.ScannedCount).toBe(expected.length);
  });

  test('pages of any limit, in both directions, give every item once', async () => {
    const { query } = await bench(numbered(9));
    for (const ScanIndexForward of [true, false])
      for (const Limit of [1, 2, 4, 10]) {
        const found: unknown[] = [];
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const page = await query({
            Limit,
            ScanIndexForward,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          });
          found.push(...sortKeys(page));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey);
        const expected = numbered(9).map(({ sk }) => sk);
        expect(found).toEqual(ScanIndexForward ? expected : expected.toReversed());
      }
  });

  test('a page holds at most 1 MB and says where it stopped', async () => {
    const { query } = await bench(numbered(4, () => ({ text: 'x'.repeat(300_000) })));
    const first = await query({ ReturnConsumedCapacity: 'TOTAL', ConsistentRead: true });
    expect(first.Count).toBe(3);
    expect(first.LastEvaluatedKey).toEqual({ pk: 'A', sk: 'S2' });
    expect(first.ConsumedCapacity?.CapacityUnits).toBe(Math.ceil((3 * 300_011) / 4096));
    const rest = await query({ ExclusiveStartKey: { pk: 'A', sk: 'S2' } });
    expect(sortKeys(rest)).toEqual(['S3']);
  });

  test('a filter leaves out what was read, and counting leaves out the items', async () => {
    const { query } = await bench(numbered(5));
    const given = { FilterExpression: 'n >= :n', ExpressionAttributeValues: { ':pk': 'A', ':n': 3 } };
    expect(await query(given)).toMatchObject({ Count: 2, ScannedCount: 5, Items: [{ n: 3 }, { n: 4 }] });
    const counted = await query({ ...given, Select: 'COUNT' });
    expect(counted).toMatchObject({ Count: 2, ScannedCount: 5 });
    expect(counted.Items).toBeUndefined();
  });

  test('a projection keeps nested places and closes list ranks', async () => {
    const { query } = await bench([{ pk: 'A', sk: 'S', m: { a: 1, b: 2 }, l: ['x', 'y', 'z'] }]);
    const { Items } = await query({ ProjectionExpression: 'm.b, l[2], l[0], absent' });
    expect(Items).toEqual([{ m: { b: 2 }, l: ['x', 'z'] }]);
  });

  test('an index holds only items that have its keys, in their order, with what it projects', async () => {
    const { query } = await bench([
      { pk: 'A', sk: '1', g1pk: 'G', g1sk: 10, g2pk: 'H', amount: 7, other: 1 },
      { pk: 'B', sk: '2', g1pk: 'G', g1sk: 9.5 },
      { pk: 'C', sk: '3', g1pk: 'G', g1sk: -3 },
      { pk: 'D', sk: '4', g1pk: 'G' },
    ]);
    const byG1 = await query({
      IndexName: 'g1',
      KeyConditionExpression: 'g1pk = :g AND g1sk > :n',
      ExpressionAttributeValues: { ':g': 'G', ':n': -10 },
      Limit: 2,
    });
    expect(sortKeys(byG1)).toEqual(['3', '2']);
    expect(byG1.LastEvaluatedKey).toEqual({ pk: 'B', sk: '2', g1pk: 'G', g1sk: 9.5 });
    const byG2 = await query({
      IndexName: 'g2',
      KeyConditionExpression: 'g2pk = :g',
      ExpressionAttributeValues: { ':g': 'H' },
    });
    expect(byG2.Items).toEqual([{ pk: 'A', sk: '1', g2pk: 'H', amount: 7 }]);
  });

  test.each<[Partial<QueryCommandInput>, string]>([
    [{ IndexName: 'none' }, 'The table does not have the specified index: none'],
    [
      { IndexName: 'g1', ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [{ IndexName: 'g1' }, 'Query condition missed key schema element: g1pk'],
    [{ KeyConditionExpression: 'sk = :pk' }, 'Query condition missed key schema element: pk'],
    [{ KeyConditionExpression: 'pk > :pk' }, 'Query key condition not supported'],
    [
      { KeyConditionExpression: 'pk = :pk OR sk = :pk' },
      'Invalid operator used in KeyConditionExpression: OR',
    ],
    [{ KeyConditionExpression: 'pk = :pk AND pk = :pk' }, 'must only contain one condition per key'],
    [{ ExpressionAttributeValues: { ':pk': 1 } }, 'Condition parameter type does not match schema type'],
    [
      { FilterExpression: 'sk = :pk' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    ],
    [{ ExclusiveStartKey: { pk: 'A' } }, 'The provided starting key is invalid'],
    [{ ExclusiveStartKey: { pk: 'B', sk: 'S1' } }, 'outside query boundaries'],
    [{ Limit: 0 }, 'Member must have value greater than or equal to 1'],
    [{ Select: 'ALL_PROJECTED_ATTRIBUTES' }, 'can be used only when Querying using an IndexName'],
  ])('a query DynamoDB would refuse is refused: %#', async (input, message) => {
    const { query } = await bench([]);
    await expect(query(input)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

describe('scan and batches', () => {
  test('a scan in pages meets every item of the table, and of an index, once', async () => {
    const { documents } = await bench(numbered(7, (n) => (n % 2 ? { g2pk: `P${n}` } : {})));
    for (const [IndexName, expected] of [
      [undefined, 7],
      ['g2', 3],
    ] as const) {
      const found = new Set<unknown>();
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new ScanCommand({
            TableName,
            Limit: 2,
            ...(IndexName && { IndexName }),
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        for (const key of sortKeys(page)) found.add(key);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect(found.size).toBe(expected);
    }
  });

  test('a batch with a refused or repeated item stores nothing', async () => {
    const { documents } = await bench([]);
    const write = (items: readonly object[]) =>
      documents.send(
        new BatchWriteCommand({
          RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item: { ...Item } } })) },
        }),
      );
    await expect(write([{ pk: 'A', sk: '1' }, { pk: 'A' }])).rejects.toThrow('Missing the key sk');
    await expect(
      write([
        { pk: 'A', sk: '1' },
        { pk: 'A', sk: '1', n: 2 },
      ]),
    ).rejects.toThrow('contains duplicates');
    await expect(write(numbered(26))).rejects.toThrow('Too many items requested for the BatchWriteItem call');
    expect((await documents.send(new ScanCommand({ TableName }))).Count).toBe(0);
    await write(numbered(25));
    expect((await documents.send(new ScanCommand({ TableName }))).Count).toBe(25);
  });
});
