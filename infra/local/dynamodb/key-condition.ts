import type { AttributeValue } from './attribute-value.ts';
import { typeOf } from './attribute-value.ts';
import type { Condition, Operand, ParsedCondition } from './condition-grammar.ts';
import { invalidExpression } from './expression-lexer.ts';
import type { KeyPart } from './key.ts';
import { checkKeyValue, encodeKeyPart } from './key.ts';
import { invalidParameter, validation } from './refusal.ts';
import type { Scope } from './scope.ts';
import { boundPath, boundValue } from './scope.ts';
import type { KeyAttribute, KeySchema } from './table.ts';

type Bound = { readonly operator: '=' | '<' | '<=' | '>' | '>='; readonly part: KeyPart };

/** Which part of which partition a query reads. */
export type KeyRange = { readonly hash: KeyPart; readonly bounds: readonly Bound[] };

type Term = {
  readonly name: string;
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';
  readonly values: readonly AttributeValue[];
};

const KIND = 'KeyConditionExpression';

const invalidOperator = (operator: string): Error =>
  invalidExpression(KIND, `Invalid operator used in KeyConditionExpression: ${operator}`);

const termOf = (
  operator: Term['operator'],
  path: Operand | undefined,
  values: readonly (Operand | undefined)[],
  scope: Scope,
): Term => {
  if (path?.kind !== 'path')
    throw invalidExpression(KIND, 'Invalid condition in KeyConditionExpression: No key attribute specified');
  const [name, ...deeper] = boundPath(path.path, scope);
  if (typeof name !== 'string' || deeper.length > 0)
    throw invalidExpression(KIND, 'KeyConditionExpressions cannot have conditions on nested attributes');
  return {
    name,
    operator,
    values: values.map((value) => {
      if (value?.kind !== 'value')
        throw invalidExpression(
          KIND,
          'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
        );
      return boundValue(value.placeholder, scope);
    }),
  };
};

const termsOf = (condition: Condition, scope: Scope): readonly Term[] => {
  switch (condition.kind) {
    case 'and':
      return [...termsOf(condition.left, scope), ...termsOf(condition.right, scope)];
    case 'compare':
      if (condition.operator === '<>') throw invalidOperator('<>');
      return [termOf(condition.operator, condition.left, [condition.right], scope)];
    case 'between':
      return [termOf('between', condition.operand, [condition.low, condition.high], scope)];
    case 'call':
      if (condition.name !== 'begins_with') throw invalidOperator(condition.name);
      return [termOf('begins_with', condition.operands[0], [condition.operands[1]], scope)];
    default:
      throw invalidOperator(condition.kind.toUpperCase());
  }
};

/** The least text above every text that begins with the prefix, or undefined when there is none. */
const textAfterPrefix = (prefix: string): string | undefined => {
  const points = Array.from(prefix);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const code = last.codePointAt(0) ?? 0;
    // The surrogate range holds no characters; U+E000 is the first one after it.
    if (code < 0x10ffff) return points.join('') + String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1);
  }
  return undefined;
};

const bytesAfterPrefix = (prefix: Uint8Array): Uint8Array | undefined => {
  const last = prefix.findLastIndex((byte) => byte < 0xff);
  if (last < 0) return undefined;
  const after = Uint8Array.from(prefix.subarray(0, last + 1));
  after[last] = (after[last] ?? 0) + 1;
  return after;
};

const prefixBounds = (prefix: KeyPart): readonly Bound[] => {
  const after = typeof prefix === 'string' ? textAfterPrefix(prefix) : bytesAfterPrefix(prefix);
  const from: Bound = { operator: '>=', part: prefix };
  return after === undefined ? [from] : [from, { operator: '<', part: after }];
};

const boundsOf = (
  { operator, values }: Term,
  encode: (value: AttributeValue | undefined) => KeyPart,
): readonly Bound[] => {
  const first = encode(values[0]);
  if (operator === 'begins_with') return prefixBounds(first);
  if (operator !== 'between') return [{ operator, part: first }];
  return [
    { operator: '>=', part: first },
    { operator: '<=', part: encode(values[1]) },
  ];
};

const encoder =
  (attribute: KeyAttribute, role: 'hash' | 'range') =>
  (value: AttributeValue | undefined): KeyPart => {
    if (value === undefined || typeOf(value) !== attribute.type)
      throw invalidParameter('Condition parameter type does not match schema type');
    checkKeyValue(attribute, value, role);
    return encodeKeyPart(value);
  };

/** Reads a key condition against a table's or index's key: equality on the partition key, at most one range on the sort key. */
export const keyRangeOf = (parsed: ParsedCondition, scope: Scope, { hash, range }: KeySchema): KeyRange => {
  const terms = termsOf(parsed.tree, scope);
  if (new Set(terms.map(({ name }) => name)).size < terms.length)
    throw invalidExpression(KIND, 'KeyConditionExpressions must only contain one condition per key');
  if (terms.length > 2) throw validation('Conditions can be of length 1 or 2 only');
  const onHash = terms.find(({ name }) => name === hash.name);
  if (onHash === undefined) throw validation(`Query condition missed key schema element: ${hash.name}`);
  if (onHash.operator !== '=') throw validation('Query key condition not supported');
  const other = terms.find((term) => term !== onHash);
  if (other !== undefined && other.name !== range?.name)
    throw validation(
      range
        ? `Query condition missed key schema element: ${range.name}`
        : 'Query key condition not supported',
    );
  return {
    hash: encoder(hash, 'hash')(onHash.values[0]),
    bounds: other && range ? boundsOf(other, encoder(range, 'range')) : [],
  };
};
