import type { Instant } from '../../shared/clock.ts';
import { yuanText } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { Adjustment } from './adjustment.ts';
import type { Segment } from './adjustment-outcome.ts';
import { type Case, withDetermination } from './case.ts';
import { reviewOf } from './case-review.ts';
import type { Decided } from './determination.ts';

/** What an approved change makes of the case, and of the case its household goes over to. */

export type Approval = {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | undefined;
  /** The month of the decision. */
  readonly present: Month;
  readonly parameters: ParameterSet;
};

/** The case as it is when no change of it is open. */
export const withoutOpenAdjustment = ({ openAdjustment: _closed, ...known }: Case): Case => ({
  ...known,
  version: known.version + 1,
});

/** A case with the newest of its determinations number by number; one version newer, however many there are. */
const determined = (known: Case, made: readonly Decided[], state: Case['state']): Case => {
  const version = known.version + 1;
  return { ...made.reduce((next, each) => withDetermination(next, each, state), known), state, version };
};

/** The written reasons (A11, A62); of a fraud also the fine, which is recorded and not collected here (A13). */
const noteOf = ({ change, reason }: Adjustment, approval: Approval): string => {
  const reasons = approval.reason ?? reason;
  if (change.cause !== 'fraud') return reasons;
  return `${reasons};骗取救助金 ${yuanText(change.obtainedFen)} 元,罚款 ${yuanText(change.fineFen)} 元`;
};

const determinationOf = (
  { from, kind, reason, amountFen, persons }: Segment,
  adjustment: Adjustment,
  approval: Approval,
  factsVersion: number,
): Decided => ({
  kind,
  reason,
  from,
  amountFen,
  persons,
  factsVersion,
  madeAt: approval.at,
  maker: adjustment.proposedBy,
  checkers: [approval.by],
  origin: `adjustment/${adjustment.adjustmentId}`,
  note: noteOf(adjustment, approval),
});

/**
 * A review sets the next one, and so does a new job: the household is to be looked at when its income counts again (A63). Any
 * other change can only bring the next review forward.
 */
const nextReviewOf = (known: Case, { facts, change }: Adjustment, { present, parameters }: Approval) => {
  const { reviewClass, reviewMonth } = reviewOf(facts, present, parameters);
  const isLookedAt = change.cause === 'review' || change.cause === 'job-found' || known.state === 'ended';
  const due = isLookedAt ? undefined : known.reviewMonth;
  return { reviewClass, reviewMonth: due !== undefined && due < reviewMonth ? due : reviewMonth };
};

/** The case once a change is approved. */
export const approvedCase = (known: Case, adjustment: Adjustment, approval: Approval): Case => {
  const { facts, joined, account, outcome } = adjustment;
  const hasNewFacts = JSON.stringify(facts) !== JSON.stringify(known.facts);
  const factsVersion = known.factsVersion + (hasNewFacts ? 1 : 0);
  const { openAdjustment: _closed, reviewMonth: _past, ...rest } = known;
  const next: Case = {
    ...rest,
    areaCode: facts.areaCode,
    facts,
    factsVersion,
    identities: { ...known.identities, ...joined },
    ...(account ? { account } : {}),
    ...(outcome.state === 'ended' ? {} : nextReviewOf(known, adjustment, approval)),
  };
  const made = outcome.segments.map((segment) =>
    determinationOf(segment, adjustment, approval, factsVersion),
  );
  return determined(next, made, outcome.state);
};

/** The case of the programme a household goes over to. Who it is must be sealed under the new number first. */
export const convertedCase = (
  from: Case,
  caseNo: string,
  sealed: Pick<Case, 'identities'> & Partial<Pick<Case, 'account'>>,
  adjustment: Adjustment,
  approval: Approval,
): Case | undefined => {
  const { converts } = adjustment.outcome;
  if (!converts) return undefined;
  const { facts, areaCode, relatedToOfficer, applicationNo, citizenId } = from;
  const base: Case = {
    caseNo,
    programme: converts.programme,
    single: false,
    state: 'active',
    areaCode,
    facts,
    factsVersion: 1,
    dossierVersion: 1,
    ...sealed,
    amountFen: 0 as Case['amountFen'],
    persons: 0,
    determinations: [],
    ...(applicationNo === undefined ? {} : { applicationNo }),
    ...(citizenId === undefined ? {} : { citizenId }),
    relatedToOfficer,
    ...reviewOf(facts, approval.present, approval.parameters),
    version: 0,
  };
  const made = converts.segments.map((segment) => determinationOf(segment, adjustment, approval, 1));
  return determined(base, made, 'active');
};
