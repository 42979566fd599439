import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AwsService, JsonObject } from '../aws-service.ts';
import { AwsError } from '../aws-service.ts';
import type { DynamoDb, TableDefinition } from './engine.ts';
import { createDynamoDb } from './engine.ts';

type Request = { readonly headers: Readonly<Record<string, string>>; readonly body?: Uint8Array | string };

const answer = (statusCode: number, body: JsonObject) => ({
  response: { statusCode, headers: {}, body: Buffer.from(JSON.stringify(body)) },
});

/** Stands where the SDK would send HTTP: tests speak through the real client, but no socket is opened. */
const requestHandler = (service: AwsService) => ({
  handle: async ({ headers, body }: Request) => {
    const [, operation = ''] = (headers['x-amz-target'] ?? '').split('.');
    try {
      return answer(
        200,
        await service.call(
          operation,
          JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as JsonObject,
        ),
      );
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return answer(error.status, { __type: error.type, message: error.message, ...error.extra });
    }
  },
  updateHttpClientConfig: () => {},
  httpHandlerConfigs: () => ({}),
});

export type Bench = {
  readonly db: DynamoDb;
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly clock: { time: number };
  readonly database: DatabaseSync;
};

const REGION = 'cn-north-1';
const ACCOUNT = '000000000000';

/** An engine on a database of its own (in memory unless a file is named), and real SDK clients speaking to it. */
export const openBench = (tables: readonly TableDefinition[], file = ':memory:'): Bench => {
  const database = new DatabaseSync(file);
  const clock = { time: Date.UTC(2027, 0, 1) };
  const db = createDynamoDb({ database, clock: { now: () => clock.time }, region: REGION, account: ACCOUNT });
  for (const table of tables) db.createTable(table);
  const client = new DynamoDBClient({
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: requestHandler(db),
    maxAttempts: 1,
  });
  return { db, client, documents: DynamoDBDocumentClient.from(client), clock, database };
};

/** pk and sk are strings; two indexes over g1 (everything) and g2 (keys and `amount`); all images in the stream. */
export const LEDGER: TableDefinition = {
  TableName: 'ledger',
  AttributeDefinitions: ['pk', 'sk', 'g1pk', 'g1sk', 'g2pk'].map((AttributeName) => ({
    AttributeName,
    AttributeType: AttributeName === 'g1sk' ? 'N' : 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'g1',
      KeySchema: [
        { AttributeName: 'g1pk', KeyType: 'HASH' },
        { AttributeName: 'g1sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
    {
      IndexName: 'g2',
      KeySchema: [{ AttributeName: 'g2pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['amount'] },
    },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};

/** A table whose only key is a string `id`. */
export const simpleTable = (TableName: string): TableDefinition => ({
  TableName,
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
