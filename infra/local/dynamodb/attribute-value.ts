import type { Json } from '../aws-service.ts';
import { canonicalNumber, compareNumbers } from './number.ts';
import { invalidParameter, validation } from './refusal.ts';

export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly M: Item }
  | { readonly L: readonly AttributeValue[] }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

/** Attributes by name. Binary values stay base64 text, as on the wire. */
export type Item = { readonly [name: string]: AttributeValue };

export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';
export type SetValue = Extract<AttributeValue, { SS: unknown } | { NS: unknown } | { BS: unknown }>;

const NESTING_MAX = 32;

export const isObject = (value: Json | undefined): value is { readonly [name: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mismatch = (): Error =>
  validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');

const textOf = (value: Json | undefined): string => {
  if (typeof value !== 'string') throw mismatch();
  return value;
};

const binaryOf = (value: Json | undefined): string => {
  const text = textOf(value);
  const bytes = Buffer.from(text, 'base64').toString('base64');
  if (bytes !== text) throw validation('Invalid attribute value type: a binary value must be base64');
  return text;
};

/** Reads the members of a set; canonical members decide whether two are the same. */
const setOf = (
  value: Json | undefined,
  member: (value: Json | undefined) => string,
  name: string,
): string[] => {
  if (!Array.isArray(value)) throw mismatch();
  if (value.length === 0) throw invalidParameter(`An ${name} set  may not be empty`);
  const members = value.map(member);
  if (new Set(members).size < members.length)
    throw invalidParameter(`Input collection [${members.join(', ')}] contains duplicates.`);
  return members;
};

const numberOf = (value: Json | undefined): string => canonicalNumber(textOf(value));

/** Reads one attribute value from the wire: exactly one known type, numbers in canonical spelling, sets without duplicates. */
export const readAttributeValue = (value: Json | undefined, depth = 1): AttributeValue => {
  if (!isObject(value)) throw mismatch();
  const types = Object.keys(value);
  const type = types[0];
  if (type === undefined) throw mismatch();
  if (types.length > 1)
    throw validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  if (depth > NESTING_MAX)
    throw validation(
      'Nesting Levels have exceeded supported limits: The attribute path has more than 32 nesting levels',
    );
  return readTyped(type, value[type], depth);
};

const readTyped = (type: string, value: Json | undefined, depth: number): AttributeValue => {
  switch (type) {
    case 'S':
      return { S: textOf(value) };
    case 'N':
      return { N: numberOf(value) };
    case 'B':
      return { B: binaryOf(value) };
    case 'BOOL':
      if (typeof value !== 'boolean') throw mismatch();
      return { BOOL: value };
    case 'NULL':
      if (value !== true) throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'M':
      return { M: readItem(value, depth + 1) };
    case 'L':
      if (!Array.isArray(value)) throw mismatch();
      return { L: value.map((element) => readAttributeValue(element, depth + 1)) };
    case 'SS':
      return { SS: setOf(value, textOf, 'string') };
    case 'NS':
      return { NS: setOf(value, numberOf, 'number') };
    case 'BS':
      return { BS: setOf(value, binaryOf, 'binary') };
    default:
      throw mismatch();
  }
};

/** Reads a map of attribute values from the wire. */
export const readItem = (value: Json | undefined, depth = 1): Item => {
  if (!isObject(value)) throw mismatch();
  const item: Record<string, AttributeValue> = {};
  for (const name in value) {
    // A plain object cannot hold this name as an ordinary property; losing an attribute silently would be worse.
    if (name === '__proto__')
      throw validation('The attribute name __proto__ is not supported by this engine');
    item[name] = readAttributeValue(value[name], depth);
  }
  return item;
};

/** The attribute's value; never something an object inherits, whatever the attribute is called. */
export const attributeOf = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

export const typeOf = (value: AttributeValue): AttributeType => {
  for (const type in value) return type as AttributeType;
  throw new Error('An attribute value without a type got past the reader.');
};

/** The members of a set, or undefined for any other type. */
export const membersOf = (value: AttributeValue): readonly string[] | undefined => {
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS;
  return 'BS' in value ? value.BS : undefined;
};

export const setOfType = (type: 'SS' | 'NS' | 'BS', members: readonly string[]): SetValue => {
  if (type === 'SS') return { SS: members };
  return type === 'NS' ? { NS: members } : { BS: members };
};

const equalMembers = (left: readonly string[], right: readonly string[]): boolean => {
  if (left.length !== right.length) return false;
  const members = new Set(left);
  return right.every((member) => members.has(member));
};

const equalLists = (left: readonly AttributeValue[], right: readonly AttributeValue[]): boolean =>
  left.length === right.length &&
  left.every((element, index) => {
    const other = right[index];
    return other !== undefined && equalValues(element, other);
  });

export const equalItems = (left: Item, right: Item): boolean => {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const a = left[name];
      const b = right[name];
      return a !== undefined && b !== undefined && equalValues(a, b);
    })
  );
};

const scalarOf = (value: AttributeValue): string | boolean | undefined => {
  if ('S' in value) return value.S;
  if ('N' in value) return value.N;
  if ('B' in value) return value.B;
  return 'BOOL' in value ? value.BOOL : undefined;
};

/** Equality as DynamoDB sees it: same type, same value; sets and maps regardless of order. */
export const equalValues = (left: AttributeValue, right: AttributeValue): boolean => {
  if (typeOf(left) !== typeOf(right)) return false;
  if ('M' in left && 'M' in right) return equalItems(left.M, right.M);
  if ('L' in left && 'L' in right) return equalLists(left.L, right.L);
  const members = membersOf(left);
  const others = membersOf(right);
  return members && others ? equalMembers(members, others) : scalarOf(left) === scalarOf(right);
};

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Order of the UTF-8 bytes, which differs from JavaScript's UTF-16 order only where surrogates meet U+E000…U+FFFF. */
const compareText = (left: string, right: string): number => {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b)
      return isSurrogate(a) === isSurrogate(b) ? a - b : Number(isSurrogate(a)) - Number(isSurrogate(b));
  }
  return left.length - right.length;
};

/** Order of two scalars of the same type; undefined where DynamoDB defines no order between them. */
export const compareValues = (left: AttributeValue, right: AttributeValue): number | undefined => {
  if ('S' in left && 'S' in right) return compareText(left.S, right.S);
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('B' in left && 'B' in right)
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  return undefined;
};
