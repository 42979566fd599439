import type { Json, JsonObject } from '../aws-service.ts';
import { isObject } from './attribute-value.ts';
import type { Meter } from './capacity.ts';
import type { Catalog } from './catalog.ts';
import { validation } from './refusal.ts';
import type { Storage } from './storage.ts';
import type { Streams } from './stream.ts';
import type { Table } from './table.ts';

/** What an operation works with. */
export type Engine = {
  readonly catalog: Catalog;
  readonly storage: Storage;
  readonly streams: Streams;
  readonly meter: Meter;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type Operation = (engine: Engine, input: JsonObject) => JsonObject;

const LEGACY: readonly string[] = [
  'Expected',
  'ConditionalOperator',
  'AttributeUpdates',
  'AttributesToGet',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

const memberName = (field: string): string => field.charAt(0).toLowerCase() + field.slice(1);

export const constraint = (value: string, field: string, rule: string): Error =>
  validation(
    `1 validation error detected: Value ${value} at '${memberName(field)}' failed to satisfy constraint: ${rule}`,
  );

/** Refuses the parameters expressions have replaced: the engine knows expressions only. */
export const refuseLegacy = (input: JsonObject): void => {
  const found = LEGACY.filter((field) => input[field] !== undefined);
  if (found.length > 0)
    throw validation(
      `Legacy parameters are not supported by this engine, use expressions: {${found.join(', ')}}`,
    );
};

export const optionalText = (input: JsonObject, field: string): string | undefined => {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw validation(`${field} must be a string`);
  return value;
};

export const requiredText = (input: JsonObject, field: string): string => {
  const value = optionalText(input, field);
  if (value === undefined) throw constraint('null', field, 'Member must not be null');
  return value;
};

export const optionalFlag = (input: JsonObject, field: string, fallback: boolean): boolean => {
  const value = input[field];
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'boolean') throw validation(`${field} must be a boolean`);
  return value;
};

/** One of the given words; the first is what absence means. */
export const oneOf = <Word extends string>(
  input: JsonObject,
  field: string,
  words: readonly [Word, ...Word[]],
): Word => {
  const value = optionalText(input, field) ?? words[0];
  const word = words.find((candidate) => candidate === value);
  if (word === undefined)
    throw constraint(`'${value}'`, field, `Member must satisfy enum value set: [${words.join(', ')}]`);
  return word;
};

export const requiredObject = (value: Json | undefined, field: string): JsonObject => {
  if (!isObject(value)) throw constraint('null', field, 'Member must not be null');
  return value;
};

export const tableOfRequest = (engine: Engine, input: JsonObject): Table => {
  refuseLegacy(input);
  return engine.catalog.get(requiredText(input, 'TableName'));
};
