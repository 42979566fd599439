import { roundedUp } from '../shared/money.ts';
import { firstDayOf, type Month, monthOfDate, nextMonth, previousMonth } from '../shared/month.ts';
import { fenFor, type ParameterKey, shipped } from '../shared/parameter.ts';

/** What a case is due in a month, in whole yuan: determinations round up (rulebook 0.3.3). */
export type AmountIn = (month: Month) => number;

/** The first month the demo district pays for. */
export const FIRST_MONTH = '2020-01' as Month;

/** Since when old people whom nobody can support have the full amount: the measure of spring 2021 (A33). */
export const FULL_AMOUNT_FROM = '2021-03' as Month;

const yuan = (fen: number): number => roundedUp(fen) / 100;
const inYuan =
  (key: ParameterKey): AmountIn =>
  (month) =>
    yuan(fenFor(shipped, key, month));

/** 补差: what the household's income leaves of the standard (A02). */
export const dibaoAmount =
  (persons: number, incomeFen: number): AmountIn =>
  (month) =>
    yuan(persons * fenFor(shipped, 'dibao.standard', month) - incomeFen);

/** What the bureau publishes for orphans in an institution and at home (D01, D02). */
export const institutionOrphanAmount: AmountIn = inYuan('orphan.institution');
export const scatteredOrphanAmount: AmountIn = inYuan('orphan.scattered');

/** Disabled or gravely ill children of 低保 families are raised to what orphans at home have (D06). */
export const differenceAmount: AmountIn = (month) =>
  scatteredOrphanAmount(month) - inYuan('dibao.standard')(month);

export const directorAmount: AmountIn = inYuan('child.director_stipend');

/** A mistyped determination, for the officers to find: twice the standard for one person. */
export const mistakenAmount: AmountIn = (month) => 2 * inYuan('dibao.standard')(month);

/** The first benefit month a value counts for: that of its day if it is a first (rulebook 0.3.1), else the one after. */
const firstMonthFrom = (date: string): Month => {
  const month = monthOfDate(date);
  return date === firstDayOf(month) ? month : nextMonth(month);
};

/** The months in which something may change: a rule number does, or the district takes a measure. */
const changes: readonly Month[] = [
  ...new Set([
    FULL_AMOUNT_FROM,
    ...Object.values(shipped).flatMap(({ values }) =>
      values.flatMap(({ from }) => (from === null || from < FIRST_MONTH ? [] : [firstMonthFrom(from)])),
    ),
  ]),
].toSorted();

/** The months after one and up to another in which something may change. */
export const changesBetween = (after: Month, until: Month): Month[] =>
  changes.filter((change) => after < change && change <= until);

export const changesIn = (amountIn: AmountIn, month: Month): boolean =>
  amountIn(month) !== amountIn(previousMonth(month));

/** Since when a case has had the amount of a month: the last month a rule number changed it, or the demo's first. */
export const inForceSince = (amountIn: AmountIn, month: Month): Month =>
  changes.findLast((change) => FIRST_MONTH < change && change <= month && changesIn(amountIn, change)) ??
  FIRST_MONTH;
