import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../aws-service.ts';
import { AwsError } from '../aws-service.ts';
import { isObject } from './attribute-value.ts';
import { identityOf } from './batch.ts';
import type { Capacity } from './capacity.ts';
import { accumulate, capacityAnswers, onTable, readUnits } from './capacity.ts';
import { readProjection } from './item-operations.ts';
import { readKey } from './key.ts';
import { validation } from './refusal.ts';
import type { Engine, Operation } from './request.ts';
import { constraint, optionalText, refuseLegacy, requiredObject, tableOfRequest } from './request.ts';
import type { Decision, Write } from './write.ts';
import { carryOut, decide } from './write.ts';
import { readConditionCheck, readDelete, readPut, readUpdate } from './write-request.ts';

const ITEMS_MAX = 100;
const BYTES_MAX = 4 * 1024 * 1024;
const TOKEN_LIFETIME_MS = 10 * 60 * 1_000;
const TOKEN_LENGTH_MAX = 36;
/** A transaction prepares and commits every item, which AWS bills as two. */
const TRANSACTION_FACTOR = 2;

export const TOKENS_SQL = `CREATE TABLE IF NOT EXISTS dynamodb_transaction_tokens (
  token TEXT PRIMARY KEY, digest TEXT NOT NULL, answer TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS dynamodb_transaction_tokens_expiry ON dynamodb_transaction_tokens (expires_at);`;

type Reason = { readonly Code: string; readonly Message?: string; readonly Item?: Json };

const NO_REASON: Reason = { Code: 'None' };

const itemsOf = (input: JsonObject): readonly Json[] => {
  const items = input.TransactItems;
  if (!Array.isArray(items)) throw constraint('null', 'TransactItems', 'Member must not be null');
  if (items.length === 0)
    throw constraint("'[]'", 'TransactItems', 'Member must have length greater than or equal to 1');
  if (items.length > ITEMS_MAX)
    throw constraint(
      `'[${items.length} items]'`,
      'TransactItems',
      `Member must have length less than or equal to ${ITEMS_MAX}`,
    );
  return items;
};

const refuseRepeats = (identities: readonly string[]): void => {
  if (new Set(identities).size < identities.length)
    throw validation('Transaction request cannot include multiple operations on one item');
};

const READERS: Readonly<Record<string, (engine: Engine, input: JsonObject) => Write>> = {
  Put: readPut,
  Delete: readDelete,
  ConditionCheck: readConditionCheck,
  Update: (engine, input) => readUpdate(engine, input).write,
};

const readTransactWrite = (engine: Engine, given: Json): Write => {
  const [entry, ...others] = isObject(given)
    ? Object.entries(given).filter(([, value]) => value !== undefined)
    : [];
  const reader = entry && Object.hasOwn(READERS, entry[0]) ? READERS[entry[0]] : undefined;
  if (entry === undefined || reader === undefined || others.length > 0)
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  return reader(engine, requiredObject(entry[1], entry[0]));
};

const reasonOf = (error: unknown): Reason => {
  if (!(error instanceof AwsError)) throw error;
  if (error.type === 'ConditionalCheckFailedException')
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...error.extra };
  if (error.type === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
  throw error;
};

const cancelled = (reasons: readonly Reason[]): AwsError =>
  new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );

/** All decisions, or the cancellation that lists what stood against each item. */
const decideAll = (engine: Engine, writes: readonly Write[]): readonly Decision[] => {
  const outcomes = writes.map((write): { decision?: Decision; reason: Reason } => {
    try {
      return { decision: decide(engine, write), reason: NO_REASON };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  });
  const decisions = outcomes.flatMap(({ decision }) => decision ?? []);
  if (decisions.length < outcomes.length) throw cancelled(outcomes.map(({ reason }) => reason));
  if (decisions.reduce((total, { old, size }) => total + Math.max(size, old?.size ?? 0), 0) > BYTES_MAX)
    throw validation('Transaction request size has exceeded the limit of 4 MB');
  return decisions;
};

const doubled = ({ table, indexes }: Capacity): Capacity => ({ table: table * TRANSACTION_FACTOR, indexes });

const writeAll = (engine: Engine, input: JsonObject): JsonObject => {
  const writes = itemsOf(input).map((given) => readTransactWrite(engine, given));
  refuseRepeats(writes.map(({ table, key }) => identityOf(table, key)));
  const capacities = new Map<string, Capacity>();
  for (const decision of decideAll(engine, writes)) {
    const capacity = doubled(carryOut(engine, decision));
    engine.meter.add('write', capacity);
    accumulate(capacities, decision.write.table.name, capacity);
  }
  return capacityAnswers(input, capacities, 'write');
};

const digestOf = (input: JsonObject): string =>
  createHash('sha256').update(JSON.stringify(input.TransactItems)).digest('base64');

/** The answer given before under this token, if it is still remembered; refuses the token for another request. */
const answeredBefore = ({ storage, now }: Engine, token: string, digest: string): JsonObject | undefined => {
  const row = storage
    .prepare('SELECT digest, answer FROM dynamodb_transaction_tokens WHERE token = ? AND expires_at > ?')
    .get(token, now());
  if (row === undefined) return undefined;
  if (row.digest !== digest)
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'Request parameters do not match the parameters of the original request with the same client token',
    );
  return JSON.parse(String(row.answer)) as JsonObject;
};

const remember = ({ storage, now }: Engine, token: string, digest: string, answer: JsonObject): void => {
  storage.prepare('DELETE FROM dynamodb_transaction_tokens WHERE expires_at <= ?').run(now());
  storage
    .prepare(
      'INSERT INTO dynamodb_transaction_tokens (token, digest, answer, expires_at) VALUES (?, ?, ?, ?)',
    )
    .run(token, digest, JSON.stringify(answer), now() + TOKEN_LIFETIME_MS);
};

export const transactWriteItems: Operation = (engine, input) => {
  const token = optionalText(input, 'ClientRequestToken');
  if (token === undefined) return writeAll(engine, input);
  if (token === '' || token.length > TOKEN_LENGTH_MAX)
    throw constraint(`'${token}'`, 'ClientRequestToken', 'Member must have length between 1 and 36');
  const digest = digestOf(input);
  const known = answeredBefore(engine, token, digest);
  if (known !== undefined) return known;
  const answer = writeAll(engine, input);
  remember(engine, token, digest, answer);
  return answer;
};

export const transactGetItems: Operation = (engine, input) => {
  const gets = itemsOf(input).map((given) => {
    const request = requiredObject(isObject(given) ? given.Get : undefined, 'Get');
    refuseLegacy(request);
    const table = tableOfRequest(engine, request);
    return { table, key: readKey(table, request.Key).key, project: readProjection(request) };
  });
  refuseRepeats(gets.map(({ table, key }) => identityOf(table, key)));
  const capacities = new Map<string, Capacity>();
  let bytes = 0;
  const responses = gets.map(({ table, key, project }) => {
    const stored = engine.storage.get(table, key);
    bytes += stored?.size ?? 0;
    const capacity = doubled(onTable(readUnits(stored?.size ?? 0, true)));
    engine.meter.add('read', capacity);
    accumulate(capacities, table.name, capacity);
    return stored === undefined ? {} : { Item: project(stored.item()) };
  });
  if (bytes > BYTES_MAX) throw validation('Transaction response size has exceeded the limit of 4 MB');
  return { Responses: responses, ...capacityAnswers(input, capacities, 'read') };
};
