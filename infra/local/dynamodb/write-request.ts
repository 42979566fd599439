import type { JsonObject } from '../aws-service.ts';
import type { Item } from './attribute-value.ts';
import { readItem } from './attribute-value.ts';
import { checkCondition } from './condition-check.ts';
import type { ParsedCondition } from './condition-grammar.ts';
import { parseCondition } from './condition-grammar.ts';
import { keyOfItem, readKey } from './key.ts';
import type { Engine } from './request.ts';
import { constraint, oneOf, optionalText, requiredText, tableOfRequest } from './request.ts';
import type { Scope } from './scope.ts';
import { readScope } from './scope.ts';
import type { Table } from './table.ts';
import type { Update } from './update.ts';
import { bindUpdate } from './update.ts';
import { parseUpdate } from './update-grammar.ts';
import type { Write } from './write.ts';

const NO_CHANGE: Update = { paths: [], apply: (item) => item };

const conditionOf = (input: JsonObject): ParsedCondition | undefined => {
  const text = optionalText(input, 'ConditionExpression');
  return text === undefined ? undefined : parseCondition(text, 'ConditionExpression');
};

const bindCondition = (parsed: ParsedCondition | undefined, scope: Scope): Write['condition'] => {
  if (parsed === undefined) return undefined;
  checkCondition(parsed, scope);
  return { tree: parsed.tree, scope };
};

const returnsItemOnFailure = (input: JsonObject): boolean =>
  oneOf(input, 'ReturnValuesOnConditionCheckFailure', ['NONE', 'ALL_OLD']) === 'ALL_OLD';

const requirePresent = (input: JsonObject, field: string): void => {
  if (input[field] === undefined || input[field] === null)
    throw constraint('null', field, 'Member must not be null');
};

/** The parts put, delete and condition check have in common. */
const conditional = (input: JsonObject): Pick<Write, 'condition' | 'returnItemOnFailure'> => {
  const parsed = conditionOf(input);
  const scope = readScope(input, parsed ? [parsed] : [], 'ConditionExpression');
  return { condition: bindCondition(parsed, scope), returnItemOnFailure: returnsItemOnFailure(input) };
};

/** A put without condition, as batches make them. */
export const plainPut = (table: Table, item: Item): Write => ({
  kind: 'Put',
  table,
  key: keyOfItem(table, item),
  condition: undefined,
  returnItemOnFailure: false,
  next: () => item,
});

export const readPut = (engine: Engine, input: JsonObject): Write => {
  requirePresent(input, 'Item');
  const table = tableOfRequest(engine, input);
  return { ...plainPut(table, readItem(input.Item)), ...conditional(input) };
};

export const plainDelete = (table: Table, key: Write['key']): Write => ({
  kind: 'Delete',
  table,
  key,
  condition: undefined,
  returnItemOnFailure: false,
  next: () => undefined,
});

export const readDelete = (engine: Engine, input: JsonObject): Write => {
  requirePresent(input, 'Key');
  const table = tableOfRequest(engine, input);
  const common = conditional(input);
  return { ...plainDelete(table, readKey(table, input.Key).key), ...common };
};

export const readConditionCheck = (engine: Engine, input: JsonObject): Write => {
  requirePresent(input, 'Key');
  requiredText(input, 'ConditionExpression');
  const table = tableOfRequest(engine, input);
  const common = conditional(input);
  const { key } = readKey(table, input.Key);
  return { kind: 'ConditionCheck', table, key, ...common, next: (old) => old };
};

/** An update, with the paths its expression names. An item that is not there yet starts as its key. */
export const readUpdate = (
  engine: Engine,
  input: JsonObject,
): { readonly write: Write; readonly update: Update } => {
  requirePresent(input, 'Key');
  const table = tableOfRequest(engine, input);
  const updateText = optionalText(input, 'UpdateExpression');
  const parsedUpdate = updateText === undefined ? undefined : parseUpdate(updateText, 'UpdateExpression');
  const parsedCondition = conditionOf(input);
  const expressions = [parsedUpdate, parsedCondition].filter((parsed) => parsed !== undefined);
  const scope = readScope(input, expressions, 'UpdateExpression');
  const update = parsedUpdate ? bindUpdate(parsedUpdate, scope, table.keyNames) : NO_CHANGE;
  const condition = bindCondition(parsedCondition, scope);
  const { key, attributes } = readKey(table, input.Key);
  const write: Write = {
    kind: 'Update',
    table,
    key,
    condition,
    returnItemOnFailure: returnsItemOnFailure(input),
    next: (old) => update.apply(old ?? attributes),
  };
  return { write, update };
};
