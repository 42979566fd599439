import { BlockList, isIP } from 'node:net';
import type { Json, JsonObject } from '../aws-service.ts';

type Leaf = string | number | boolean | null;

/** One element of a pattern's array. Existence concerns the field, everything else one value of it. */
export type Condition =
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly holds: (value: Leaf) => boolean };

type Holds = (value: Leaf) => boolean;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (operand: Json | undefined, operator: string): string => {
  if (typeof operand !== 'string') throw new TypeError(`${operator} needs a string`);
  return operand;
};

const onText =
  (holds: (value: string) => boolean): Holds =>
  (value) =>
    typeof value === 'string' && holds(value);

const only = (operand: JsonObject): [string, Json | undefined] => {
  const [entry, another] = Object.entries(operand);
  if (!entry || another) throw new TypeError('a condition has exactly one operator');
  return entry;
};

/** `prefix` and `suffix` take a string, or `{"equals-ignore-case": string}`. */
const affix = (operator: 'prefix' | 'suffix', operand: Json | undefined): Holds => {
  const matches = operator === 'prefix' ? 'startsWith' : 'endsWith';
  if (!isObject(operand)) {
    const part = text(operand, operator);
    return onText((value) => value[matches](part));
  }
  const [inner, folded] = only(operand);
  if (inner !== 'equals-ignore-case') throw new TypeError(`${operator} knows no ${inner}`);
  const part = text(folded, operator).toLowerCase();
  return onText((value) => value.toLowerCase()[matches](part));
};

const LITERAL = /[\\^$.*+?()[\]{}|/-]/g;

/** `*` stands for any characters; `\*` and `\\` for themselves. */
const wildcard = (operand: Json | undefined): Holds => {
  const pattern = text(operand, 'wildcard');
  const pieces: readonly string[] = pattern.match(/\\[*\\]|\*|[^*\\]+|\\/g) ?? [];
  if (pieces.includes('\\'))
    throw new TypeError('wildcard allows a backslash only before * or another backslash');
  if (pieces.some((piece, n) => piece === '*' && pieces[n + 1] === '*')) {
    throw new TypeError('wildcard allows no two * in a row');
  }
  const source = pieces.map((piece) => {
    if (piece === '*') return '.*';
    return (piece.startsWith('\\') ? piece.slice(1) : piece).replace(LITERAL, '\\$&');
  });
  const expression = new RegExp(`^${source.join('')}$`, 's');
  return onText((value) => expression.test(value));
};

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** EventBridge compares numbers within this range only. */
const LARGEST_NUMBER = 5_000_000_000;

const comparison = (operator: Json | undefined, bound: Json | undefined): ((value: number) => boolean) => {
  const compare = typeof operator === 'string' ? COMPARISONS[operator] : undefined;
  if (!compare) throw new TypeError(`numeric knows no ${JSON.stringify(operator)}`);
  if (typeof bound !== 'number' || Math.abs(bound) > LARGEST_NUMBER) {
    throw new TypeError(`numeric compares with numbers up to ${LARGEST_NUMBER}`);
  }
  return (value) => compare(value, bound);
};

/** `[operator, bound]`, or a range of a lower and then an upper bound. */
const numeric = (operand: Json | undefined): Holds => {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw new TypeError('numeric needs one or two comparisons');
  }
  const [low, from, high, to] = operand as readonly Json[];
  const first = comparison(low, from);
  if (operand.length === 2) return (value) => typeof value === 'number' && first(value);
  const isRange = String(low).startsWith('>') && String(high).startsWith('<') && Number(from) < Number(to);
  if (!isRange) throw new TypeError('a numeric range goes from a lower to an upper bound');
  const second = comparison(high, to);
  return (value) => typeof value === 'number' && first(value) && second(value);
};

const cidr = (operand: Json | undefined): Holds => {
  const [address = '', bits = ''] = text(operand, 'cidr').split('/');
  const family = (ip: string) => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');
  if (isIP(address) === 0 || !/^\d{1,3}$/.test(bits))
    throw new TypeError('cidr needs an address, a slash and a number');
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family(address));
  return onText((value) => isIP(value) > 0 && block.check(value, family(value)));
};

const isScalarList = (values: readonly (Json | undefined)[]): boolean =>
  values.length > 0 &&
  (values.every((value) => typeof value === 'string') || values.every((value) => typeof value === 'number'));

const NEGATABLE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

const asList = (operand: Json | undefined): readonly (Json | undefined)[] =>
  Array.isArray(operand) ? (operand as readonly Json[]) : [operand];

/** Values that are there and are none of those named; a value that is not text has no prefix, so it passes. */
const anythingBut = (operand: Json | undefined): Holds => {
  if (isObject(operand)) {
    const [operator, operands] = only(operand);
    if (!NEGATABLE.includes(operator)) throw new TypeError(`anything-but knows no ${operator}`);
    const excluded = asList(operands).map((each) => holdsOf(operator, each));
    if (excluded.length === 0) throw new TypeError('anything-but needs a value');
    return (value) => !excluded.some((holds) => holds(value));
  }
  const values = asList(operand);
  if (!isScalarList(values)) throw new TypeError('anything-but needs strings or numbers, not both');
  return (value) => !values.includes(value);
};

const holdsOf = (operator: string, operand: Json | undefined): Holds => {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return affix(operator, operand);
    case 'equals-ignore-case': {
      const folded = text(operand, operator).toLowerCase();
      return onText((value) => value.toLowerCase() === folded);
    }
    case 'wildcard':
      return wildcard(operand);
    case 'numeric':
      return numeric(operand);
    case 'cidr':
      return cidr(operand);
    case 'anything-but':
      return anythingBut(operand);
    default:
      throw new TypeError(`unrecognised match type ${operator}`);
  }
};

/** Compiles one element of a pattern's array; throws a `TypeError` for what EventBridge does not know. */
export const compileCondition = (condition: Json): Condition => {
  if (Array.isArray(condition)) throw new TypeError('an array in an array is no condition');
  if (!isObject(condition)) return { kind: 'value', holds: (value) => value === condition };
  const [operator, operand] = only(condition);
  if (operator !== 'exists') return { kind: 'value', holds: holdsOf(operator, operand) };
  if (typeof operand !== 'boolean') throw new TypeError('exists needs true or false');
  return { kind: operand ? 'present' : 'absent' };
};
