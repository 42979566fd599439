import { AdjustmentDecided, CaseReviewed } from '../../events/assistance.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, putOver, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type Handover, openHandover } from '../../shared/handover.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { approvingRoles, mayAct, maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type Adjustment, adjustmentItem, findAdjustment, viewAdjustmentRow } from './adjustment.ts';
import { personsToAdmit } from './adjustment-admission.ts';
import { type Approval, approvedCase, convertedCase, withoutOpenAdjustment } from './adjustment-approval.ts';
import { outcomeFor } from './adjustment-reckoning.ts';
import { decideAdjustment } from './adjustment-routes.ts';
import { type Case, isPaid } from './case.ts';
import { caseSeries, transactNumbered } from './case-number.ts';
import { findCase, writeCase, writeCases } from './case-store.ts';
import { theseDeterminationsMade } from './determinations-made.ts';
import { headOf, movedTo, payeeOf } from './identity.ts';
import { readAdmissions } from './known-already.ts';
import { isAnyoneElsewhere } from './person-cases.ts';
import { keys } from './table.ts';

type Decide = Call<typeof decideAdjustment>;
type Deps = HttpDeps & { readonly seals: () => Promise<Seals>; readonly handover: Pick<Handover, 'give'> };

/** Who may not decide what, and where words are missing. */
const refusalOf = ({ body, officer }: Decide, { proposedBy, outcome }: Adjustment) => {
  if (body.decision === 'withdraw') return officer.id === proposedBy ? undefined : refuse('NOT_PROPOSER');
  if (!mayAct(officer, approvingRoles)) return refuse('ROLE_NOT_ALLOWED');
  if (officer.id === proposedBy) return refuse('MAKER_IS_CHECKER');
  const needsReasons = body.decision === 'reject' || outcome.segments.some(({ kind }) => kind === 'stop');
  return needsReasons && body.reason === undefined ? refuse('REASONS_MISSING') : undefined;
};

const DECIDED = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' } as const;

const decidedBy = (adjustment: Adjustment, { body, officer, now }: Decide): Adjustment => ({
  ...adjustment,
  state: DECIDED[body.decision],
  decidedBy: officer.id,
  decidedAt: now,
  ...(body.reason === undefined ? {} : { decisionReason: body.reason }),
  version: adjustment.version + 1,
});

const told = (
  deps: Deps,
  { adjustmentId, caseNo }: Adjustment,
  { body, officer, now, correlationId }: Decide,
): Write => {
  const data = { adjustmentId, caseNo, decision: DECIDED[body.decision], decidedBy: officer.id };
  const fact = { subject: `case/${caseNo}`, which: adjustmentId, at: now, correlationId, data };
  return announce(deps.table, happened(AdjustmentDecided, fact));
};

/** Rejects or withdraws: the case is free for another proposal, also when it changed since this one. */
const close = async (deps: Deps, call: Decide, adjustment: Adjustment, known: Case) => {
  const next = decidedBy(adjustment, call);
  const answer = reply(200, viewAdjustmentRow(next));
  const { committed } = await transact(deps.table, [
    putOver(deps.table, adjustmentItem(next), adjustment.version),
    ...(known.openAdjustment === adjustment.adjustmentId
      ? writeCase(deps.table, withoutOpenAdjustment(known), known)
      : []),
    told(deps, adjustment, call),
    ...call.remember(answer),
  ]);
  // Somebody else decided, or a sweep wrote the case, at the same moment.
  return committed ? answer : refuse('CHANGED_MEANWHILE');
};

/** Whom payments must be told of: another head or account, or a case they do not know yet. */
const payeesOf = (seals: Seals, known: Case, next: Case, converted: Case | undefined) => {
  const changes =
    next.account !== known.account || headOf(next.facts).memberId !== headOf(known.facts).memberId;
  return {
    ...(changes && isPaid(next.programme) && next.state !== 'ended'
      ? { [next.caseNo]: payeeOf(seals, next) }
      : {}),
    ...(converted && isPaid(converted.programme) ? { [converted.caseNo]: payeeOf(seals, converted) } : {}),
  };
};

const reviewed = (
  { change, adjustmentId, outcome }: Adjustment,
  next: Case,
  { now, correlationId }: Decide,
) => {
  const { caseNo, programme, areaCode, reviewMonth } = next;
  if (change.cause !== 'review' && outcome.segments.length > 0) return undefined;
  const data = { caseNo, programme, areaCode, adjustmentId, kind: outcome.kind };
  return happened(CaseReviewed, {
    subject: `case/${caseNo}`,
    which: adjustmentId,
    at: now,
    correlationId,
    data: { ...data, ...(reviewMonth === undefined ? {} : { nextReview: reviewMonth }) },
  });
};

/** Who follows his case online follows the one it became. */
const citizenWrites = (table: Table, converted: Case | undefined): Write[] =>
  converted?.citizenId === undefined
    ? []
    : [putNew(table, { ...keys.citizen(converted.citizenId, `case/${converted.caseNo}`) })];

