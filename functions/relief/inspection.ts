import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import type { Month } from '../../shared/month.ts';
import { monthOfDate, nextMonth } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { assess, type Others } from './assessment.ts';
import { needsReceipt, type ReliefCase } from './relief-case.ts';
import type { Reconciliation } from './reserve.ts';

/** 监督检查 (C12): what a program can check of the relief a township gave in a period, filled in before an officer looks. */

export const CheckCode = z
  .enum([
    'file-complete',
    'published',
    'payee-is-beneficiary',
    'receipt',
    'within-cap',
    'not-repeated',
    'not-split',
    'papers-in-time',
    'reserve-reconciled',
  ])
  .meta({ id: 'ReliefCheckCode' });
export type CheckCode = z.infer<typeof CheckCode>;
export const checkNames: Readonly<Record<CheckCode, string>> = {
  'file-complete': '一案一档,调查、审核、审批手续齐全',
  published: '已公示并留存照片',
  'payee-is-beneficiary': '收款人为救助对象本人(家庭成员)',
  receipt: '现金、实物救助有签收凭证',
  'within-cap': '金额未超过每人限额',
  'not-repeated': '同一事由、年度次数未重复或已特别批准',
  'not-split': '无拆分申请规避小额限额',
  'papers-in-time': '先行救助后按期补办手续',
  'reserve-reconciled': '备用金与银行对账单逐月相符',
};

export const CheckResult = z.object({
  check: CheckCode,
  checked: z.int(),
  failed: z.array(z.string()).meta({ description: 'Case numbers, or months for the reserve.' }),
});
export type CheckResult = z.output<typeof CheckResult>;

export const Inspection = z.object({
  inspectionId: z.string(),
  town: AreaCode,
  from: z.iso.date(),
  to: z.iso.date(),
  openedAt: z.iso.datetime(),
  openedBy: z.string(),
  cases: z.int(),
  amountFen: z.int(),
  checks: z.array(CheckResult),
  version: z.int().min(1),
  findings: z.int().min(0),
});
export type Inspection = z.output<typeof Inspection>;

/** The day on which money was granted, if it was. */
export const grantedOn = ({ decision, advance }: ReliefCase): string | undefined => {
  if (advance) return dateAt(advance.at);
  return decision?.approved ? dateAt(decision.at) : undefined;
};

export type Inspected = { readonly known: ReliefCase; readonly others: Others };
type Applying = {
  readonly inspected: Inspected;
  readonly parameters: ParameterSet;
  readonly today: string;
};

const isInAdvance = ({ advance }: ReliefCase): boolean => advance !== undefined;

/** With what was granted up to the same day, so that a later case does not spoil an earlier one. */
const assessmentThen = ({ inspected: { known, others }, parameters }: Applying) => {
  const date = grantedOn(known) ?? dateAt(known.opened.at);
  const granted = others.granted.filter(({ on }) => on <= date);
  return assess(known, { granted, pending: [] }, { date, parameters });
};

/** Undefined where the check does not apply to the case. */
const checks: Readonly<
  Record<Exclude<CheckCode, 'reserve-reconciled'>, (applying: Applying) => boolean | undefined>
> = {
  'file-complete': ({ inspected: { known } }) =>
    isInAdvance(known)
      ? known.state === 'paid-in-advance'
        ? undefined
        : known.survey !== undefined && known.supplement !== undefined
      : known.survey !== undefined && known.opinion !== undefined && known.decision !== undefined,
  published: ({ inspected: { known } }) => (isInAdvance(known) ? undefined : known.publicity !== undefined),
  'payee-is-beneficiary': ({ inspected: { known } }) => {
    if (!needsReceipt(known.method)) return known.account?.isBeneficiarys === true;
    const receipt = (known.advance ?? known.payment)?.receipt;
    return receipt && receipt.receivedBy !== 'agent';
  },
  receipt: ({ inspected: { known } }) =>
    needsReceipt(known.method) && (known.advance ?? known.payment) !== undefined
      ? (known.advance ?? known.payment)?.receipt !== undefined
      : undefined,
  'within-cap': (applying) => !assessmentThen(applying).refusals.includes('ABOVE_CAP'),
  'not-repeated': (applying) => {
    const { refusals, needsException } = assessmentThen(applying);
    const excepted = applying.inspected.known.decision?.exceptionReason !== undefined;
    return !refusals.includes('SAME_CAUSE_THIS_YEAR') && (!needsException || excepted);
  },
  'not-split': (applying) =>
    applying.inspected.known.decision?.level === 'township' || isInAdvance(applying.inspected.known)
      ? !assessmentThen(applying).splitSuspected
      : undefined,
  'papers-in-time': ({ inspected: { known }, today }) => {
    if (!isInAdvance(known)) return undefined;
    const due = known.advance?.papersDue ?? '';
    return known.supplement ? dateAt(known.supplement.at) <= due : today <= due;
  },
};

/** The months of a period that are over on a day. */
const monthsOf = (from: string, to: string, today: string): Month[] => {
  const months: Month[] = [];
  for (
    let month = monthOfDate(from);
    month <= monthOfDate(to) && month < monthOfDate(today);
    month = nextMonth(month)
  )
    months.push(month);
  return months;
};

/** Every check with how many cases it applied to and which failed it. */
export const inspect = (
  inspected: readonly Inspected[],
  reconciliations: readonly Reconciliation[],
  {
    parameters,
    today,
    from,
    to,
  }: {
    readonly parameters: ParameterSet;
    readonly today: string;
    readonly from: string;
    readonly to: string;
  },
): CheckResult[] => {
  const byCase = (Object.keys(checks) as (keyof typeof checks)[]).map((check): CheckResult => {
    const results = inspected.map((each) => ({
      caseNo: each.known.caseNo,
      passes: checks[check]({ inspected: each, parameters, today }),
    }));
    return {
      check,
      checked: results.filter(({ passes }) => passes !== undefined).length,
      failed: results.filter(({ passes }) => passes === false).map(({ caseNo }) => caseNo),
    };
  });
  const months = monthsOf(from, to, today);
  const failed = months.filter(
    (month) => reconciliations.find((each) => each.month === month)?.differenceFen !== 0,
  );
  return [...byCase, { check: 'reserve-reconciled', checked: months.length, failed }];
};
