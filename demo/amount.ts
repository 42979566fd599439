import { type Month, previousMonth } from '../shared/month.ts';
import { parameterFor, parameters } from '../shared/parameter.ts';

/** What a case is due in a month, in whole yuan: determinations round up (rulebook 0.3.3). */
export type AmountIn = (month: Month) => number;

/** The first month the demo district pays for. */
export const FIRST_MONTH = '2020-01' as Month;

const roundedUp = (fen: number): number => Math.ceil(fen / 100);

/** 补差: what the household's income leaves of the standard (A02). */
export const dibaoAmount =
  (persons: number, incomeFen: number): AmountIn =>
  (month) =>
    roundedUp(persons * parameterFor('dibao.standardFen', month) - incomeFen);

export type Care = 'full' | 'half' | 'self';

/** Tiers of care below the full one, in percent of the minimum wage (B10, assumed). */
const CARE_PERCENT = { half: 30, self: 10 };

/** Basic living of 特困 and the pay for care, of which those who live at home have half (B07, B10). */
export const destituteAmount =
  (care: Care, atHome: boolean): AmountIn =>
  (month) => {
    const standard = parameterFor('dibao.standardFen', month);
    const basic = (standard * parameterFor('destitute.basicMultiplePercent', month)) / 100;
    const percent =
      care === 'full' ? parameterFor('destitute.careFullPercentOfMinimumWage', month) : CARE_PERCENT[care];
    const pay = (parameterFor('wage.minimumFen', month) * percent) / 100;
    return roundedUp(basic + (atHome ? pay / 2 : pay));
  };

/** Orphans at home have this share of what those in an institution have (D02). */
const SCATTERED_PERCENT = 80;

export const institutionOrphanAmount: AmountIn = (month) =>
  roundedUp(parameterFor('orphan.institutionFen', month));

export const scatteredOrphanAmount: AmountIn = (month) =>
  roundedUp((parameterFor('orphan.institutionFen', month) * SCATTERED_PERCENT) / 100);

/** Disabled or gravely ill children of 低保 families are raised to what orphans at home have (D06). */
export const differenceAmount: AmountIn = (month) =>
  scatteredOrphanAmount(month) - roundedUp(parameterFor('dibao.standardFen', month));

export const directorAmount: AmountIn = (month) => roundedUp(parameterFor('childDirector.stipendFen', month));

/** A mistyped determination, for the officers to find: twice the standard for one person. */
export const mistakenAmount: AmountIn = (month) => roundedUp(2 * parameterFor('dibao.standardFen', month));

const changes: readonly Month[] = [
  ...new Set(
    Object.values(parameters).flatMap((values) =>
      values.flatMap(({ from }) => (from === null ? [] : [from])),
    ),
  ),
].toSorted();

/** Since when a case has had the amount of a month: the last month a rule number changed it, or the demo's first. */
export const inForceSince = (amountIn: AmountIn, month: Month): Month =>
  changes.findLast(
    (change) =>
      FIRST_MONTH < change && change <= month && amountIn(change) !== amountIn(previousMonth(change)),
  ) ?? FIRST_MONTH;
