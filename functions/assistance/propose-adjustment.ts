import { AdjustmentProposed } from '../../events/assistance.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { log } from '../../shared/log.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { workingDaysAfter } from '../../shared/working-day.ts';
import { type Adjustment, adjustmentIdOf, adjustmentItem, viewAdjustmentRow } from './adjustment.ts';
import { personsToAdmit } from './adjustment-admission.ts';
import type { Proposal } from './adjustment-proposal.ts';
import { type Reckoning, reckoned } from './adjustment-reckoning.ts';
import { proposeAdjustment } from './adjustment-routes.ts';
import type { Case } from './case.ts';
import { findCase, writeCase } from './case-store.ts';
import { headOf, sealAccount, sealPersons } from './identity.ts';
import { isAnyoneElsewhere } from './person-cases.ts';

/** A reported change of what somebody can do for himself is assessed within ten working days (B09). */
const dueOf = ({ change, reportedOn }: Proposal, today: string, parameters: ParameterSet) => {
  if (change.cause !== 'care-assessment') return {};
  const days = numberFor(parameters, 'destitute.reassess_wd', monthOfDate(today));
  const { date, certain } = workingDaysAfter(reportedOn ?? today, days);
  if (!certain) log('WORKING_DAY_UNKNOWN', { date });
  return { dueOn: date, dueCertain: certain };
};

/** Somebody joins who is a member already, by his number. */
const joinsTwice = (known: Case, joined: Adjustment['joined']): boolean => {
  const persons = new Set(Object.values(known.identities).map(({ person }) => person));
  return Object.values(joined).some(({ person }) => persons.has(person));
};

const sealedAccount = (known: Case, { account }: Proposal, seals: Seals, headName: string) =>
  account
    ? {
        account: sealAccount(seals, known.caseNo, {
          ...account,
          accountName: account.accountName ?? headName,
        }),
      }
    : {};

/** Proposes a change: the case only learns that one is open, so that no second one is begun meanwhile. */
export const proposeAdjustmentHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(proposeAdjustment, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const known = await findCase(table, params.caseNo);
    if (!known) return refuse('CASE_NOT_FOUND');
    if (!maySee(officer, known.areaCode)) return refuse('OUTSIDE_AREA');
    if (known.openAdjustment !== undefined) return refuse('ADJUSTMENT_OPEN');

    const today = dateAt(now);
    const parameters = await parametersOf(table);
    const result = reckoned(known, body, today, parameters);
    if ('refused' in result) return refuse(result.refused, result.detail);
    // A town may send a household to another, but not beyond its own district.
    if (!known.areaCode.startsWith(result.facts.areaCode.slice(0, 6))) return refuse('OUTSIDE_AREA');

    const open = await seals();
    const joined = sealPersons(open, known.caseNo, result.joined, today);
    if (joinsTwice(known, joined)) return refuse('PERSON_REFUSED', '新增成员已在该家庭中。');
    const adjustment: Adjustment = {
      ...proposed(known, body, result, joined),
      ...sealedAccount(known, body, open, headNameOf(known, result, open)),
      ...dueOf(body, today, parameters),
      proposedBy: officer.id,
      proposedAt: now,
    };
    if (await isAnyoneElsewhere(table, personsToAdmit(known, adjustment), [known.caseNo]))
      return refuse('PERSON_ELSEWHERE');

    const { adjustmentId } = adjustment;
    const { caseNo, programme, areaCode } = known;
    const { kind } = adjustment.outcome;
    const data = { adjustmentId, caseNo, programme, areaCode, cause: body.change.cause, kind };
    const proposal = happened(AdjustmentProposed, {
      subject: `case/${caseNo}`,
      which: adjustmentId,
      at: now,
      correlationId,
      data: { ...data, from: adjustment.from, proposedBy: officer.id },
    });
    const next: Case = { ...known, openAdjustment: adjustmentId, version: adjustment.caseVersion };
    const answer = reply(201, viewAdjustmentRow(adjustment));
    const outcome = await transact(table, [
      ...writeCase(table, next, known),
      putNew(table, adjustmentItem(adjustment)),
      announce(table, proposal),
      ...remember(answer),
    ]);
    // Of two proposals at the same moment, or a proposal and a sweep, the later finds the case changed and reads it again.
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

const headNameOf = (known: Case, { facts, joined }: Reckoning, seals: Seals): string => {
  const { memberId } = headOf(facts);
  const identity = known.identities[memberId];
  const owner = `${known.caseNo}/${memberId}`;
  return identity ? seals.open(owner, 'name', identity.name) : (joined[memberId]?.name ?? '');
};

const proposed = (
  known: Case,
  { change, reason, documents }: Proposal,
  result: Reckoning,
  joined: Adjustment['joined'],
) => {
  const caseVersion = known.version + 1;
  return {
    adjustmentId: adjustmentIdOf(known.caseNo, caseVersion),
    caseNo: known.caseNo,
    programme: known.programme,
    areaCode: known.areaCode,
    change,
    reason,
    documents,
    from: result.from,
    facts: result.facts,
    joined,
    caseVersion,
    factsVersion: known.factsVersion,
    outcome: result.outcome,
    state: 'proposed' as const,
    version: 1,
  };
};

export const handler = composed(() => proposeAdjustmentHandler(httpDeps(), sealsFromEnvironment()));