/** All writes of an approval. Persons are handed over first: if we die right after, an object nobody announced expires. */
const approvalWrites = async (
  deps: Deps,
  call: Decide,
  decided: Adjustment,
  known: Case,
  approval: Approval,
) => {
  const { table } = deps;
  const { now, correlationId } = call;
  const next = approvedCase(known, decided, approval);
  const { newCaseNo } = decided;
  const seals = await deps.seals();
  const converted =
    newCaseNo === undefined
      ? undefined
      : convertedCase(next, newCaseNo, movedTo(seals, next.caseNo, newCaseNo, next), decided, approval);
  const made = [
    ...next.determinations.slice(known.determinations.length).map((each) => [next, each] as const),
    ...(converted?.determinations ?? []).map((each) => [converted as Case, each] as const),
  ];
  const payees = payeesOf(seals, known, next, converted);
  const origin = `adjustment/${decided.adjustmentId}`;
  const handover = made.length > 0 && Object.keys(payees).length > 0 ? `assistance/${origin}` : undefined;
  if (handover) await deps.handover.give(handover, payees);
  const review = reviewed(decided, next, call);
  const fact = { origin, which: 'decided', at: now, correlationId, handover };
  return [
    ...writeCases(table, [{ next, read: known }, ...(converted ? [{ next: converted }] : [])]),
    ...citizenWrites(table, converted),
    putOver(table, adjustmentItem(decided), decided.version - 1),
    told(deps, decided, call),
    ...(review ? [announce(table, review)] : []),
    ...(made.length > 0 ? [announce(table, theseDeterminationsMade(made, fact))] : []),
    ...call.remember(reply(200, viewAdjustmentRow(decided))),
  ];
};

/** Whether what was proposed is what would be determined now: neither the case nor a number has changed meanwhile. */
const stillHolds = (known: Case, adjustment: Adjustment, { present, parameters }: Approval): boolean => {
  if (known.version !== adjustment.caseVersion) return false;
  const now = outcomeFor(known, adjustment, present, parameters);
  return JSON.stringify(now) === JSON.stringify(adjustment.outcome);
};

/** Whom the approval brings into a programme that pays. */
const admitted = (known: Case, adjustment: Adjustment): string[] => {
  const { converts } = adjustment.outcome;
  return converts && isPaid(converts.programme)
    ? Object.values(known.identities).map(({ person }) => person)
    : personsToAdmit(known, adjustment);
};

const approve = async (deps: Deps, call: Decide, adjustment: Adjustment, known: Case) => {
  const { table } = deps;
  const { now, officer, body } = call;
  const present = monthOfDate(dateAt(now));
  const parameters = await parametersOf(table);
  const approval: Approval = { at: now, by: officer.id, reason: body.reason, present, parameters };
  if (!stillHolds(known, adjustment, approval))
    return refuse('CHANGED_MEANWHILE', '提出变更后,该案或计算标准已有变动,请退回后重新提出。');
  const persons = admitted(known, adjustment);
  const admissions = (await readAdmissions(table, persons))(table);
  if (await isAnyoneElsewhere(table, persons, [known.caseNo])) return refuse('PERSON_ELSEWHERE');

  const decided = decidedBy(adjustment, call);
  const { converts } = adjustment.outcome;
  if (!converts) {
    const writes = await approvalWrites(deps, call, decided, known, approval);
    const { committed } = await transact(table, [...writes, ...admissions]);
    // The loser of a race with another decision, also about one of the persons, or with a sweep, reads the case again.
    return committed ? reply(200, viewAdjustmentRow(decided)) : refuse('CHANGED_MEANWHILE');
  }
  const series = caseSeries(converts.programme, known.areaCode, dateAt(now));
  const { committed, value } = await transactNumbered(table, series, async (newCaseNo) => {
    const value = { ...decided, newCaseNo };
    const writes = await approvalWrites(deps, call, value, known, approval);
    return { writes: [...writes, ...admissions], value };
  });
  return committed ? reply(200, viewAdjustmentRow(value)) : refuse('CHANGED_MEANWHILE');
};

/** A second officer decides what another proposed. */
export const decideAdjustmentHandler = (deps: Deps) =>
  handle(decideAdjustment, deps, async (call) => {
    const adjustment = await findAdjustment(deps.table, call.params.adjustmentId);
    if (!adjustment) return refuse('ADJUSTMENT_NOT_FOUND');
    if (!maySee(call.officer, adjustment.areaCode)) return refuse('OUTSIDE_AREA');
    if (adjustment.state !== 'proposed') return refuse('WRONG_STATE');
    const refusal = refusalOf(call, adjustment);
    if (refusal) return refusal;
    const known = await findCase(deps.table, adjustment.caseNo);
    if (!known) throw new Error(`The case ${adjustment.caseNo} was written and is not there.`);
    return call.body.decision === 'approve'
      ? approve(deps, call, adjustment, known)
      : close(deps, call, adjustment, known);
  });

export const handler = composed(() =>
  decideAdjustmentHandler({
    ...httpDeps(),
    seals: sealsFromEnvironment(),
    handover: openHandover(environment('HANDOVER_BUCKET_NAME').HANDOVER_BUCKET_NAME, process.env),
  }),
);
