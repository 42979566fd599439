import type { Context, APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent } from 'aws-lambda';
import * as z from 'zod';
import type { Instant } from '../../shared/clock.ts';
import { openTable, queryAll, type Table, within } from '../../shared/dynamo.ts';
import type { HttpDeps } from '../../shared/http.ts';
import { keyring, type Seals } from '../../shared/keyring.ts';
import { Officer, type Role } from '../../shared/role.ts';
import type { Route } from '../../shared/route.ts';
import type { TableDefinition } from '../../shared/table.ts';
import { openBench } from './dynamodb/in-process-client.ts';
import { openKeyRing } from './kms/keys.ts';
import { createKms } from './kms/kms.ts';

/** One context's handlers over an engine in this process, for tests that need no bus, no queue and no socket. */

export type SampleHandler = (
  event: HttpEvent,
  context: Context,
) => Promise<string | { readonly statusCode?: number | undefined; readonly body?: string | undefined }>;
export type Asked = {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly key?: string;
};
/** What came back; `code` is that of a problem document. */
export type Answered = {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
};

export type SampleDesk = {
  readonly deps: HttpDeps;
  readonly table: Table;
  readonly seals: () => Promise<Seals>;
  /** The moment everything happens at; tests move it. */
  readonly at: (instant: Instant) => void;
  /** Calls one of the handlers, given by operation id; an answer that its route does not declare fails the test. */
  readonly serving: (
    handlers: Readonly<Record<string, SampleHandler>>,
  ) => (route: Route, officer: Officer | undefined, asked?: Asked) => Promise<Answered>;
  /** The data of the events a subject has announced, oldest first, each with its type. */
  readonly eventsOf: (subject: string) => Promise<Readonly<Record<string, unknown>>[]>;
  /** Everything the table holds, as text, to look for what must not be there. */
  readonly everything: () => string;
};

export const sampleOfficer = (role: Role, area: string, id: string = role): Officer =>
  Officer.parse({ id, name: '', role, area });

const createTableInput = ({ context, indexes }: TableDefinition) => {
  const names = [
    'pk',
    'sk',
    ...Object.values(indexes).flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]),
  ];
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: context,
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: Object.entries(indexes).map(
      ([IndexName, { partitionKey, sortKey, projection }]) => ({
        IndexName,
        KeySchema: key(partitionKey, sortKey),
        Projection: { ProjectionType: projection },
      }),
    ),
  };
};

const Generated = z.object({ CiphertextBlob: z.string() });
const Decrypted = z.object({ Plaintext: z.string() });

/** The local key service called in process instead of over HTTP. */
const keyServiceInProcess = () => {
  const clock = { now: () => 0, after: () => () => {} };
  const kms = createKms({ clock, region: 'cn-north-1', account: '000000000000', keyRing: openKeyRing() });
  kms.createKey({ keyId: 'personal-data' });
  return {
    generate: async (table: string) => {
      const input = { KeyId: 'personal-data', KeySpec: 'AES_256', EncryptionContext: { table } };
      return { wrapped: Generated.parse(await kms.call('GenerateDataKey', input)).CiphertextBlob };
    },
    unwrap: async (wrapped: string, table: string) => {
      const input = { CiphertextBlob: wrapped, EncryptionContext: { table } };
      return Buffer.from(Decrypted.parse(await kms.call('Decrypt', input)).Plaintext, 'base64');
    },
  };
};

const requestOf = (
  route: Route,
  officer: Officer | undefined,
  { params, query, body, key }: Asked,
): HttpEvent => {
  const text = (record: Asked['query'] = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    );
  const claims = officer && {
    sub: officer.id,
    name: officer.name,
    'huimin:role': officer.role,
    'huimin:area': officer.area,
  };
  const event = {
    routeKey: `${route.method.toUpperCase()} ${route.path}`,
    rawPath: route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params?.[name])),
    rawQueryString: new URLSearchParams(text(query)).toString(),
    headers: key === undefined ? {} : { 'idempotency-key': key },
    pathParameters: text(params),
    queryStringParameters: text(query),
    body: JSON.stringify(body ?? {}),
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1', authorizer: claims && { jwt: { claims, scopes: [] } } },
  };
  return event as unknown as HttpEvent;
};

export const openSampleDesk = (definition: TableDefinition, startsAt: Instant): SampleDesk => {
  let now = startsAt;
  const bench = openBench([createTableInput(definition)]);
  const table = openTable(definition.context, bench.client);
  const seals = keyring(table, keyServiceInProcess(), () => now);
  return {
    deps: { table, clock: () => now },
    table,
    seals,
    at: (instant) => {
      now = instant;
    },
    serving:
      (handlers) =>
      async (route, officer, asked = {}) => {
        const handler = handlers[route.operationId];
        if (!handler) throw new Error(`No handler of ${route.operationId}.`);
        const result = await handler(requestOf(route, officer, asked), {} as Context);
        const { statusCode = 0, body = '' } = typeof result === 'string' ? {} : result;
        const content = JSON.parse(body) as Readonly<Record<string, unknown>>;
        route.responses[statusCode]?.schema.parse(content);
        const code = content.code === undefined ? undefined : String(content.code);
        return { status: statusCode, code, body: content };
      },
    eventsOf: async (subject) => {
      const found: Readonly<Record<string, unknown>>[] = [];
      for await (const { envelope } of queryAll(table, within(`EVENT#${subject}`))) {
        const { type, data } = JSON.parse(String(envelope)) as {
          type: string;
          data: Record<string, unknown>;
        };
        found.push({ type, ...data });
      }
      return found;
    },
    everything: () => {
      const tables = bench.database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      return JSON.stringify(
        tables.map(({ name }) => bench.database.prepare(`SELECT * FROM "${name}"`).all()),
      );
    },
  };
};
