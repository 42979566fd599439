import type { JsonObject } from '../aws-service.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { attributeOf, isObject, readAttributeValue } from './attribute-value.ts';
import type { Parsed, Path } from './expression.ts';
import { invalidExpression } from './expression-lexer.ts';
import { validation } from './refusal.ts';

/** What the `#aliases` and `:values` of a request's expressions stand for. */
export type Scope = {
  readonly names: { readonly [alias: string]: string };
  readonly values: Item;
};

type AnyParsed = Parsed<unknown>;

const ALIAS = /^#\w+$/;
const PLACEHOLDER = /^:\w+$/;
const NAME_BYTES_MAX = 65_535;

const readNames = (input: JsonObject, expressions: readonly AnyParsed[]): Record<string, string> => {
  const given = input.ExpressionAttributeNames;
  const names: Record<string, string> = {};
  if (given === undefined || given === null) return names;
  if (expressions.length === 0)
    throw validation('ExpressionAttributeNames can only be specified when using expressions');
  if (!isObject(given) || Object.keys(given).length === 0)
    throw validation('ExpressionAttributeNames must not be empty');
  for (const [alias, name] of Object.entries(given)) {
    if (!ALIAS.test(alias))
      throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${alias}"`);
    if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > NAME_BYTES_MAX)
      throw validation(
        `ExpressionAttributeNames contains invalid value: Empty attribute name for key ${alias}`,
      );
    names[alias] = name;
  }
  return names;
};

const readValues = (input: JsonObject, expressions: readonly AnyParsed[], lacking: string): Item => {
  const given = input.ExpressionAttributeValues;
  const values: Record<string, AttributeValue> = {};
  if (given === undefined || given === null) return values;
  if (expressions.every(({ kind }) => kind === 'ProjectionExpression'))
    throw validation(
      `ExpressionAttributeValues can only be specified when using expressions: ${lacking} is null`,
    );
  if (!isObject(given) || Object.keys(given).length === 0)
    throw validation('ExpressionAttributeValues must not be empty');
  for (const [placeholder, value] of Object.entries(given)) {
    if (!PLACEHOLDER.test(placeholder))
      throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${placeholder}"`);
    values[placeholder] = readAttributeValue(value);
  }
  return values;
};

const refuseUndefined = ({ kind, aliases, placeholders }: AnyParsed, { names, values }: Scope): void => {
  for (const alias of aliases)
    if (names[alias] === undefined)
      throw invalidExpression(
        kind,
        `An expression attribute name used in the document path is not defined; attribute name: ${alias}`,
      );
  for (const placeholder of placeholders)
    if (values[placeholder] === undefined)
      throw invalidExpression(
        kind,
        `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
};

const refuseUnused = (field: string, given: object, used: ReadonlySet<string>): void => {
  const unused = Object.keys(given).filter((key) => !used.has(key));
  if (unused.length > 0)
    throw validation(`Value provided in ${field} unused in expressions: keys: {${unused.join(', ')}}`);
};

/**
 * The scope of all expressions of one request. Refuses placeholders that are used but not given or given but not used.
 * `lacking` names the expression whose absence makes values pointless, for DynamoDB's message.
 */
export const readScope = (input: JsonObject, expressions: readonly AnyParsed[], lacking: string): Scope => {
  const scope: Scope = {
    names: readNames(input, expressions),
    values: readValues(input, expressions, lacking),
  };
  for (const expression of expressions) refuseUndefined(expression, scope);
  refuseUnused(
    'ExpressionAttributeNames',
    scope.names,
    new Set(expressions.flatMap(({ aliases }) => aliases)),
  );
  refuseUnused(
    'ExpressionAttributeValues',
    scope.values,
    new Set(expressions.flatMap(({ placeholders }) => placeholders)),
  );
  return scope;
};

/** The path with aliases replaced by the names they stand for. */
export const boundPath = (path: Path, { names }: Scope): Path =>
  path.map((step) => (typeof step === 'string' && step.startsWith('#') ? (names[step] ?? step) : step));

/** The value of a placeholder; `readScope` has made sure that it is there. */
export const boundValue = (placeholder: string, { values }: Scope): AttributeValue => {
  const value = values[placeholder];
  if (value === undefined) throw new Error(`Placeholder ${placeholder} got past the scope check.`);
  return value;
};

const childOf = (value: AttributeValue, step: string | number): AttributeValue | undefined => {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value ? attributeOf(value.M, step) : undefined;
};

/** What stands at a bound path of the item, if anything. */
export const valueAt = (item: Item, path: Path): AttributeValue | undefined => {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    value = childOf(value, step);
    if (value === undefined) return undefined;
  }
  return value;
};
