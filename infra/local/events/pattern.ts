import { AwsError, type Json, type JsonObject } from '../aws-service.ts';
import { type Condition, compileCondition, isObject } from './condition.ts';

/** Says whether an event matches the pattern it was compiled from. */
export type Matcher = (event: Json) => boolean;

/** A part of a pattern, asked about a part of the event; the whole event is there for what must not exist anywhere in it. */
type Part = (value: Json | undefined, event: Json) => boolean;

const invalid = (message: string): AwsError =>
  new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${message}`);

/** Scalars at a place; an array stands for each of its elements, an object is no leaf. */
const leavesOf = (value: Json | undefined): (string | number | boolean | null)[] => {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return value === undefined || isObject(value) ? [] : [value as string | number | boolean | null];
};

const leavesAt = (value: Json | undefined, path: readonly string[]): (string | number | boolean | null)[] => {
  const [name, ...rest] = path;
  if (name === undefined) return leavesOf(value);
  if (Array.isArray(value)) return value.flatMap((element: Json) => leavesAt(element, path));
  return isObject(value) ? leavesAt(value[name], rest) : [];
};

const compileLeaf = (conditions: readonly Json[], path: readonly string[]): Part => {
  const at = path.join('.');
  if (conditions.length === 0) throw invalid(`Empty arrays are not allowed, at ${at}.`);
  const compiled: Condition[] = conditions.map((condition) => {
    try {
      return compileCondition(condition);
    } catch (error) {
      throw invalid(`${error instanceof Error ? error.message : String(error)}, at ${at}.`);
    }
  });
  return (value, event) => {
    const leaves = leavesOf(value);
    return compiled.some((condition) => {
      if (condition.kind === 'present') return leaves.length > 0;
      if (condition.kind === 'absent') return leavesAt(event, path).length === 0;
      return leaves.some(condition.holds);
    });
  };
};

const compileOr = (alternatives: Json | undefined, path: readonly string[]): Part => {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isObject)) {
    throw invalid('$or needs an array of at least two objects.');
  }
  const parts = alternatives.map((alternative) => compileObject(alternative as JsonObject, path));
  return (value, event) => parts.some((part) => part(value, event));
};

const compileField = (name: string, pattern: Json | undefined, path: readonly string[]): Part => {
  if (name === '$or' && Array.isArray(pattern)) return compileOr(pattern, path);
  const below = [...path, name];
  if (!Array.isArray(pattern) && !isObject(pattern)) {
    throw invalid(`"${below.join('.')}" must be an object or an array.`);
  }
  const part = Array.isArray(pattern)
    ? compileLeaf(pattern, below)
    : compileObject(pattern as JsonObject, below);
  return (value, event) => part(isObject(value) ? value[name] : undefined, event);
};

/** Elements of an array are looked at one by one: the fields of a pattern must all match in the same element. */
const elementsOf = (value: Json | undefined): (Json | undefined)[] => {
  if (!Array.isArray(value)) return [value];
  const elements = value.flatMap(elementsOf);
  return elements.length > 0 ? elements : [undefined];
};

const compileObject = (pattern: JsonObject, path: readonly string[]): Part => {
  const fields = Object.entries(pattern).map(([name, below]) => compileField(name, below, path));
  if (fields.length === 0) throw invalid(`Empty objects are not allowed, at ${path.join('.') || 'the top'}.`);
  return (value, event) =>
    elementsOf(value).some((element) => fields.every((field) => field(element, event)));
};

/**
 * Compiles an event pattern, of a rule or of a Lambda event source's filter.
 * Refuses with `InvalidEventPatternException` what EventBridge refuses, saying where.
 */
export const compilePattern = (pattern: JsonObject): Matcher => {
  const whole = compileObject(pattern, []);
  return (event) => whole(event, event);
};
