import type { Parameter, Scope, Unit, Value } from './rule-number.ts';

/** A rule number as it ships: its values in the order of their days, each with its source and how sure it is. */
export const is = (
  name: string,
  unit: Unit,
  scope: Scope,
  ...values: readonly (readonly [
    from: string | null,
    value: number,
    source: string,
    sure: Value['certainty'],
  ])[]
): Parameter => ({
  name,
  unit,
  scope,
  values: values.map(([from, value, source, certainty]) => ({ from, value, source, certainty })),
});
