import type { Json, JsonObject } from '../aws-service.ts';
import { isObject, readItem } from './attribute-value.ts';
import type { Capacity } from './capacity.ts';
import { accumulate, capacityAnswers, onTable, readUnits, sumCapacity } from './capacity.ts';
import { readProjection } from './item-operations.ts';
import type { EncodedKey } from './key.ts';
import { readKey } from './key.ts';
import { validation } from './refusal.ts';
import type { Engine, Operation } from './request.ts';
import { constraint, optionalFlag, refuseLegacy, requiredObject } from './request.ts';
import type { Table } from './table.ts';
import type { Write } from './write.ts';
import { carryOut, decide } from './write.ts';
import { plainDelete, plainPut } from './write-request.ts';

const WRITES_MAX = 25;
const GETS_MAX = 100;
const RESPONSE_BYTES_MAX = 16 * 1024 * 1024;

const keyText = (part: EncodedKey[number]): string =>
  typeof part === 'string' ? part : Buffer.from(part).toString('latin1');

/** Text that is the same for two keys exactly when they name the same item. */
export const identityOf = (table: Table, [pk, sk]: EncodedKey): string =>
  JSON.stringify([table.id, keyText(pk), keyText(sk)]);

const refuseDuplicates = (identities: readonly string[]): void => {
  if (new Set(identities).size < identities.length)
    throw validation('Provided list of item keys contains duplicates');
};

const entriesOf = (input: JsonObject): [string, Json | undefined][] => {
  const entries = Object.entries(requiredObject(input.RequestItems, 'RequestItems'));
  if (entries.length === 0)
    throw constraint("'{}'", 'RequestItems', 'Member must have length greater than or equal to 1');
  return entries;
};

const readBatchWrite = (table: Table, request: Json): Write => {
  const put = isObject(request) ? request.PutRequest : undefined;
  const remove = isObject(request) ? request.DeleteRequest : undefined;
  if (isObject(put) === isObject(remove))
    throw validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of PutRequest or DeleteRequest',
    );
  return isObject(put)
    ? plainPut(table, readItem(put.Item))
    : plainDelete(table, readKey(table, requiredObject(remove, 'DeleteRequest').Key).key);
};

export const batchWriteItem: Operation = (engine, input) => {
  const writes = entriesOf(input).flatMap(([name, requests]) => {
    const table = engine.catalog.get(name);
    if (!Array.isArray(requests) || requests.length === 0)
      throw constraint("'[]'", 'RequestItems', 'Member must have length greater than or equal to 1');
    return requests.map((request: Json) => readBatchWrite(table, request));
  });
  if (writes.length > WRITES_MAX) throw validation('Too many items requested for the BatchWriteItem call');
  refuseDuplicates(writes.map(({ table, key }) => identityOf(table, key)));
  const capacities = new Map<string, Capacity>();
  // Every write is decided, so every refusal is out, before the first one is stored.
  for (const decision of writes.map((write) => decide(engine, write))) {
    const capacity = carryOut(engine, decision);
    engine.meter.add('write', capacity);
    accumulate(capacities, decision.write.table.name, capacity);
  }
  return { UnprocessedItems: {}, ...capacityAnswers(input, capacities) };
};

const readBatchGet = (engine: Engine, name: string, given: Json | undefined) => {
  const request = requiredObject(given, 'RequestItems');
  refuseLegacy(request);
  const table = engine.catalog.get(name);
  const keys = request.Keys;
  if (!Array.isArray(keys) || keys.length === 0)
    throw constraint("'[]'", 'Keys', 'Member must have length greater than or equal to 1');
  return {
    name,
    table,
    request,
    gets: keys.map((given: Json) => ({ given, key: readKey(table, given).key })),
    project: readProjection(request),
    consistent: optionalFlag(request, 'ConsistentRead', false),
  };
};

type BatchGet = ReturnType<typeof readBatchGet>;

/** Reads one table's keys; what does not fit into the bytes left is handed back unread. */
const getFrom = (engine: Engine, { table, gets, project, consistent }: BatchGet, bytesLeft: number) => {
  const found: Json[] = [];
  const left: Json[] = [];
  let capacity = onTable(0);
  let bytes = 0;
  for (const { given, key } of gets) {
    const stored = left.length === 0 ? engine.storage.get(table, key) : undefined;
    if (left.length > 0 || bytes + (stored?.size ?? 0) > bytesLeft) {
      left.push(given);
      continue;
    }
    bytes += stored?.size ?? 0;
    capacity = sumCapacity(capacity, onTable(readUnits(stored?.size ?? 0, consistent)));
    if (stored !== undefined) found.push(project(stored.item()));
  }
  return { found, left, bytes, capacity };
};

export const batchGetItem: Operation = (engine, input) => {
  const requests = entriesOf(input).map(([name, given]) => readBatchGet(engine, name, given));
  const identities = requests.flatMap(({ table, gets }) => gets.map(({ key }) => identityOf(table, key)));
  if (identities.length > GETS_MAX) throw validation('Too many items requested for the BatchGetItem call');
  refuseDuplicates(identities);
  const capacities = new Map<string, Capacity>();
  const responses: Record<string, Json[]> = {};
  const unprocessed: Record<string, JsonObject> = {};
  let bytesLeft = RESPONSE_BYTES_MAX;
  for (const request of requests) {
    const { found, left, bytes, capacity } = getFrom(engine, request, bytesLeft);
    bytesLeft -= bytes;
    engine.meter.add('read', capacity);
    accumulate(capacities, request.table.name, capacity);
    responses[request.name] = found;
    if (left.length > 0) unprocessed[request.name] = { ...request.request, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed, ...capacityAnswers(input, capacities) };
};
