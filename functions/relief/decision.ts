import type { Fen } from '../../shared/money.ts';
import { monthOfDate } from '../../shared/month.ts';
import type { Role } from '../../shared/role.ts';
import type { Sealed } from '../../shared/seal.ts';
import { approveDue, submitDue, supplementDue } from './deadline.ts';
import type { Assessment, refusalCodes } from './explanation.ts';
import { type Acting, actOf, makersOf, publicityEnded } from './procedure.ts';
import {
  canBecome,
  needsAccount,
  needsReceipt,
  type PaymentMethod,
  type Receipt,
  type ReliefCase,
  refundedFen,
} from './relief-case.ts';

/** Who decides, and what happens with the money: each step gives the case as it is after it, or why it cannot be taken. */

type AssessmentRefusal = (typeof refusalCodes)[number];
type LevelRefusal = 'NEEDS_LEADER' | 'BEYOND_TOWNSHIP';
type MethodRefusal = 'EMERGENCY_ONLY' | 'ACCOUNT_MISSING';
type Standing = 'WRONG_STATE' | 'PUBLICITY_RUNNING' | 'CHECK_NEEDED' | 'MAKER_IS_CHECKER';
type ApprovalRefusal =
  | AssessmentRefusal
  | LevelRefusal
  | MethodRefusal
  | 'NOTHING_TO_GRANT'
  | 'NOT_PUBLISHED'
  | 'ABOVE_PUBLISHED'
  | 'NEEDS_EXCEPTION';
type PayingRefusal = MethodRefusal | 'WRONG_STATE' | 'MAKER_IS_CHECKER' | 'PAID_BY_BANK' | 'RECEIPT_MISSING';

const next = (known: ReliefCase, change: Partial<ReliefCase>): ReliefCase => ({
  ...known,
  ...change,
  version: known.version + 1,
});

/** The bureau's clerk looks through what the township handed up. */
export const checkCase = (
  known: ReliefCase,
  { passes, note }: { readonly passes: boolean; readonly note: Sealed },
  acting: Acting,
): ReliefCase | 'WRONG_STATE' | 'MAKER_IS_CHECKER' => {
  if (known.state !== 'submitted') return 'WRONG_STATE';
  if ([...makersOf(known), known.opinion?.by].includes(acting.by)) return 'MAKER_IS_CHECKER';
  return next(known, { check: { ...actOf(acting), passes, note } });
};

/** C13: cash and goods only for emergencies; what goes to an account needs one. */
const methodRefusal = (
  { kind, account }: Pick<ReliefCase, 'kind' | 'account'>,
  method: PaymentMethod,
): MethodRefusal | undefined => {
  if (!needsAccount(method)) return kind === 'emergency' ? undefined : 'EMERGENCY_ONLY';
  return account ? undefined : 'ACCOUNT_MISSING';
};

const levelRefusal = (role: Role, { level }: Assessment): LevelRefusal | undefined => {
  if (role === 'bureau-leader') return undefined;
  if (level === 'leader') return 'NEEDS_LEADER';
  return role === 'township-leader' && level !== 'township' ? 'BEYOND_TOWNSHIP' : undefined;
};

export type Decision = {
  readonly approves: boolean;
  readonly role: Role;
  readonly reason: Sealed;
  readonly exceptionReason?: Sealed | undefined;
  /** Of the case with the amount that is to be granted. */
  readonly assessment: Assessment;
};

/** Where the case waits for this role, and whether this officer may decide it. */
const standingRefusal = (known: ReliefCase, role: Role, { by, date }: Acting): Standing | undefined => {
  const inTownship = role === 'township-leader';
  if (known.state !== (inTownship ? 'publicity' : 'submitted')) return 'WRONG_STATE';
  if (inTownship && !publicityEnded(known, date)) return 'PUBLICITY_RUNNING';
  if (!inTownship && known.check === undefined) return 'CHECK_NEEDED';
  const others = inTownship ? makersOf(known) : [...makersOf(known), known.opinion?.by, known.check?.by];
  return others.includes(by) ? 'MAKER_IS_CHECKER' : undefined;
};

const approvalRefusal = (
  known: ReliefCase,
  { role, exceptionReason, assessment }: Decision,
): ApprovalRefusal | undefined => {
  if (known.amountFen === 0) return 'NOTHING_TO_GRANT';
  if (!known.publicity) return 'NOT_PUBLISHED';
  if (known.amountFen > known.publicity.amountFen) return 'ABOVE_PUBLISHED';
  const [refused] = assessment.refusals;
  if (refused) return refused;
  return (
    levelRefusal(role, assessment) ??
    (assessment.needsException && exceptionReason === undefined ? 'NEEDS_EXCEPTION' : undefined) ??
    methodRefusal(known, known.method)
  );
};

/**
 * The district approves or refuses, or for a small amount the township's leader (C06, C07). `known` has the amount that is
 * to be granted. What is granted through the bank is paid by the month's run; the rest is paid from the reserve.
 */
export const decideCase = (
  known: ReliefCase,
  decision: Decision,
  acting: Acting,
): ReliefCase | Standing | ApprovalRefusal => {
  const { approves, role, reason, exceptionReason, assessment } = decision;
  const refused =
    standingRefusal(known, role, acting) ?? (approves ? approvalRefusal(known, decision) : undefined);
  if (refused) return refused;
  return next(known, {
    state: approves ? 'approved' : 'rejected',
    decision: {
      ...actOf(acting),
      approved: approves,
      level: role === 'township-leader' ? 'township' : role === 'bureau-leader' ? 'leader' : 'district',
      month: monthOfDate(acting.date),
      reason,
      exceptionReason,
      assessment,
    },
    due:
      approves && known.method !== 'bank'
        ? { ...submitDue(acting.parameters, acting.date), what: 'pay' }
        : undefined,
  });
};

