import type { Json, JsonObject } from '../aws-service.ts';
import type { Item } from './attribute-value.ts';
import { attributeOf, readItem, typeOf } from './attribute-value.ts';
import type { Capacity } from './capacity.ts';
import { capacityAnswer, onIndex, onTable, readUnits } from './capacity.ts';
import { meets } from './condition.ts';
import { checkCondition, pathsOf } from './condition-check.ts';
import type { ParsedCondition } from './condition-grammar.ts';
import { parseCondition } from './condition-grammar.ts';
import type { ExpressionKind } from './expression-lexer.ts';
import { keyAttributes, keyInIndex, keyOfItem } from './key.ts';
import type { KeyRange } from './key-condition.ts';
import { keyRangeOf } from './key-condition.ts';
import type { Page, StartKey } from './page.ts';
import { readPage } from './page.ts';
import type { ParsedProjection, Projection } from './projection.ts';
import { bindProjection, parseProjection } from './projection.ts';
import { invalidParameter, validation } from './refusal.ts';
import type { Engine, Operation } from './request.ts';
import { constraint, oneOf, optionalFlag, optionalText, tableOfRequest } from './request.ts';
import type { Scope } from './scope.ts';
import { boundPath, readScope } from './scope.ts';
import type { Index, KeySchema, Table } from './table.ts';

type Selection = 'ALL' | 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';

/** What Query and Scan have in common. */
type Read = {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly limit: number | undefined;
  readonly start: StartKey | undefined;
  readonly consistent: boolean;
  readonly filter: ParsedCondition | undefined;
  readonly project: Projection;
  readonly counting: boolean;
  readonly scope: Scope;
};

const indexOfRequest = (table: Table, input: JsonObject): Index | undefined => {
  const name = optionalText(input, 'IndexName');
  if (name === undefined) return undefined;
  const index = table.indexes.find((candidate) => candidate.name === name);
  if (index === undefined) throw validation(`The table does not have the specified index: ${name}`);
  return index;
};

const limitOf = (input: JsonObject): number | undefined => {
  const limit = input.Limit;
  if (limit === undefined || limit === null) return undefined;
  if (typeof limit !== 'number' || !Number.isInteger(limit)) throw validation('Limit must be an integer');
  if (limit < 1) throw constraint(`'${limit}'`, 'Limit', 'Member must have value greater than or equal to 1');
  return limit;
};

const startingKeyInvalid = (): Error => validation('The provided starting key is invalid');

const startOf = (table: Table, index: Index | undefined, given: Json | undefined): StartKey | undefined => {
  if (given === undefined || given === null) return undefined;
  const item = readItem(given);
  const schemas: readonly KeySchema[] = index ? [table, index] : [table];
  const attributes = new Map(
    schemas
      .flatMap(({ hash, range }) => [hash, ...(range ? [range] : [])])
      .map(({ name, type }) => [name, type]),
  );
  for (const [name, type] of attributes) {
    const value = attributeOf(item, name);
    if (value === undefined || typeOf(value) !== type) throw startingKeyInvalid();
  }
  if (Object.keys(item).length !== attributes.size) throw startingKeyInvalid();
  return { key: keyOfItem(table, item), indexKey: index && keyInIndex(index, item) };
};

const parsedText = (input: JsonObject, kind: ExpressionKind): ParsedCondition | undefined => {
  const text = optionalText(input, kind);
  return text === undefined ? undefined : parseCondition(text, kind);
};

