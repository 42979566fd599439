import { roundedUp, timesRoundedUp } from '../shared/money.ts';
import { firstDayOf, type Month, monthOfDate, nextMonth, previousMonth } from '../shared/month.ts';
import { fenFor, numberFor, type ParameterKey, shipped } from '../shared/parameter.ts';

/** What a case is due in a month, in whole yuan: determinations round up (rulebook 0.3.3). */
export type AmountIn = (month: Month) => number;

/** The first month the demo district pays for. */
export const FIRST_MONTH = '2020-01' as Month;

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

export type Care = 'full' | 'half' | 'self';

/** Basic living of 特困 and the pay for care, of which those who live at home have a share (B07, B10). */
export const destituteAmount =
  (care: Care, atHome: boolean): AmountIn =>
  (month) => {
    const percent = (key: ParameterKey) => numberFor(shipped, key, month) / 100;
    const multiple = numberFor(shipped, 'destitute.basic_multiple', month);
    const basic = timesRoundedUp(fenFor(shipped, 'dibao.standard', month), multiple, 1);
    const pay = fenFor(shipped, 'wage.minimum', month) * percent(`destitute.care.${care}`);
    return yuan(basic + (atHome ? pay * percent('destitute.care.at_home') : pay));
  };

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

const changes: readonly Month[] = [
  ...new Set(
    Object.values(shipped).flatMap(({ values }) =>
      values.flatMap(({ from }) => (from === null || from < FIRST_MONTH ? [] : [firstMonthFrom(from)])),
    ),
  ),
].toSorted();

/** Since when a case has had the amount of a month: the last month a rule number changed it, or the demo's first. */
export const inForceSince = (amountIn: AmountIn, month: Month): Month =>
  changes.findLast(
    (change) =>
      FIRST_MONTH < change && change <= month && amountIn(change) !== amountIn(previousMonth(change)),
  ) ?? FIRST_MONTH;
