import type { Json } from '../aws-service.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { attributeOf, readItem, typeOf } from './attribute-value.ts';
import { orderedNumber } from './number.ts';
import { invalidParameter, validation } from './refusal.ts';
import type { Index, KeyAttribute, Table } from './table.ts';

/** A key part as SQLite stores it, so that SQLite's order is DynamoDB's: UTF-8 text, number as ordered text, bytes. */
export type KeyPart = string | Uint8Array;
/** Partition and sort key; a table or index without sort key stores '' for it. */
export type EncodedKey = readonly [KeyPart, KeyPart];

const HASH_BYTES_MAX = 2_048;
const RANGE_BYTES_MAX = 1_024;

/** The order-preserving stored form of a key value. */
export const encodeKeyPart = (value: AttributeValue): KeyPart => {
  if ('S' in value) return value.S;
  if ('N' in value) return orderedNumber(value.N);
  if ('B' in value) return Buffer.from(value.B, 'base64');
  throw new Error('Only strings, numbers and binaries can be keys.');
};

const isEmpty = (value: AttributeValue): boolean =>
  ('S' in value && value.S === '') || ('B' in value && value.B === '');

const emptyKind = (value: AttributeValue): string => ('S' in value ? 'string' : 'binary');

const notASchemaKey = (): Error => validation('The provided key element does not match the schema');

/** Refuses an empty or oversized key value. */
export const checkKeyValue = (
  { name }: KeyAttribute,
  value: AttributeValue,
  role: 'hash' | 'range',
): void => {
  if (isEmpty(value))
    throw validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. Key: ${name}`,
    );
  const size =
    'S' in value ? Buffer.byteLength(value.S) : 'B' in value ? Buffer.byteLength(value.B, 'base64') : 0;
  if (role === 'hash' && size > HASH_BYTES_MAX)
    throw invalidParameter('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  if (role === 'range' && size > RANGE_BYTES_MAX)
    throw invalidParameter('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
};

const encodeKey = (
  table: Table,
  item: Item,
  mismatch: (attribute: KeyAttribute, value: AttributeValue | undefined) => Error,
): EncodedKey => {
  const part = (attribute: KeyAttribute, role: 'hash' | 'range'): KeyPart => {
    const value = attributeOf(item, attribute.name);
    if (value === undefined || typeOf(value) !== attribute.type) throw mismatch(attribute, value);
    checkKeyValue(attribute, value, role);
    return encodeKeyPart(value);
  };
  return [part(table.hash, 'hash'), table.range ? part(table.range, 'range') : ''];
};

/** The key of an item to be stored; refuses an item that lacks it or has it in another type. */
export const keyOfItem = (table: Table, item: Item): EncodedKey =>
  encodeKey(table, item, ({ name, type }, value) =>
    value === undefined
      ? invalidParameter(`Missing the key ${name} in the item`)
      : invalidParameter(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`),
  );

/** Reads a request's `Key`: exactly the table's key attributes. */
export const readKey = (
  table: Table,
  given: Json | undefined,
): { readonly key: EncodedKey; readonly attributes: Item } => {
  const attributes = readItem(given);
  if (Object.keys(attributes).length !== table.keyNames.length)
    throw validation('The number of conditions on the keys is invalid');
  return { key: encodeKey(table, attributes, notASchemaKey), attributes };
};

const indexPart = (index: Index, attribute: KeyAttribute, item: Item): KeyPart | undefined => {
  const value = attributeOf(item, attribute.name);
  if (value === undefined) return undefined;
  if (typeOf(value) !== attribute.type)
    throw invalidParameter(
      `Type mismatch for Index Key ${attribute.name} Expected: ${attribute.type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
    );
  if (isEmpty(value))
    throw validation(
      `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. IndexName: ${index.name}, IndexKey: ${attribute.name}`,
    );
  return encodeKeyPart(value);
};

/** The item's key in an index, or undefined when it lacks a part and so is not in the index. */
export const keyInIndex = (index: Index, item: Item): EncodedKey | undefined => {
  const hash = indexPart(index, index.hash, item);
  const range = index.range ? indexPart(index, index.range, item) : '';
  return hash === undefined || range === undefined ? undefined : [hash, range];
};

/** The attributes that name an item in answers: table key, and the index's key when read through one. */
export const keyAttributes = (table: Table, index: Index | undefined, item: Item): Item => {
  const names = [...table.keyNames, index?.hash.name, index?.range?.name];
  const key: Record<string, AttributeValue> = {};
  for (const name of names) {
    const value = name === undefined ? undefined : attributeOf(item, name);
    if (name !== undefined && value !== undefined) key[name] = value;
  }
  return key;
};
