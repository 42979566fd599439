import type { Instant } from '../../shared/clock.ts';
import { dateAt } from '../../shared/clock.ts';
import type { Fen } from '../../shared/money.ts';
import { type Month, monthOfDate } from '../../shared/month.ts';
import type { ParameterKey, ParameterSet } from '../../shared/parameter.ts';
import type { Application } from './application.ts';
import { type Case, isPaid, withDetermination } from './case.ts';
import { reviewOf } from './case-review.ts';
import type { ReasonCode } from './determination.ts';
import type { RegisterProgramme } from './evaluation.ts';
import type { HouseholdFacts } from './facts.ts';
import { headOf } from './identity.ts';
import type { Found } from './known-already.ts';
import type { Proposal } from './opinion.ts';

/** What an approval makes: a household on the register and its first determination, paid from the month after (A06). */

/** A district may leave approvals to the townships, programme by programme (权限下放, A.6). */
export const delegationKey = (programme: RegisterProgramme | undefined): ParameterKey =>
  programme === 'destitute' ? 'destitute.delegated_to_township' : 'dibao.delegated_to_township';

/** Support at home is what is given until somebody moves into an institution (B05). */
const factsOf = ({ facts }: Application, programme: RegisterProgramme): HouseholdFacts =>
  programme === 'destitute' && !facts.destitute ? { ...facts, destitute: { form: 'at-home' } } : facts;

type Admission = {
  readonly application: Application;
  readonly proposal: Proposal;
  readonly caseNo: string;
  readonly month: Month;
  readonly at: Instant;
  readonly checker: string;
  readonly parameters: ParameterSet;
};

/** The new case; persons and account are still to be sealed under its number. */
export const admitted = (admission: Admission): Omit<Case, 'identities' | 'account'> => {
  const { application, proposal, caseNo, month, at, checker, parameters } = admission;
  const { applicationNo, areaCode, opinion, citizenId, relatedToOfficer } = application;
  const { programme, persons } = proposal;
  const facts = factsOf(application, programme);
  const amountFen = proposal.amountFen as Fen;
  return {
    caseNo,
    programme,
    single: proposal.aid === 'dibao-single',
    state: 'active',
    areaCode,
    facts,
    factsVersion: 1,
    dossierVersion: 1,
    amountFen,
    persons,
    determinations: [
      {
        number: 1,
        kind: 'new',
        reason: 'application',
        from: month,
        amountFen,
        persons,
        factsVersion: 1,
        madeAt: at,
        maker: opinion?.by ?? checker,
        checkers: [checker],
        areaCode,
        origin: `application/${applicationNo}`,
        ...(opinion === undefined ? {} : { note: opinion.reason }),
      },
    ],
    applicationNo,
    ...(citizenId === undefined ? {} : { citizenId }),
    relatedToOfficer,
    ...reviewOf(facts, monthOfDate(dateAt(at)), parameters),
    version: 1,
  };
};

const becoming: Partial<Record<RegisterProgramme, ReasonCode>> = {
  dibao: 'became-dibao',
  destitute: 'became-destitute',
  edge: 'became-edge',
};

/** A programme that pays, or the one applied for, keeps its persons out of another (B14). */
export const excluding = (found: readonly Found[], { programme, verdict }: Proposal): Found[] => {
  const helped = new Set(verdict.memberIds);
  return found.filter(
    ({ memberId, known }) =>
      known !== undefined &&
      helped.has(memberId) &&
      (isPaid(known.programme) || known.programme === programme),
  );
};

const headPersonOf = ({ facts, identities }: Pick<Case, 'facts' | 'identities'>): string | undefined =>
  identities[headOf(facts).memberId]?.person;

/**
 * Households that leave a layer without payment for the one they were admitted to, as when low-edge becomes dibao. A single
 * person's family stays what it is, and so does a household whose head is not among the applicants.
 */
export const leftBehind = (
  found: readonly Found[],
  { aid }: Proposal,
  identities: Application['identities'],
): Case[] => {
  if (aid === 'dibao-single') return [];
  const applicants = new Set(Object.values(identities).map(({ person }) => person));
  const left = found.flatMap(({ known }) =>
    known && !isPaid(known.programme) && applicants.has(headPersonOf(known) ?? '') ? [known] : [],
  );
  return [...new Map(left.map((known) => [known.caseNo, known])).values()];
};

/** The end of such a household's case, from the month the new one begins. */
export const ended = (known: Case, { proposal, application, month, at, checker }: Admission): Case =>
  withDetermination(
    { ...known, openAdjustment: undefined },
    {
      kind: 'stop',
      reason: becoming[proposal.programme] ?? 'corrected',
      from: month,
      amountFen: 0 as Fen,
      persons: known.persons,
      factsVersion: known.factsVersion,
      madeAt: at,
      maker: application.opinion?.by ?? checker,
      checkers: [checker],
      origin: `application/${application.applicationNo}`,
      note: '经申请确认为其他社会救助对象',
    },
    'ended',
  );
