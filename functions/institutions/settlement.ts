import { timesRoundedUp } from '../../shared/money.ts';
import { daysIn, type Month } from '../../shared/month.ts';
import { fenFor, numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { allDays, type BedDays } from './stay.ts';

/** What a month in an institution costs a person (rulebook B12): by occupied bed-days, with pocket money kept for the person. */

export type Monthly = { readonly basicFen: number; readonly careFen: number; readonly pocketFen: number };

/**
 * The monthly amount of a destitute person, parted: basic living is 1.3 × dibao (B07), what is above it is care pay (B10), and
 * of basic living at least `destitute.pocket_money` percent stay with the person, rounded up to the 分.
 */
export const monthlyOf = (amountFen: number, month: Month, parameters: ParameterSet): Monthly => {
  const multiple = numberFor(parameters, 'destitute.basic_multiple', month);
  const basicFen = Math.min(amountFen, timesRoundedUp(fenFor(parameters, 'dibao.standard', month), multiple));
  const percent = numberFor(parameters, 'destitute.pocket_money', month);
  return {
    basicFen,
    careFen: amountFen - basicFen,
    pocketFen: Math.ceil((basicFen * Math.round(percent * 100)) / 10_000),
  };
};

/** What an institution may take for the month: the monthly amount less pocket money, by bed-days, absences at their share. */
export const dueFor = (
  { basicFen, careFen, pocketFen }: Monthly,
  days: BedDays,
  month: Month,
  parameters: ParameterSet,
): number => {
  const percent = (key: 'institution.absence_rate.hospital' | 'institution.absence_rate.leave') =>
    Math.round(numberFor(parameters, key, month) * 100);
  const weight =
    days.occupied * 10_000 +
    days.hospital * percent('institution.absence_rate.hospital') +
    days.leave * percent('institution.absence_rate.leave');
  return Math.floor(((basicFen + careFen - pocketFen) * weight) / (10_000 * daysIn(month)));
};

export type Settled = { readonly pocketFen: number; readonly settledFen: number; readonly shortFen: number };

/**
 * What is paid out of a balance for a month: pocket money first, then the institution as far as the balance reaches. What is
 * missing is said, and not carried as a debt: a person owes nothing here.
 */
export const settle = (
  balanceFen: number,
  monthly: Monthly,
  days: BedDays,
  month: Month,
  parameters: ParameterSet,
): Settled => {
  const pocketFen = allDays(days) === 0 ? 0 : Math.min(monthly.pocketFen, balanceFen);
  const due = dueFor(monthly, days, month, parameters);
  const settledFen = Math.min(due, balanceFen - pocketFen);
  return { pocketFen, settledFen, shortFen: due - settledFen };
};
