import { DescribeTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { LEDGER, openBench, simpleTable } from './in-process-client.ts';

const TableName = 'ledger';
const Key = { pk: 'H#1', sk: 'LINE#1' };

const bench = () => openBench([LEDGER, simpleTable('plain')]);

describe('single items', () => {
  test('an item comes back as it was put, every type included', async () => {
    const { documents } = bench();
    const Item = {
      ...Key,
      text: '惠民',
      empty: '',
      yes: true,
      nothing: null,
      bytes: new Uint8Array([0, 255, 7]),
      list: [1, 'two', { three: [3] }],
      map: { a: { b: { c: 1 } } },
      words: new Set(['b', 'a']),
      numbers: new Set([3, 1]),
    };
    await documents.send(new PutCommand({ TableName, Item }));
    const { Item: found } = await documents.send(new GetCommand({ TableName, Key }));
    expect(found).toEqual(Item);
  });

  test('numbers keep 38 digits, take one spelling and are refused beyond that', async () => {
    const { client } = bench();
    const put = (N: string) =>
      client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'n' }, sk: { S: 'n' }, n: { N } } }));
    const get = async () =>
      (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'n' }, sk: { S: 'n' } } }))).Item?.n;
    await put('12345678901234567890123456789012345678');
    expect(await get()).toEqual({ N: '12345678901234567890123456789012345678' });
    await put('+0012.3400e1');
    expect(await get()).toEqual({ N: '123.4' });
    await expect(put('123456789012345678901234567890123456789')).rejects.toThrow(
      'more than 38 significant digits',
    );
    await expect(put('1e126')).rejects.toThrow('Number overflow');
    await expect(put('1e-131')).rejects.toThrow('Number underflow');
    await expect(put('12a')).rejects.toThrow('cannot be converted to a numeric value');
  });

  test.each([
    [{ sk: 'x' }, 'Missing the key pk in the item'],
    [{ pk: 1, sk: 'x' }, 'Type mismatch for key pk expected: S actual: N'],
    [{ pk: '', sk: 'x' }, 'cannot contain an empty string value. Key: pk'],
    [{ pk: 'x', sk: 'y'.repeat(1025) }, 'size limit of 1024 bytes'],
    [
      { ...Key, g1pk: 'a', g1sk: 'not a number' },
      'Type mismatch for Index Key g1sk Expected: N Actual: S IndexName: g1',
    ],
    [{ ...Key, g2pk: '' }, 'IndexName: g2, IndexKey: g2pk'],
    [{ ...Key, big: 'x'.repeat(400 * 1024) }, 'Item size has exceeded the maximum allowed size'],
  ])('an item that breaks the table’s rules is refused: %#', async (Item, message) => {
    const { documents } = bench();
    await expect(documents.send(new PutCommand({ TableName, Item }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  test('a key with the wrong attributes or types does not match the schema', async () => {
    const { documents } = bench();
    const get = (key: Record<string, unknown>) => documents.send(new GetCommand({ TableName, Key: key }));
    await expect(get({ pk: 'a' })).rejects.toThrow('The number of conditions on the keys is invalid');
    await expect(get({ pk: 'a', other: 'b' })).rejects.toThrow('does not match the schema');
    await expect(get({ pk: 'a', sk: 1 })).rejects.toThrow('does not match the schema');
  });

  test('a failed condition names itself and returns the item when asked', async () => {
    const { documents } = bench();
    await documents.send(new PutCommand({ TableName, Item: { ...Key, state: 'open' } }));
    const again = documents.send(
      new PutCommand({
        TableName,
        Item: Key,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    await expect(again).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { state: { S: 'open' } },
    });
  });

  test('an update answers with the old or new item or only what it touched', async () => {
    const { documents } = bench();
    await documents.send(new PutCommand({ TableName, Item: { ...Key, n: 1, m: { a: 1, b: 2 } } }));
    const update = async (ReturnValues: 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW') =>
      (
        await documents.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: 'SET m.a = m.a + :one ADD n :one',
            ExpressionAttributeValues: { ':one': 1 },
            ReturnValues,
          }),
        )
      ).Attributes;
    expect(await update('ALL_OLD')).toEqual({ ...Key, n: 1, m: { a: 1, b: 2 } });
    expect(await update('ALL_NEW')).toEqual({ ...Key, n: 3, m: { a: 3, b: 2 } });
    expect(await update('UPDATED_OLD')).toEqual({ n: 3, m: { a: 3 } });
    expect(await update('UPDATED_NEW')).toEqual({ n: 5, m: { a: 5 } });
  });

  test('an update of an item that is not there creates it with its key', async () => {
    const { documents } = bench();
    await documents.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'ADD hits :one',
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
    const { Item } = await documents.send(new GetCommand({ TableName, Key }));
    expect(Item).toEqual({ ...Key, hits: 1 });
  });

  test('deleting returns what was there, and nothing the second time', async () => {
    const { documents } = bench();
    await documents.send(new PutCommand({ TableName, Item: { ...Key, n: 1 } }));
    const remove = () => documents.send(new DeleteCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
    expect((await remove()).Attributes).toEqual({ ...Key, n: 1 });
    expect((await remove()).Attributes).toBeUndefined();
  });

  test('capacity counts started kilobytes of the larger image and each index written', async () => {
    const { documents } = bench();
    const put = async (item: Record<string, unknown>) =>
      (
        await documents.send(
          new PutCommand({ TableName, Item: { ...Key, ...item }, ReturnConsumedCapacity: 'INDEXES' }),
        )
      ).ConsumedCapacity;
    expect(await put({ g1pk: 'a', g1sk: 1, text: 'x'.repeat(1500) })).toEqual({
      TableName,
      CapacityUnits: 4,
      Table: { CapacityUnits: 2 },
      GlobalSecondaryIndexes: { g1: { CapacityUnits: 2 } },
    });
    // Another index key: the old entry goes and a new one comes; g2 gains a small entry.
    expect(await put({ g1pk: 'a', g1sk: 2, g2pk: 'b', amount: 1 })).toMatchObject({
      Table: { CapacityUnits: 2 },
      GlobalSecondaryIndexes: { g1: { CapacityUnits: 3 }, g2: { CapacityUnits: 1 } },
    });
    // What g2 carries stays the same, so only g1 is written.
    expect(await put({ g1pk: 'a', g1sk: 2, g2pk: 'b', amount: 1, more: true })).toMatchObject({
      GlobalSecondaryIndexes: { g1: { CapacityUnits: 1 } },
    });
    const read = await documents.send(new GetCommand({ TableName, Key, ReturnConsumedCapacity: 'TOTAL' }));
    expect(read.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 0.5 });
  });

  test('what is not there or not known is refused by name', async () => {
    const { client, documents, db } = bench();
    await expect(documents.send(new GetCommand({ TableName: 'none', Key }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    await expect(client.send(new DescribeTableCommand({ TableName: 'none' }))).rejects.toThrow(
      'Requested resource not found: Table: none not found',
    );
    expect(() => db.call('ExecuteStatement', {})).toThrow(
      expect.objectContaining({ type: 'UnknownOperationException' }),
    );
    expect(() =>
      db.call('PutItem', { TableName, Item: { pk: { S: 'a' }, sk: { S: 'b' } }, Expected: {} }),
    ).toThrow('Legacy parameters are not supported');
  });
});
