import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { timesRoundedUp } from '../../shared/money.ts';
import { type Month, previousMonth } from '../../shared/month.ts';
import { fenFor, numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import type { Sealed } from '../../shared/seal.ts';
import {
  caseOwner,
  type Entitlement,
  type EntitlementVersion,
  Payee,
  payeeAsOf,
  versionFor,
} from './entitlement.ts';
import { composePayment, type LedgerEntry, LineComponent } from './ledger.ts';
import { homeOwner, type PaidHome } from './residence.ts';
import type { Run } from './run.ts';

/** Why a line is planned but not filed. */
export const HoldReason = z.enum(['NO_ACCOUNT', 'NO_HOME_ACCOUNT', 'NO_BANK', 'EXCLUSIVE_PROGRAMMES']);
export type HoldReason = z.infer<typeof HoldReason>;

/** What an officer should look at before approving; a hold is always one of them, the others stop nothing. */
export const ExceptionCode = z.enum([
  ...HoldReason.options,
  'ACCOUNT_CHECK',
  'ACCOUNT_NAME_DIFFERS',
  'BANK_UNKNOWN',
  'ABOVE_CEILING',
  'AMOUNT_CHANGED',
]);
export type ExceptionCode = z.infer<typeof ExceptionCode>;

export const exceptionNames: Record<ExceptionCode, string> = {
  NO_ACCOUNT: '未登记银行账号',
  NO_HOME_ACCOUNT: '集中供养人员所在机构未登记收款账户',
  NO_BANK: '账号缺开户银行',
  EXCLUSIVE_PROGRAMMES: '同一人在互斥项目或重复案号中',
  ACCOUNT_CHECK: '账号未通过校验位核对(存折号属正常)',
  ACCOUNT_NAME_DIFFERS: '户名与姓名不一致',
  BANK_UNKNOWN: '开户银行不在名录',
  ABOVE_CEILING: '金额超过项目上限',
  AMOUNT_CHANGED: '与上月相比变动过大',
};

/**
 * One payment to one case in one batch of a run. Written once and never changed: where its money stands is told by the block
 * of the bank file it is in, or by the batch that pays it later. The sealed fields are copies of the entitlement's. `was` says
 * where the money stood before a supplement took the line up.
 */
export const Line = z.object({
  runId: z.string(),
  batch: z.int().min(1),
  programme: ProgrammeCode,
  caseNo: z.string(),
  areaCode: AreaCode,
  entitlementVersion: z.int().min(1),
  persons: z.int().min(1),
  amountFen: z.int().min(0),
  components: z.array(LineComponent),
  name: z.string().transform((text) => text as Sealed),
  identityNumber: z.string().transform((text) => text as Sealed),
  payee: Payee.optional(),
  /** The institution that is paid for the person (B11), under whose name the account is then sealed. */
  home: z.string().optional(),
  holds: z.array(HoldReason),
  was: z.enum(['held', 'returned']).optional(),
});
export type Line = z.output<typeof Line>;

/** `<run>~<area>~<case>`: the same case has the same line id in every batch of a run, because it is the same debt. */
export const lineIdOf = ({ runId, areaCode, caseNo }: Pick<Line, 'runId' | 'areaCode' | 'caseNo'>): string =>
  `${runId}~${areaCode}~${caseNo}`;

export const LineId = z
  .string()
  .max(200)
  .transform((text, context) => {
    const [runId = '', area = '', ...rest] = text.split('~');
    const areaCode = AreaCode.safeParse(area);
    const caseNo = rest.join('~');
    if (areaCode.success && runId !== '' && caseNo !== '') return { runId, areaCode: areaCode.data, caseNo };
    context.addIssue({ code: 'custom', message: 'Not a line id.' });
    return z.NEVER;
  })
  .meta({ type: 'string', description: '`<run>~<area code>~<case number>`' });

export type PlannedLine = { readonly line: Line; readonly exceptions: readonly ExceptionCode[] };

/**
 * The most a programme pays a case in a month, in 分: above it an officer must look (rulebook A36, B07, B10, D01, D20). What is
 * paid once is determined case by case and has no ceiling here.
 */
export const ceilingFen = (
  parameters: ParameterSet,
  programme: ProgrammeCode,
  persons: number,
  month: Month,
): number | undefined => {
  const fen = (key: Parameters<typeof fenFor>[1]) => fenFor(parameters, key, month);
  const number = (key: Parameters<typeof numberFor>[1]) => numberFor(parameters, key, month);
  switch (programme) {
    case 'dibao':
      return (persons * fen('dibao.standard') * (100 + number('dibao.special_group_uplift'))) / 100;
    case 'destitute':
      return (
        persons *
        (timesRoundedUp(fen('dibao.standard'), number('destitute.basic_multiple'), 1) +
          (fen('wage.minimum') * number('destitute.care.full')) / 100)
      );
    case 'child':
      return persons * fen('orphan.institution');
    case 'child-director':
      return persons * fen('child.director_stipend');
    case 'relief':
    case 'festival':
    case 'price':
      return undefined;
  }
};

const noAccount = (payee: Payee | undefined, home: PaidHome | undefined): HoldReason[] => {
  if (!payee) return [home ? 'NO_HOME_ACCOUNT' : 'NO_ACCOUNT'];
  return payee.bank ? [] : ['NO_BANK'];
};

const holdsOf = (
  payee: Payee | undefined,
  home: PaidHome | undefined,
  conflicting: boolean,
): HoldReason[] => [...noAccount(payee, home), ...(conflicting ? (['EXCLUSIVE_PROGRAMMES'] as const) : [])];

/** The owner name under which the account of a line is sealed: the case's, or that of the institution it is paid to. */
export const payeeOwner = ({
  programme,
  caseNo,
  home,
}: Pick<Line, 'programme' | 'caseNo' | 'home'>): string =>
  home === undefined ? caseOwner(programme, caseNo) : homeOwner(home);

const changedBeyondTolerance = (
  parameters: ParameterSet,
  entitlement: Entitlement,
  version: EntitlementVersion,
  run: Run,
): boolean => {
  const before = versionFor(entitlement, previousMonth(run.month), run.asOf);
  if (!before) return false;
  const change = Math.abs(version.amountFen - before.amountFen);
  return change * 100 > before.amountFen * numberFor(parameters, 'payment.line_tolerance', run.month);
};

/**
 * Plans one case of a run: a pure function of what was recorded when the run froze its roster, so that every attempt gives the
 * same line. Undefined when nothing is due: no determination in force and no open arrears. `home` is paid instead of the person;
 * without an account of its own it is not, and neither is the person (B11).
 */
export const planLine = (
  run: Run,
  parameters: ParameterSet,
  entitlement: Entitlement,
  entries: readonly LedgerEntry[],
  conflicting: boolean,
  home?: PaidHome,
): PlannedLine | undefined => {
  const inForce = versionFor(entitlement, run.month, run.asOf);
  const payment = composePayment(inForce?.amountFen ?? 0, entries, run);
  const known = inForce ?? entitlement.versions.findLast(({ recordedAt }) => recordedAt <= run.asOf);
  if (!known || payment.components.length === 0) return undefined;
  const paid = home ?? payeeAsOf(entitlement, run.asOf);
  const holds = holdsOf(paid?.payee, home, conflicting && inForce !== undefined);
  const line: Line = {
    runId: run.runId,
    batch: 1,
    programme: run.programme,
    caseNo: entitlement.caseNo,
    areaCode: known.areaCode,
    entitlementVersion: known.version,
    persons: known.persons,
    amountFen: payment.amountFen,
    components: [...payment.components],
    name: known.name,
    identityNumber: known.identityNumber,
    payee: paid?.payee,
    home: home?.creditCode,
    holds,
  };
  const ceiling = inForce && ceilingFen(parameters, run.programme, inForce.persons, run.month);
  const above = inForce && ceiling !== undefined && inForce.amountFen > ceiling;
  return {
    line,
    exceptions: [
      ...holds,
      ...(paid?.notices ?? []),
      ...(above ? (['ABOVE_CEILING'] as const) : []),
      ...(inForce && changedBeyondTolerance(parameters, entitlement, inForce, run)
        ? (['AMOUNT_CHANGED'] as const)
        : []),
    ],
  };
};
