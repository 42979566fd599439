import { DeterminationsMade } from '../../events/assistance.ts';
import { ReturnsApplied } from '../../events/disbursement.ts';
import { ReliefGranted } from '../../events/relief.ts';
import { dateMonthsAfter, monthOfDate } from '../../shared/month.ts';
import { numberFor, type ParameterKey, type ParameterSet } from '../../shared/parameter.ts';
import type { SituationCode } from './situation.ts';

/** What other contexts tell that somebody should look at: a warning becomes a lead like any other (rulebook A18, C09, I.6). */

/** What was noticed about a household or a person. */
export type Signal =
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'returned'; readonly times: number }
  | { readonly kind: 'relieved'; readonly times: number };

export type WarningRule = {
  readonly ruleId: string;
  /** The type of the event that it listens to. */
  readonly on: string;
  readonly holds: (signal: Signal, number: (key: ParameterKey) => number) => boolean;
  /** How many months somebody should wait before looking. */
  readonly waits?: ParameterKey;
  readonly situations: readonly SituationCode[];
  readonly text: string;
};

const WATCHED_REASONS: readonly string[] = ['over-income', 'gradual-exit-ended'];

export const warningRules: readonly WarningRule[] = [
  {
    ruleId: 'watch-after-exit',
    on: DeterminationsMade.type,
    holds: (signal) => signal.kind === 'stopped' && WATCHED_REASONS.includes(signal.reason),
    waits: 'outreach.watch_months',
    situations: ['income-rose'],
    text: '该户因收入超标或渐退期满退出救助,请到期回访,了解是否返困。',
  },
  {
    ruleId: 'returned-again',
    on: ReturnsApplied.type,
    holds: (signal, number) =>
      signal.kind === 'returned' && signal.times >= number('outreach.warning_returns'),
    situations: ['moved-away'],
    text: '该户救助金多次被银行退回,请上门核实账户、人员去向和生活状况。',
  },
  {
    ruleId: 'relieved-again',
    on: ReliefGranted.type,
    holds: (signal, number) =>
      signal.kind === 'relieved' && signal.times >= number('outreach.warning_relief'),
    situations: ['income-fell'],
    text: '该对象一年内多次获得临时救助,请走访评估是否符合低保等长期救助条件。',
  },
];

export const warningText = (ruleId: string): string | undefined =>
  warningRules.find((rule) => rule.ruleId === ruleId)?.text;

/** A rule that holds, and the day from which it is somebody's work. */
export type Warning = { readonly rule: WarningRule; readonly notBefore: string | undefined };

/** The warnings that a signal of a day gives. */
export const warningsOf = (signal: Signal, on: string, parameters: ParameterSet): Warning[] => {
  const number = (key: ParameterKey): number => numberFor(parameters, key, monthOfDate(on));
  return warningRules
    .filter((rule) => rule.holds(signal, number))
    .map((rule) => ({ rule, notBefore: rule.waits && dateMonthsAfter(on, number(rule.waits)) }));
};

/** The first day of the months in which returns are counted, the present one included. */
export const windowStart = (on: string, parameters: ParameterSet): string => {
  const months = numberFor(parameters, 'outreach.warning_window_months', monthOfDate(on));
  return dateMonthsAfter(on, -months);
};

/** Case number and area out of a payment line's id, `<run>~<area>~<case>`; undefined for anything else. */
export const caseOfLine = (
  lineId: string,
): { readonly areaCode: string; readonly caseNo: string } | undefined => {
  const [, areaCode, caseNo] = /^[^~]+~(\d{12})~(.+)$/.exec(lineId) ?? [];
  return areaCode === undefined || caseNo === undefined ? undefined : { areaCode, caseNo };
};
