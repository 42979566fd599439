import { addDays } from '../../shared/clock.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor, type ParameterKey, type ParameterSet } from '../../shared/parameter.ts';
import { naturalDaysAfter, workingDaysAfter } from '../../shared/working-day.ts';
import type { Due } from './relief-case.ts';

/** By when each step is due (C06, C08), from the numbers in force in the month in which the clock starts. */

const number = (parameters: ParameterSet, key: ParameterKey, date: string): number =>
  numberFor(parameters, key, monthOfDate(date));

const inWorkingDays =
  (what: Due['what'], key: ParameterKey) =>
  (parameters: ParameterSet, date: string): Due => ({
    what,
    ...workingDaysAfter(date, number(parameters, key, date)),
  });

export const surveyDue = inWorkingDays('survey', 'temp.survey_wd');
/** Also the clock from the last day of the publicity on. */
export const submitDue = inWorkingDays('submit', 'temp.submit_wd');
export const approveDue = inWorkingDays('approve', 'temp.approve_wd');
export const supplementDue = inWorkingDays('supplement', 'temp.supplement_wd');

/** An emergency does not wait for a working day. */
export const advanceDue = (parameters: ParameterSet, date: string): Due => ({
  what: 'advance',
  date: addDays(date, number(parameters, 'temp.urgent_days', date)),
  certain: true,
});

/** The first and the last day of a publicity that is posted on a date: the day of posting does not count. */
export const publicityPeriod = (
  parameters: ParameterSet,
  date: string,
): { readonly from: string; readonly to: string; readonly certain: boolean } => {
  const { date: to, certain } = naturalDaysAfter(date, number(parameters, 'temp.publicity_days', date));
  return { from: date, to, certain };
};
