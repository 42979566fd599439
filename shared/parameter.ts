import { firstDayOf, type Month } from './month.ts';
import type { Parameter, Value } from './rule-number.ts';
import { shippedParameters } from './shipped-parameters.ts';

export type ParameterKey = keyof typeof shippedParameters;
export const isParameterKey = (key: string): key is ParameterKey => Object.hasOwn(shippedParameters, key);

/** All rule numbers as one context knows them. */
export type ParameterSet = Readonly<Record<ParameterKey, Parameter>>;
export const shipped: ParameterSet = shippedParameters;

/** A value that was set by policy, on its way into a context's own copy. */
export type ParameterChange = Value & { readonly key: ParameterKey };

/** The set with changes added, in the order they were made. Nothing is ever taken away: a past month must replay. */
export const withChanges = (set: ParameterSet, changes: readonly ParameterChange[]): ParameterSet => {
  const next: Record<string, Parameter> = { ...set };
  for (const { key, ...value } of changes) {
    const known = next[key];
    if (known) next[key] = { ...known, values: [...known.values, value] };
  }
  return next as ParameterSet;
};

const holdsOn = ({ from, to }: Value, date: string): boolean =>
  (from === null || from <= date) && (to === undefined || date <= to);

/** The value on a date (`yyyy-mm-dd`) with its source; undefined before the first and after the last. */
export const valueOn = (set: ParameterSet, key: ParameterKey, date: string): Value | undefined =>
  set[key].values
    .filter((value) => holdsOn(value, date))
    .reduce<Value | undefined>(
      (best, value) => (best && (best.from ?? '') > (value.from ?? '') ? best : value),
      undefined,
    );

/** The value in force for a benefit month: that of its 1st day (rulebook 0.3.1). Throws when there is none. */
export const valueFor = (set: ParameterSet, key: ParameterKey, month: Month): Value => {
  const value = valueOn(set, key, firstDayOf(month));
  if (!value) throw new Error(`No value of ${key} is in force in ${month}.`);
  return value;
};

export const numberFor = (set: ParameterSet, key: ParameterKey, month: Month): number =>
  valueFor(set, key, month).value;

/** A number in yuan as whole 分. */
export const fenFor = (set: ParameterSet, key: ParameterKey, month: Month): number =>
  Math.round(numberFor(set, key, month) * 100);
