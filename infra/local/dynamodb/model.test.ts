import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TableDefinition } from './engine.ts';
import { openBench } from './in-process-client.ts';

const TableName = 'model';

const DEFINITION: TableDefinition = {
  TableName,
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'g', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byG',
      KeySchema: [
        { AttributeName: 'g', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

type Row = { readonly pk: string; readonly sk: number; readonly g?: string; readonly n: number };

const row = fc.record(
  {
    pk: fc.constantFrom('a', 'b', '中'),
    sk: fc.constantFrom(-10, -9.5, 0, 2, 10, 100),
    g: fc.constantFrom('x', 'y'),
    n: fc.nat(3),
  },
  { requiredKeys: ['pk', 'sk', 'n'] },
);
const step = fc.record({ put: fc.boolean(), row });

const wire = ({ pk, sk, g, n }: Row) => ({
  pk: { S: pk },
  sk: { N: String(sk) },
  n: { N: String(n) },
  ...(g !== undefined && { g: { S: g } }),
});
const keyOf = ({ pk, sk }: Row) => ({ pk: { S: pk }, sk: { N: String(sk) } });
const idOf = ({ pk, sk }: Row) => `${pk}/${sk}`;

const pages = (call: (start: object) => object): unknown[] => {
  const found: unknown[] = [];
  let start = {};
  for (;;) {
    const page = call(start) as { Items: unknown[]; LastEvaluatedKey?: Record<string, AttributeValue> };
    found.push(...page.Items);
    if (page.LastEvaluatedKey === undefined) return found;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
};

type Bench = ReturnType<typeof openBench>;

/** Runs the history on the engine and in a map, and returns the map. */
const live = (
  { db }: Bench,
  steps: readonly { readonly put: boolean; readonly row: Row }[],
): Map<string, Row> => {
  const model = new Map<string, Row>();
  for (const { put, row: given } of steps) {
    db.call(put ? 'PutItem' : 'DeleteItem', {
      TableName,
      ...(put ? { Item: wire(given) } : { Key: keyOf(given) }),
    });
    if (put) model.set(idOf(given), given);
    else model.delete(idOf(given));
  }
  return model;
};

const history = fc.array(step, { maxLength: 40 });

test('after any history of puts and deletes, queries answer as a sorted list would', () => {
  fc.assert(
    fc.property(history, fc.boolean(), fc.integer({ min: 1, max: 5 }), (steps, forward, limit) => {
      const bench = openBench([DEFINITION]);
      const rows = [...live(bench, steps).values()].sort((a, b) => (forward ? a.sk - b.sk : b.sk - a.sk));
      const query = (attribute: 'pk' | 'g', value: string) =>
        pages((start) =>
          bench.db.call('Query', {
            TableName,
            ...(attribute === 'g' && { IndexName: 'byG' }),
            KeyConditionExpression: `${attribute} = :v`,
            ExpressionAttributeValues: { ':v': { S: value } },
            ScanIndexForward: forward,
            Limit: limit,
            ...start,
          }),
        ) as ReturnType<typeof wire>[];
      for (const pk of ['a', 'b', '中'])
        expect(query('pk', pk)).toEqual(rows.filter((each) => each.pk === pk).map(wire));
      for (const g of ['x', 'y']) {
        const expected = rows.filter((each) => each.g === g);
        const found = query('g', g);
        // Rows with the same index key may come in either order; their sort keys may not.
        expect(found.map(({ sk }) => Number(sk.N))).toEqual(expected.map(({ sk }) => sk));
        expect(found).toEqual(expect.arrayContaining(expected.map(wire)));
      }
      bench.database.close();
    }),
    { numRuns: 60 },
  );
});

test('the stream of any history replays to the same state, each record fitting on the one before', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const bench = openBench([DEFINITION]);
      const model = live(bench, steps);
      const replayed = new Map<string, unknown>();
      for (const { dynamodb } of bench.db.readStream(TableName, 0, 1_000)) {
        const id = JSON.stringify(dynamodb.Keys);
        expect(replayed.get(id)).toEqual(dynamodb.OldImage);
        expect(dynamodb.NewImage).not.toEqual(dynamodb.OldImage);
        if (dynamodb.NewImage === undefined) replayed.delete(id);
        else replayed.set(id, dynamodb.NewImage);
      }
      expect(new Set(replayed.values())).toEqual(new Set([...model.values()].map(wire)));
      bench.database.close();
    }),
    { numRuns: 60 },
  );
});
