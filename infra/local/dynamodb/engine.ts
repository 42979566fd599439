import type { DatabaseSync } from 'node:sqlite';
import type { AwsService, JsonObject, LocalClock } from '../aws-service.ts';
import { AwsError } from '../aws-service.ts';
import { batchGetItem, batchWriteItem } from './batch.ts';
import type { ConsumedTotals } from './capacity.ts';
import { createMeter } from './capacity.ts';
import { openCatalog } from './catalog.ts';
import { deleteItem, getItem, putItem, updateItem } from './item-operations.ts';
import { query, scan } from './query.ts';
import type { Engine, Operation } from './request.ts';
import { openStorage } from './storage.ts';
import type { ChangeRecord, StreamRecord } from './stream.ts';
import { openStreams } from './stream.ts';
import { streamService } from './stream-service.ts';
import type { TableDefinition } from './table.ts';
import {
  createTable,
  deleteTable,
  describeTable,
  describeTimeToLive,
  listTables,
  updateTimeToLive,
} from './table-operations.ts';
import { expireItems } from './time-to-live.ts';
import { TOKENS_SQL, transactGetItems, transactWriteItems } from './transact.ts';

export type { ConsumedTotals } from './capacity.ts';
export type { StreamRecord } from './stream.ts';
export type { TableDefinition } from './table.ts';

export type DynamoDb = AwsService & {
  /**
   * Creates a table from a CloudFormation-like definition. One that exists with the same keys and indexes is left
   * alone but for its stream and time-to-live settings; one with others throws.
   */
  readonly createTable: (definition: TableDefinition) => void;
  /** Called with the table's name, synchronously after a commit that added stream records to it. Keep it cheap. */
  /** Whether an operation writes. */
  readonly changes: (operation: string) => boolean;
  /**
   * Says that a consumer takes only the records that `accepts` accepts. Once there is a consumer, changes that none accepts
   * leave no record: most writes of a table are nobody's event.
   */
  readonly keepRecords: (tableName: string, accepts: (record: ChangeRecord) => boolean) => void;
  readonly onStreamRecords: (listener: (tableName: string) => void) => void;
  /** Stream records after a position, oldest first. */
  readonly readStream: (tableName: string, after: number, limit: number) => readonly StreamRecord[];
  /** Forgets stream records up to and including a position. */
  readonly trimStream: (tableName: string, upTo: number) => void;
  /** The streams over the wire: ListStreams, DescribeStream, GetShardIterator, GetRecords. */
  readonly streams: AwsService;
  /** Removes items past their time to live and returns how many; AWS does so within a few days, here it is asked for. */
  readonly expire: () => number;
  /** Running totals of capacity and calls since the engine was made. */
  readonly consumed: () => ConsumedTotals;
};

const READS: Readonly<Record<string, Operation>> = {
  BatchGetItem: batchGetItem,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  GetItem: getItem,
  ListTables: listTables,
  Query: query,
  Scan: scan,
  TransactGetItems: transactGetItems,
};

const WRITES: Readonly<Record<string, Operation>> = {
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DeleteTable: deleteTable,
  PutItem: putItem,
  TransactWriteItems: transactWriteItems,
  UpdateItem: updateItem,
  UpdateTimeToLive: updateTimeToLive,
};

const operationIn = (operations: Readonly<Record<string, Operation>>, name: string): Operation | undefined =>
  Object.hasOwn(operations, name) ? operations[name] : undefined;

/** Runs the task in one SQLite transaction: its own, or the one the caller has open. */
const inTransaction = <Result>(database: DatabaseSync, task: () => Result): Result => {
  if (database.isTransaction) return task();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = task();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A failed COMMIT may have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

/**
 * DynamoDB in one SQLite database. The caller opens and closes the database and chooses its journal mode;
 * while the caller has a transaction open, the engine's writes join it and listeners hear of them afterwards.
 */
export const createDynamoDb = (options: {
  readonly database: DatabaseSync;
  readonly clock: Pick<LocalClock, 'now'>;
  readonly region: string;
  readonly account: string;
}): DynamoDb => {
  const { database, clock, region, account } = options;
  const now = () => clock.now();
  const storage = openStorage(database);
  database.exec(TOKENS_SQL);
  const catalog = openCatalog(storage, { region, account, now });
  const streams = openStreams(storage, region, now);
  const engine: Engine = { catalog, storage, streams, meter: createMeter(), now };

  const announce = (): void => {
    if (database.isTransaction) queueMicrotask(streams.announce);
    else streams.announce();
  };
  const write = <Result>(task: () => Result): Result => {
    const result = inTransaction(database, task);
    announce();
    return result;
  };
  const call = (name: string, input: JsonObject): JsonObject => {
    engine.meter.count(name);
    const read = operationIn(READS, name);
    if (read !== undefined) return read(engine, input);
    const change = operationIn(WRITES, name);
    if (change === undefined)
      throw new AwsError(
        'UnknownOperationException',
        `The operation ${name} is not implemented by this engine.`,
      );
    return write(() => change(engine, input));
  };

  return {
    target: 'DynamoDB_20120810',
    contentType: 'application/x-amz-json-1.0',
    call,
    createTable: (definition) => write(() => catalog.ensure(definition)),
    changes: (operation) => operationIn(WRITES, operation) !== undefined,
    onStreamRecords: streams.onRecords,
    keepRecords: (tableName, accepts) => streams.keep(catalog.get(tableName), accepts),
    readStream: (tableName, after, limit) => streams.read(catalog.get(tableName), after, limit),
    trimStream: (tableName, upTo) =>
      inTransaction(database, () => streams.trim(catalog.get(tableName), upTo)),
    streams: streamService(engine),
    expire: () => write(() => expireItems(engine)),
    consumed: engine.meter.totals,
  };
};
