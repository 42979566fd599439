import { setTimeout as pause } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  BatchWriteCommand,
  type BatchWriteCommandOutput,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from './table.ts';

/** One context's table and the client that reaches it. */
export type Table = { readonly client: DynamoDBDocumentClient; readonly name: string };
export type Item = Record<string, unknown>;
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const BATCH_WRITE_LIMIT = 25;
type BatchWrites = NonNullable<BatchWriteCommandOutput['UnprocessedItems']>[string];
const BATCH_GET_LIMIT = 100;

/**
 * Binds a table by name; `client` is for tests and defaults to the one the Lambda's environment configures. It tells nothing to a
 * logger: the SDK would copy every request and answer for one that throws them away, for a tenth of a function's time.
 */
export const openTable = (name: string, client = new DynamoDBClient({})): Table => {
  client.middlewareStack.remove('loggerMiddleware');
  return {
    name,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
};

/** Waits before a table that was asked too much is asked again: 25 ms, doubled each time, up to 1.6 s. */
const backOff = (attempt: number): Promise<void> => pause(25 * 2 ** Math.min(attempt, 6));

/** Reads one item as it is now (consistent read). */
export const getItem = async (table: Table, key: Key): Promise<Item | undefined> =>
  (await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }))).Item;

/** Reads many items as they are now; the answer has no order and leaves out what does not exist. */
export const getItems = async (table: Table, keys: readonly Key[]): Promise<Item[]> => {
  const found: Item[] = [];
  for (let start = 0; start < keys.length; start += BATCH_GET_LIMIT) {
    let pending: Item[] | undefined = keys.slice(start, start + BATCH_GET_LIMIT).map((key) => ({ ...key }));
    for (let attempt = 0; pending?.length; attempt++) {
      if (attempt > 0) await backOff(attempt);
      const answer: BatchGetCommandOutput = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: pending, ConsistentRead: true } } }),
      );
      found.push(...(answer.Responses?.[table.name] ?? []));
      pending = answer.UnprocessedKeys?.[table.name]?.Keys;
    }
  }
  return found;
};

export type Selection = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>;

/** Everything in one partition whose sort key begins with `prefix`, as it is now. */
export const within = (pk: string, prefix = ''): Selection =>
  prefix === ''
    ? { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk }, ConsistentRead: true }
    : {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pk, ':sk': prefix },
        ConsistentRead: true,
      };

/** These attributes of what a query finds, and no others: what nobody looks at need not travel. */
export const only = (attributes: readonly string[]): Partial<Selection> => ({
  ProjectionExpression: attributes.map((_, index) => `#a${index}`).join(),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name])),
});

export type Page = { readonly items: readonly Item[]; readonly next: Item | undefined };

/** One page of a query and where the next begins. A page may be empty and still have a next one. */
export const queryPage = async (table: Table, selection: Selection, start?: Item): Promise<Page> => {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({ TableName: table.name, ...selection, ...(start ? { ExclusiveStartKey: start } : {}) }),
  );
  return { items: Items, next: LastEvaluatedKey };
};

/** All items of a query, page after page; never just the first page. */
export const queryAll = async function* (table: Table, selection: Selection): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page: Page = await queryPage(table, selection, start);
    yield* page.items;
    start = page.next;
  } while (start);
};

/**
 * Puts items that are a pure function of their key, 25 a call, without condition: writing one twice changes nothing, which is
 * what makes half the price of a transaction safe here.
 */
export const putDeterministicItems = async (table: Table, items: readonly Item[]): Promise<void> => {
  for (let start = 0; start < items.length; start += BATCH_WRITE_LIMIT) {
    let pending: BatchWrites | undefined = items
      .slice(start, start + BATCH_WRITE_LIMIT)
      .map((item) => ({ PutRequest: { Item: item } }));
    for (let attempt = 0; pending?.length; attempt++) {
      if (attempt > 0) await backOff(attempt);
      const answer: BatchWriteCommandOutput = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.name]: pending } }),
      );
      pending = answer.UnprocessedItems?.[table.name];
    }
  }
};

/** What came of a transaction: all of it, or none of it and the places of the writes whose condition failed. */
export type Outcome =
  | { readonly committed: true }
  | { readonly committed: false; readonly lost: readonly number[] };

const CONFLICT_ATTEMPTS = 5;

/**
 * Writes all or nothing. A failed condition is an answer, not an error: the caller knows what the loser of the race should
 * see. Two transactions touching one item at the same moment (`TransactionConflict`) are tried again.
 */
export const transact = async (table: Table, writes: readonly Write[]): Promise<Outcome> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
      return { committed: true };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const lost = reasons.flatMap((reason, index) =>
        reason.Code === 'ConditionalCheckFailed' ? [index] : [],
      );
      if (lost.length > 0) return { committed: false, lost };
      if (attempt >= CONFLICT_ATTEMPTS || !reasons.some((reason) => reason.Code === 'TransactionConflict'))
        throw error;
      await backOff(attempt);
    }
  }
};

/** A put that must be the first: loses when the item is there already. */
export const putNew = (table: Table, item: Item): Write => ({
  Put: {
    TableName: table.name,
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** A put over the version that was read: loses when somebody else wrote in between. */
export const putOver = (table: Table, item: Item, readVersion: number): Write => ({
  Put: {
    TableName: table.name,
    Item: item,
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': readVersion },
  },
});

/** Puts an item unless it is there already; true when this call made it. The loser of the race changes nothing. */
export const putIfAbsent = async (table: Table, item: Item): Promise<boolean> => {
  try {
    await table.client.send(
      new PutCommand({ TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** Adds to number attributes, making them from zero; needs no read and never loses a race. */
export const addTo = (
  table: Table,
  key: Key,
  amounts: Readonly<Record<string, number | undefined>>,
): Write => {
  const changes = Object.entries(amounts).filter(([, amount]) => amount !== undefined && amount !== 0);
  return {
    Update: {
      TableName: table.name,
      Key: key,
      UpdateExpression: `ADD ${changes.map((_, index) => `#n${index} :n${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(changes.map(([name], index) => [`#n${index}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        changes.map(([, amount], index) => [`:n${index}`, amount]),
      ),
    },
  };
};

/** Runs `work` over all of `items`, at most `limit` at a time, and throws the first error after the rest has settled. */
export const inParallel = async <T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  const done = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  for (const result of done) if (result.status === 'rejected') throw result.reason;
};