export type Paying = {
  readonly method: PaymentMethod;
  readonly amountFen: Fen;
  readonly reserveYear: number;
  readonly receipt?: Receipt | undefined;
};

const receiptRefusal = ({ method, receipt }: Paying): 'RECEIPT_MISSING' | undefined => {
  if (!needsReceipt(method)) return undefined;
  return receipt && (method !== 'goods' || receipt.goods !== undefined) ? undefined : 'RECEIPT_MISSING';
};

/**
 * 先行救助 (C08): an urgent emergency is helped before check and publicity, from the reserve. Caps hold all the same, and who
 * may decide an amount decides it here too. The papers follow within the statutory days.
 */
export const payInAdvance = (
  known: ReliefCase,
  paying: Paying,
  { role, assessment }: Pick<Decision, 'role' | 'assessment'>,
  acting: Acting,
):
  | ReliefCase
  | PayingRefusal
  | AssessmentRefusal
  | LevelRefusal
  | 'URGENT_ONLY'
  | 'NOTHING_TO_GRANT'
  | 'NEEDS_EXCEPTION' => {
  if (!canBecome(known, 'paid-in-advance')) return 'WRONG_STATE';
  if (!known.urgent) return 'URGENT_ONLY';
  if (makersOf(known).includes(acting.by)) return 'MAKER_IS_CHECKER';
  if (paying.amountFen === 0) return 'NOTHING_TO_GRANT';
  if (paying.method === 'bank') return 'PAID_BY_BANK';
  const refused =
    methodRefusal(known, paying.method) ??
    receiptRefusal(paying) ??
    assessment.refusals[0] ??
    levelRefusal(role, assessment) ??
    (assessment.needsException ? 'NEEDS_EXCEPTION' : undefined);
  if (refused) return refused;
  const due = supplementDue(acting.parameters, acting.date);
  return next(known, {
    state: 'paid-in-advance',
    method: paying.method,
    amountFen: paying.amountFen,
    advance: { ...actOf(acting), ...paying, assessment, papersDue: due.date },
    due,
  });
};

/** Pays an approved case from the township's reserve; who approved it does not hand out the money. */
export const payCase = (
  known: ReliefCase,
  { reserveYear, receipt }: Pick<Paying, 'reserveYear' | 'receipt'>,
  acting: Acting,
): ReliefCase | PayingRefusal => {
  if (!canBecome(known, 'paid')) return 'WRONG_STATE';
  const paying: Paying = { method: known.method, amountFen: known.amountFen, reserveYear, receipt };
  if (paying.method === 'bank') return 'PAID_BY_BANK';
  if (known.decision?.by === acting.by) return 'MAKER_IS_CHECKER';
  const refused = methodRefusal(known, paying.method) ?? receiptRefusal(paying);
  return refused ?? next(known, { state: 'paid', payment: { ...actOf(acting), ...paying }, due: undefined });
};

/** The papers of an advance: survey by two persons, grade, and what else belongs in the file (C08). */
export const supplementCase = (
  known: ReliefCase,
  finding: {
    readonly secondSurveyor: string;
    readonly grade: NonNullable<ReliefCase['grade']>;
    readonly photoSha256?: string | undefined;
  },
  acting: Acting,
): ReliefCase | 'WRONG_STATE' | 'SAME_SURVEYOR' | 'MAKER_IS_CHECKER' => {
  if (!canBecome(known, 'supplemented')) return 'WRONG_STATE';
  if (finding.secondSurveyor === acting.by) return 'SAME_SURVEYOR';
  // Who gave the money would be proving his own advance.
  if ([acting.by, finding.secondSurveyor].includes(known.advance?.by ?? '')) return 'MAKER_IS_CHECKER';
  return next(known, {
    state: 'supplemented',
    grade: finding.grade,
    supplement: actOf(acting),
    survey: {
      ...actOf(acting),
      surveyors: [acting.by, finding.secondSurveyor],
      photoSha256: finding.photoSha256,
    },
    due: { ...approveDue(acting.parameters, acting.date), what: 'close' },
  });
};

/** The bureau's clerk finds the file complete and closes the case. */
export const closeCase = (
  known: ReliefCase,
  acting: Acting,
): ReliefCase | 'WRONG_STATE' | 'MAKER_IS_CHECKER' => {
  if (!canBecome(known, 'closed')) return 'WRONG_STATE';
  const others = [...makersOf(known), known.advance?.by, known.payment?.by, known.decision?.by];
  if (others.includes(acting.by)) return 'MAKER_IS_CHECKER';
  return next(known, { state: 'closed', closure: actOf(acting), due: undefined });
};

/** Money that came back to the reserve it was paid from: wrongly paid, or not needed in the end. */
export const refundCase = (
  known: ReliefCase,
  { amountFen, reason }: { readonly amountFen: Fen; readonly reason: Sealed },
  acting: Acting,
): ReliefCase | 'WRONG_STATE' | 'REFUND_TOO_HIGH' => {
  const spent = known.advance ?? known.payment;
  if (!spent) return 'WRONG_STATE';
  if (refundedFen(known) + amountFen > spent.amountFen) return 'REFUND_TOO_HIGH';
  return next(known, { refunds: [...known.refunds, { ...actOf(acting), amountFen, reason }] });
};
