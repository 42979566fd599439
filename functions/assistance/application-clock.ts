import * as z from 'zod';
import { addDays } from '../../shared/clock.ts';
import { addMonths, firstDayOf, monthOfDate, nextMonth } from '../../shared/month.ts';
import { type ParameterKey, type ParameterSet, valueOn } from '../../shared/parameter.ts';
import { type Deadline, naturalDaysAfter, workingDaysAfter } from '../../shared/working-day.ts';

/**
 * The clocks of an application (rulebook A.6; the same for destitute persons, B04). A period begins the day after the act that
 * set it off; its length is the one in force on the day of that act.
 */

export const dueSteps = ['accept', 'supplement', 'survey', 'submit', 'decide', 'notice'] as const;
export const DueStep = z.enum(dueSteps).meta({ id: 'DueStep' });
export type DueStep = z.infer<typeof DueStep>;
export const dueStepNames: Readonly<Record<DueStep, string>> = {
  accept: '受理',
  supplement: '申请人补正材料',
  survey: '调查并提出初审意见',
  submit: '公示后上报',
  decide: '审批',
  notice: '送达不予批准告知书',
};

/** What must be done next and by when; `certain` is false when the calendar of a year is not announced yet. */
export const Due = z.object({ step: DueStep, date: z.iso.date(), certain: z.boolean() });
export type Due = z.output<typeof Due>;

const countOn = (parameters: ParameterSet, key: ParameterKey, date: string): number => {
  const value = valueOn(parameters, key, date);
  if (!value) throw new Error(`No value of ${key} is in force on ${date}.`);
  return value.value;
};

type Clock = { readonly key: ParameterKey; readonly after: (date: string, count: number) => Deadline };
const clocks = {
  accept: { key: 'dibao.accept_wd', after: workingDaysAfter },
  supplement: { key: 'dibao.supplement_wd', after: workingDaysAfter },
  survey: { key: 'dibao.survey_wd', after: workingDaysAfter },
  submit: { key: 'dibao.submit_wd', after: workingDaysAfter },
  decide: { key: 'dibao.approve_wd', after: workingDaysAfter },
  notice: { key: 'dibao.refusal_notice_wd', after: workingDaysAfter },
} as const satisfies Record<DueStep, Clock>;

/** By when a step is due that an act of `date` set off. */
export const dueAfter = (step: DueStep, date: string, parameters: ParameterSet): Due => {
  const { key, after } = clocks[step];
  return { step, ...after(date, countOn(parameters, key, date)) };
};

/** A new survey after an objection is the handling of a complaint: 15 natural days (A14). */
export const resurveyAfter = (date: string, parameters: ParameterSet): Due => ({
  step: 'survey',
  ...naturalDaysAfter(date, countOn(parameters, 'complaint.days', date)),
});

/** The last day of a publicity that begins on `date`. */
export const publicityEnd = (date: string, parameters: ParameterSet): Deadline =>
  naturalDaysAfter(date, countOn(parameters, 'dibao.publicity_days', date));

/** By when a publicity that ends on `endsOn` is sent up; uncertain when either clock is. */
export const submitAfter = (endsOn: Deadline, parameters: ParameterSet): Due => {
  const due = dueAfter('submit', endsOn.date, parameters);
  return { ...due, certain: due.certain && endsOn.certain };
};

/** The last day on which reconsideration can be asked for (A15), counted from the day the applicant knew. */
export const reconsiderationEnd = (knownOn: string, parameters: ParameterSet): Deadline =>
  naturalDaysAfter(knownOn, countOn(parameters, 'dibao.reconsideration_days', knownOn));

const monthsAfter = (date: string, count: number): string => {
  const month = addMonths(monthOfDate(date), count);
  const lastDay = addDays(firstDayOf(nextMonth(month)), -1);
  const sameDay = `${month}${date.slice(7)}`;
  return sameDay < lastDay ? sameDay : lastDay;
};

/** The last day on which the answer of the registers of `date` may be relied on. */
export const checkValidThrough = (date: string, parameters: ParameterSet): string =>
  monthsAfter(date, countOn(parameters, 'dibao.check_valid_months', date));