const selectionOf = (
  input: JsonObject,
  index: Index | undefined,
  projection: ParsedProjection | undefined,
): Selection => {
  const select = oneOf<Selection>(input, 'Select', [
    'ALL',
    'ALL_ATTRIBUTES',
    'ALL_PROJECTED_ATTRIBUTES',
    'SPECIFIC_ATTRIBUTES',
    'COUNT',
  ]);
  if (projection !== undefined && select !== 'ALL' && select !== 'SPECIFIC_ATTRIBUTES')
    throw validation(
      `Cannot specify the ProjectionExpression when choosing to get ${select === 'COUNT' ? 'only the Count' : select}`,
    );
  if (projection === undefined && select === 'SPECIFIC_ATTRIBUTES')
    throw validation(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined)
    throw invalidParameter('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  if (select === 'ALL_ATTRIBUTES' && index?.projected !== undefined)
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  return select;
};

const projectionOf = (
  parsed: ParsedProjection | undefined,
  scope: Scope,
  index: Index | undefined,
): Projection => {
  if (parsed === undefined) return (item) => item;
  const { projected } = index ?? {};
  const beyond = parsed.tree
    .map((path) => String(boundPath(path, scope)[0]))
    .filter((name) => projected !== undefined && !projected.includes(name));
  if (index !== undefined && beyond.length > 0)
    throw invalidParameter(`Global secondary index ${index.name} does not project [${beyond.join(', ')}]`);
  return bindProjection(parsed, scope);
};

const refuseKeysInFilter = (filter: ParsedCondition, scope: Scope, { hash, range }: KeySchema): void => {
  for (const [name] of pathsOf(filter.tree, scope))
    if (name === hash.name || name === range?.name)
      throw validation(
        `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
      );
};

const readRequest = (engine: Engine, input: JsonObject, keyCondition: ParsedCondition | undefined): Read => {
  const table = tableOfRequest(engine, input);
  const index = indexOfRequest(table, input);
  const consistent = optionalFlag(input, 'ConsistentRead', false);
  if (consistent && index !== undefined)
    throw validation('Consistent reads are not supported on global secondary indexes');
  const filter = parsedText(input, 'FilterExpression');
  const projectionText = optionalText(input, 'ProjectionExpression');
  const projection =
    projectionText === undefined ? undefined : parseProjection(projectionText, 'ProjectionExpression');
  const expressions = [keyCondition, filter, projection].filter((parsed) => parsed !== undefined);
  const scope = readScope(input, expressions, 'FilterExpression');
  if (filter !== undefined) checkCondition(filter, scope);
  const selection = selectionOf(input, index, projection);
  return {
    table,
    index,
    limit: limitOf(input),
    start: startOf(table, index, input.ExclusiveStartKey),
    consistent,
    filter,
    project: projectionOf(projection, scope, index),
    counting: selection === 'COUNT',
    scope,
  };
};

const matching = (
  { entries }: Page,
  { filter, scope, counting }: Read,
): { items: readonly Item[]; count: number } => {
  if (filter === undefined && counting) return { items: [], count: entries.length };
  const items = entries.map((entry) => entry.item());
  const met = filter === undefined ? items : items.filter((item) => meets(filter.tree, item, scope));
  return { items: met, count: met.length };
};

const answer = (
  engine: Engine,
  input: JsonObject,
  read: Read,
  range: KeyRange | undefined,
  forward: boolean,
): JsonObject => {
  const { table, index, project } = read;
  const page = readPage(engine.storage, { ...read, range, forward });
  const { items, count } = matching(page, read);
  const units = readUnits(page.bytes, read.consistent);
  const capacity: Capacity = index ? onIndex(index.name, units) : onTable(units);
  engine.meter.add('read', capacity);
  const last = page.partial ? page.entries.at(-1) : undefined;
  return {
    ...(!read.counting && { Items: items.map(project) }),
    Count: count,
    ScannedCount: page.entries.length,
    ...(last && { LastEvaluatedKey: keyAttributes(table, index, last.item()) }),
    ...capacityAnswer(input, table.name, capacity),
  };
};

const startsElsewhere = ({ start, index }: Read, { hash }: KeyRange): boolean => {
  const startHash = index ? start?.indexKey?.[0] : start?.key[0];
  return startHash !== undefined && Buffer.compare(Buffer.from(startHash), Buffer.from(hash)) !== 0;
};

export const query: Operation = (engine, input) => {
  const keyCondition = parsedText(input, 'KeyConditionExpression');
  const read = readRequest(engine, input, keyCondition);
  if (keyCondition === undefined)
    throw validation(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  checkCondition(keyCondition, read.scope);
  const schema: KeySchema = read.index ?? read.table;
  const range = keyRangeOf(keyCondition, read.scope, schema);
  if (read.filter !== undefined) refuseKeysInFilter(read.filter, read.scope, schema);
  if (startsElsewhere(read, range))
    throw validation('The provided starting key is outside query boundaries based on provided conditions');
  return answer(engine, input, read, range, optionalFlag(input, 'ScanIndexForward', true));
};

export const scan: Operation = (engine, input) => {
  if (input.Segment !== undefined || input.TotalSegments !== undefined)
    throw validation('Parallel scans (Segment, TotalSegments) are not supported by this engine');
  return answer(engine, input, readRequest(engine, input, undefined), undefined, true);
};
