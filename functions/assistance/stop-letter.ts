import { areaName, countyOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { yuanText } from '../../shared/money.ts';
import { firstDayOf, type Month } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import type { Adjustment } from './adjustment.ts';
import { causeNames } from './adjustment-change.ts';
import { reasonNames } from './determination.ts';
import { catalogue } from './evaluation.ts';

/** The written decision of a stop: why, from when, and what the household may do about it (rulebook A11, A15, A62). */

const monthText = (month: Month): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
const dateText = (date: string): string =>
  `${monthText(date.slice(0, 7) as Month)}${Number(date.slice(8))}日`;
const nameOf = (code: string): string => catalogue.find((aid) => aid.code === code)?.name ?? code;

/** The letter as it is printed; undefined for a change that stops nothing, or is not approved. `head` is the name of the head. */
export const stopLetter = (
  adjustment: Adjustment,
  head: string,
  parameters: ParameterSet,
): string | undefined => {
  const { outcome, state, decidedAt, decisionReason, change, caseNo, programme, areaCode, newCaseNo } =
    adjustment;
  const stop = outcome.segments.find(({ kind }) => kind === 'stop');
  if (!stop || state !== 'approved' || decidedAt === undefined) return undefined;
  const bureau = `${areaName(countyOf(areaCode))}民政局`;
  const days = numberFor(parameters, 'dibao.reconsideration_days', stop.from);
  const fine =
    change.cause === 'fraud'
      ? [
          `骗取的救助金${yuanText(change.obtainedFen)}元应予退回,并处罚款${yuanText(change.fineFen)}元(《社会救助暂行办法》第六十八条)。`,
        ]
      : [];
  const next =
    outcome.converts && newCaseNo !== undefined
      ? [
          `自${monthText(stop.from)}起,你户转为${nameOf(outcome.converts.programme)}对象,案号${newCaseNo},不需另行申请。`,
        ]
      : [];
  return [
    '停止救助决定书',
    `${head}:`,
    `你户(案号${caseNo})享受的${nameOf(programme)},经${causeNames[change.cause]}核查,因${reasonNames[stop.reason]},决定自${monthText(stop.from)}起停止救助(${dateText(firstDayOf(stop.from))}起不再发放)。`,
    `具体理由:${decisionReason ?? adjustment.reason}`,
    ...fine,
    ...next,
    `如不服本决定,可以自知道本决定之日起${days}日内依法申请行政复议,也可以依法提起行政诉讼。家庭情况再有变化的,可以重新申请。`,
    bureau,
    dateText(dateAt(decidedAt)),
  ].join('\n');
};
