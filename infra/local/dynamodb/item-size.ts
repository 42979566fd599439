import type { AttributeValue, Item } from './attribute-value.ts';
import { numberSize } from './number.ts';

export const ITEM_BYTES_MAX = 400 * 1024;

const CONTAINER_BYTES = 3;
const ENTRY_BYTES = 1;

const binarySize = (base64: string): number => Buffer.byteLength(base64, 'base64');

const sumOf = (members: readonly string[], size: (member: string) => number): number => {
  let total = 0;
  for (const member of members) total += size(member);
  return total;
};

/** Bytes DynamoDB counts for a value (developer guide, "Item sizes and formats"). */
const valueSize = (value: AttributeValue): number => {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('M' in value) return CONTAINER_BYTES + itemSize(value.M) + ENTRY_BYTES * Object.keys(value.M).length;
  if ('L' in value) {
    let total = CONTAINER_BYTES;
    for (const element of value.L) total += ENTRY_BYTES + valueSize(element);
    return total;
  }
  if ('B' in value) return binarySize(value.B);
  if ('SS' in value) return sumOf(value.SS, Buffer.byteLength);
  if ('NS' in value) return sumOf(value.NS, numberSize);
  return sumOf(value.BS, binarySize);
};

/** Bytes of an item: UTF-8 names plus values. Decides limits, pages and capacity units. */
export const itemSize = (item: Item): number => {
  let total = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) total += Buffer.byteLength(name) + valueSize(value);
  }
  return total;
};
