import type * as z from 'zod';
import { dateAt } from '../../shared/clock.ts';
import { yuan } from '../../shared/explanation.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount, maskIdentityNumber, maskPhone } from '../../shared/mask.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { assess } from './assessment.ts';
import type { History } from './case-store.ts';
import type { Assessment } from './explanation.ts';
import {
  type Beneficiary,
  causeNames,
  kindNames,
  methodNames,
  personsOf,
  type ReliefCase,
  stateNames,
} from './relief-case.ts';
import { openText, ownerOf } from './sealed-case.ts';
import type { CaseListedView, CaseSummaryView, CaseView } from './views.ts';

export type CaseSummary = z.input<typeof CaseSummaryView>;

/** A case without anything that says whose it is. */
export const summaryOf = (known: ReliefCase): CaseSummary => {
  const { caseNo, state, areaCode, form, kind, urgent, grade, amountFen, method, due } = known;
  return {
    caseNo,
    state,
    stateName: stateNames[state],
    areaCode,
    form,
    kind,
    kindName: kindNames[kind],
    persons: personsOf(known),
    urgent,
    grade,
    amountFen,
    method,
    due,
  };
};

const viewPerson = (known: ReliefCase, place: number, person: Beneficiary, seals: Seals) => ({
  name: seals.open(ownerOf(known.caseNo, place), 'name', person.name),
  identityNumber: maskIdentityNumber(
    seals.open(ownerOf(known.caseNo, place), 'identityNumber', person.identityNumber),
  ),
});

export const viewListed = (known: ReliefCase, seals: Seals): z.input<typeof CaseListedView> => ({
  ...summaryOf(known),
  ...viewPerson(known, 0, known.applicant, seals),
  openedAt: known.opened.at,
});

/**
 * The assessment of a case: as it was when money was granted or refused, otherwise by today's numbers and what is known of
 * the household today.
 */
export const assessmentOf = (
  known: ReliefCase,
  { others }: History,
  now: { readonly date: string; readonly parameters: ParameterSet },
): Assessment => (known.decision ?? known.advance)?.assessment ?? assess(known, others, now);

/** What the letter must say: the outcome, why, and where to turn (A15, S2 art. 65). */
const noticeOf = ({ decision, amountFen }: ReliefCase, reason: string, parameters: ParameterSet): string => {
  if (!decision) return '';
  const days = numberFor(parameters, 'dibao.reconsideration_days', monthOfDate(dateAt(decision.at)));
  const outcome = decision.approved
    ? `经审核,决定给予临时救助 ${yuan(amountFen)}。`
    : `经审核,决定不予临时救助。理由:${reason}。`;
  return `${outcome}如不服本决定,可以自知道本决定之日起 ${days} 日内依法申请行政复议,也可以依法直接向人民法院提起行政诉讼。`;
};

const viewSpending = <S extends NonNullable<ReliefCase['payment']>>({
  at,
  by,
  method,
  amountFen,
  reserveYear,
  receipt,
}: S) => ({ at, by, method, methodName: methodNames[method], amountFen, reserveYear, receipt });

const viewAccount = ({ caseNo, account }: ReliefCase, seals: Seals) =>
  account && {
    account: maskAccount(seals.open(caseNo, 'account', account.account)),
    accountName: seals.open(caseNo, 'accountName', account.accountName),
    bank: account.bank,
    isBeneficiarys: account.isBeneficiarys,
  };

/** The parts of a case that hold words, opened for its reader. */
const viewTexts = (known: ReliefCase, seals: Seals, parameters: ParameterSet) => {
  const { caseNo, opinion, check, decision } = known;
  const text = (place: string, sealed: Parameters<typeof openText>[3]) =>
    openText(seals, caseNo, place, sealed);
  const reason = decision ? text('decision', decision.reason) : '';
  return {
    description: text('description', known.description),
    opinion: opinion && { ...opinion, note: text('opinion', opinion.note) },
    objections: known.objections.map((each, at) => ({ ...each, text: text(`objection-${at}`, each.text) })),
    returns: known.returns.map((each, at) => ({ ...each, reason: text(`return-${at}`, each.reason) })),
    check: check && { ...check, note: text('check', check.note) },
    refunds: known.refunds.map((each, at) => ({ ...each, reason: text(`refund-${at}`, each.reason) })),
    decision: decision && {
      at: decision.at,
      by: decision.by,
      approved: decision.approved,
      level: decision.level,
      month: decision.month,
      reason,
      exceptionReason: decision.exceptionReason && text('exception', decision.exceptionReason),
      notice: noticeOf(known, reason, parameters),
    },
  };
};

/** A case as officers read it: names in full, numbers masked, with its explanation. */
export const viewCase = (
  known: ReliefCase,
  assessment: Assessment,
  seals: Seals,
  parameters: ParameterSet,
): z.input<typeof CaseView> => {
  const { caseNo, applicant, cause, advance, payment } = known;
  const phone = applicant.phone && maskPhone(seals.open(caseNo, 'phone', applicant.phone));
  return {
    ...summaryOf(known),
    cause,
    causeName: causeNames[cause],
    causeDate: known.causeDate,
    residence: known.residence,
    register: known.register,
    special: known.special,
    applicant: { ...viewPerson(known, 0, applicant, seals), phone },
    members: known.members.map((member, at) => viewPerson(known, at + 1, member, seals)),
    account: viewAccount(known, seals),
    opened: known.opened,
    accepted: known.accepted,
    survey: known.survey,
    publicity: known.publicity,
    submission: known.submission,
    ...viewTexts(known, seals, parameters),
    advance: advance && viewSpending(advance),
    payment: payment && viewSpending(payment),
    settlement: known.settlement,
    supplement: known.supplement,
    closure: known.closure,
    assessment,
  };
};
