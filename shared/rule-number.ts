import * as z from 'zod';

/**
 * How sure a number is (rulebook 0.1): S official text, S~ other district or secondary report, D derived, B general knowledge,
 * A assumed. What is A is shown as 待确认 until a bureau sets it with a document of its own.
 */
const certainties = ['S', 'S~', 'D', 'B', 'A'] as const;
export const Certainty = z.enum(certainties).meta({ id: 'Certainty' });
export type Certainty = z.infer<typeof Certainty>;

/** Who may change it: 国家, 省, 市, 区. */
export const Scope = z.enum(['nation', 'province', 'city', 'district']).meta({ id: 'ParameterScope' });
export type Scope = z.infer<typeof Scope>;

export type Unit =
  | 'yuan'
  | 'times'
  | 'times-standard'
  | 'years-of-standard'
  | 'percent'
  | 'percent-minimum-wage'
  | 'count'
  | 'days'
  | 'working-days'
  | 'months'
  | 'years'
  | 'years-of-age'
  | 'day-of-month'
  | 'square-metres'
  | 'yes-no';

/** One value and the days it holds: from a date (or always), to a date or until the next. At most two decimals. */
export type Value = {
  readonly from: string | null;
  readonly to?: string | undefined;
  readonly value: number;
  /** A rulebook source, or the number of the document a bureau set it by. */
  readonly source: string;
  readonly certainty: Certainty;
};
export type Parameter = {
  readonly name: string;
  readonly unit: Unit;
  readonly scope: Scope;
  /** In the order they were set; of two that hold on a day, the one that begins later counts, then the one set later. */
  readonly values: readonly Value[];
};
