import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { LEDGER, openBench, simpleTable } from './in-process-client.ts';

const TableName = 'ledger';
const Item = { pk: 'A', sk: '1', n: 1 };

describe('streams', () => {
  test('a record tells keys, images and place of every change, and nothing of writes that change nothing', async () => {
    const { documents, db, clock } = openBench([LEDGER]);
    await documents.send(new PutCommand({ TableName, Item }));
    await documents.send(new PutCommand({ TableName, Item: { n: 1, sk: '1', pk: 'A' } }));
    await documents.send(new PutCommand({ TableName, Item: { ...Item, n: 2 } }));
    await documents.send(new DeleteCommand({ TableName, Key: { pk: 'A', sk: '1' } }));
    await documents.send(new DeleteCommand({ TableName, Key: { pk: 'A', sk: '1' } }));
    const records = db.readStream(TableName, 0, 10);
    expect(records.map(({ eventName, position }) => [eventName, position])).toEqual([
      ['INSERT', 1],
      ['MODIFY', 2],
      ['REMOVE', 3],
    ]);
    const Keys = { pk: { S: 'A' }, sk: { S: '1' } };
    expect(records[1]).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      awsRegion: 'cn-north-1',
      eventSourceARN: expect.stringMatching(
        /^arn:aws:dynamodb:cn-north-1:000000000000:table\/ledger\/stream\//,
      ),
      dynamodb: {
        ApproximateCreationDateTime: clock.time / 1_000,
        Keys,
        OldImage: { ...Keys, n: { N: '1' } },
        NewImage: { ...Keys, n: { N: '2' } },
        SequenceNumber: '000000000000000000002',
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
  });

  test('the view type decides which images a record shows', async () => {
    for (const [StreamViewType, images] of [
      ['KEYS_ONLY', []],
      ['NEW_IMAGE', ['NewImage']],
      ['OLD_IMAGE', ['OldImage']],
    ] as const) {
      const { documents, db } = openBench([{ ...LEDGER, StreamSpecification: { StreamViewType } }]);
      await documents.send(new PutCommand({ TableName, Item }));
      await documents.send(new PutCommand({ TableName, Item: { ...Item, n: 2 } }));
      const shown = Object.keys(db.readStream(TableName, 1, 1)[0]?.dynamodb ?? {}).filter((name) =>
        name.endsWith('Image'),
      );
      expect(shown).toEqual(images);
    }
  });

  test('listeners hear of a table after the commit, and not of refused or empty writes', async () => {
    const { documents, db, database } = openBench([LEDGER, simpleTable('plain')]);
    const heard: [string, number, boolean][] = [];
    db.onStreamRecords((name) =>
      heard.push([name, db.readStream(name, 0, 100).length, database.isTransaction]),
    );
    const puts = ['1', '2', '3'].map((sk) => ({ Put: { TableName, Item: { pk: 'A', sk } } }));
    await documents.send(new TransactWriteCommand({ TransactItems: puts }));
    await documents.send(new PutCommand({ TableName: 'plain', Item: { id: 'x' } }));
    const refused = documents.send(
      new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
    await expect(refused).rejects.toThrow();
    expect(heard).toEqual([[TableName, 3, false]]);
  });

  test('trimmed records are gone and positions go on, even after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
    const file = join(folder, 'cloud.db');
    try {
      const first = openBench([LEDGER], file);
      for (const sk of ['1', '2', '3'])
        await first.documents.send(new PutCommand({ TableName, Item: { pk: 'A', sk } }));
      first.db.trimStream(TableName, 3);
      first.database.close();
      const second = openBench([LEDGER], file);
      await second.documents.send(new PutCommand({ TableName, Item: { pk: 'A', sk: '4' } }));
      expect(second.db.readStream(TableName, 0, 10).map(({ position }) => position)).toEqual([4]);
      second.database.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a restart keeps items, stream, tokens and tables, and another shape of a table is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
    const file = join(folder, 'cloud.db');
    const write = new TransactWriteCommand({
      ClientRequestToken: 'kept',
      TransactItems: [
        {
          Update: {
            TableName,
            Key: { pk: 'A', sk: '1' },
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': 1 },
          },
        },
      ],
    });
    try {
      const first = openBench([LEDGER], file);
      await first.documents.send(write);
      first.database.close();
      const second = openBench([LEDGER], file);
      await second.documents.send(write);
      const { Item: found } = await second.documents.send(
        new GetCommand({ TableName, Key: { pk: 'A', sk: '1' } }),
      );
      expect(found).toMatchObject({ n: 1 });
      expect(second.db.readStream(TableName, 0, 10)).toHaveLength(1);
      expect(() => second.db.createTable(simpleTable(TableName))).toThrow(
        'exists with other keys or indexes',
      );
      second.database.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('items past their time to live go when asked, marked as the service’s own deletion', async () => {
    const { documents, db, clock } = openBench([LEDGER]);
    const seconds = clock.time / 1_000;
    const expiries: Record<string, unknown> = {
      past: seconds - 1,
      future: seconds + 60,
      ancient: 5,
      text: 'soon',
    };
    for (const [sk, expiresAt] of Object.entries(expiries))
      await documents.send(new PutCommand({ TableName, Item: { pk: 'A', sk, expiresAt } }));
    expect(db.expire()).toBe(1);
    expect(db.readStream(TableName, 4, 10)).toMatchObject([
      {
        eventName: 'REMOVE',
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
        dynamodb: { Keys: { sk: { S: 'past' } } },
      },
    ]);
    clock.time += 61_000;
    expect(db.expire()).toBe(1);
  });

  test('time to live switched on later counts for the items already there', async () => {
    const { documents, db, clock } = openBench([simpleTable('plain')]);
    await documents.send(
      new PutCommand({ TableName: 'plain', Item: { id: 'x', until: clock.time / 1_000 - 1 } }),
    );
    expect(db.expire()).toBe(0);
    const TimeToLiveSpecification = { AttributeName: 'until', Enabled: true };
    db.call('UpdateTimeToLive', { TableName: 'plain', TimeToLiveSpecification });
    expect(db.expire()).toBe(1);
  });

  test('writes join a transaction the caller has open, and go with it', async () => {
    const { db, database } = openBench([LEDGER]);
    const heard: string[] = [];
    db.onStreamRecords((name) => heard.push(name));
    const put = () => db.call('PutItem', { TableName, Item: { pk: { S: 'A' }, sk: { S: '1' } } });
    database.exec('BEGIN');
    put();
    database.exec('ROLLBACK');
    expect(db.call('Scan', { TableName })).toMatchObject({ Count: 0 });
    await Promise.resolve();
    heard.length = 0;
    database.exec('BEGIN');
    put();
    expect(heard).toEqual([]);
    database.exec('COMMIT');
    await Promise.resolve();
    expect(heard).toEqual([TableName]);
  });

  test('the stream service walks the same records from any place', async () => {
    const { db } = openBench([LEDGER, simpleTable('plain')]);
    for (const sk of ['1', '2', '3'])
      db.call('PutItem', { TableName, Item: { pk: { S: 'A' }, sk: { S: sk } } });
    const { Streams } = (await db.streams.call('ListStreams', {})) as { Streams: { StreamArn: string }[] };
    const StreamArn = Streams[0]?.StreamArn;
    expect(Streams).toHaveLength(1);
    const { StreamDescription } = (await db.streams.call('DescribeStream', { StreamArn })) as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    const ShardId = StreamDescription.Shards[0]?.ShardId;
    const from = async (ShardIteratorType: string, SequenceNumber?: string) => {
      const { ShardIterator } = await db.streams.call('GetShardIterator', {
        StreamArn,
        ShardId,
        ShardIteratorType,
        SequenceNumber,
      });
      const { Records } = (await db.streams.call('GetRecords', { ShardIterator })) as {
        Records: { dynamodb: { SequenceNumber: string } }[];
      };
      return Records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
    };
    expect(await from('TRIM_HORIZON')).toEqual([1, 2, 3]);
    expect(await from('LATEST')).toEqual([]);
    expect(await from('AT_SEQUENCE_NUMBER', '000000000000000000002')).toEqual([2, 3]);
    expect(await from('AFTER_SEQUENCE_NUMBER', '000000000000000000002')).toEqual([3]);
    db.trimStream(TableName, 2);
    expect(await from('TRIM_HORIZON')).toEqual([3]);
    await expect(from('AT_SEQUENCE_NUMBER', '000000000000000000001')).rejects.toMatchObject({
      type: 'TrimmedDataAccessException',
    });
  });
});
