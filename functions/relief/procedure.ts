import type { Fen } from '../../shared/money.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { Sealed } from '../../shared/seal.ts';
import { advanceDue, approveDue, publicityPeriod, submitDue, surveyDue } from './deadline.ts';
import { type Act, canBecome, type Grade, needsAccount, type ReliefCase } from './relief-case.ts';

/** The township's part of the procedure (C06): each step gives the case as it is after it, or why it cannot be taken. */

/** An officer's act on a day, by the rule numbers of then. */
export type Acting = Act & { readonly date: string; readonly parameters: ParameterSet };

export const actOf = ({ at, by }: Acting): Act => ({ at, by });
const next = (known: ReliefCase, change: Partial<ReliefCase>): ReliefCase => ({
  ...known,
  ...change,
  version: known.version + 1,
});

/** Who brought a case forward in the township; none of them may check or decide it. */
export const makersOf = ({ opened, accepted, survey, publicity, supplement }: ReliefCase): string[] => [
  opened.by,
  ...(accepted ? [accepted.by] : []),
  ...(survey ? [survey.by, ...survey.surveyors] : []),
  ...(publicity ? [publicity.by] : []),
  ...(supplement ? [supplement.by] : []),
];

/** An urgent case is helped first and surveyed afterwards (C08); any other is surveyed. */
const dueOnAcceptance = (urgent: boolean, { parameters, date }: Acting) =>
  urgent ? advanceDue(parameters, date) : surveyDue(parameters, date);

export const acceptCase = (known: ReliefCase, acting: Acting): ReliefCase | 'WRONG_STATE' =>
  known.state !== 'draft'
    ? 'WRONG_STATE'
    : next(known, {
        state: 'accepted',
        accepted: actOf(acting),
        due: dueOnAcceptance(known.urgent, acting),
      });

export type SurveyFinding = {
  readonly secondSurveyor: string;
  readonly grade: Grade;
  readonly special: boolean;
  readonly amountFen: Fen;
  readonly photoSha256?: string | undefined;
};

/** Two persons visit (入户调查表, two signatures); what they propose is not decided by them. */
export const surveyCase = (
  known: ReliefCase,
  { secondSurveyor, grade, special, amountFen, photoSha256 }: SurveyFinding,
  acting: Acting,
): ReliefCase | 'WRONG_STATE' | 'SAME_SURVEYOR' => {
  if (!canBecome(known, 'surveyed')) return 'WRONG_STATE';
  if (secondSurveyor === acting.by) return 'SAME_SURVEYOR';
  return next(known, {
    state: 'surveyed',
    survey: { ...actOf(acting), surveyors: [acting.by, secondSurveyor], photoSha256 },
    grade,
    special,
    amountFen,
    // The survey and the first opinion share one clock, which starts with acceptance.
    due: known.due?.what === 'survey' ? known.due : surveyDue(acting.parameters, acting.date),
  });
};

export type Opinion = {
  readonly agrees: boolean;
  readonly amountFen: Fen;
  readonly grade: Grade;
  readonly note: Sealed;
};

/** The township's leader agrees and may change grade and amount, or sends the case to the district with his doubts. */
export const giveOpinion = (
  known: ReliefCase,
  { agrees, amountFen, grade, note }: Opinion,
  acting: Acting,
): ReliefCase | 'WRONG_STATE' | 'MAKER_IS_CHECKER' => {
  if (!canBecome(known, 'first-opinion')) return 'WRONG_STATE';
  if (makersOf(known).includes(acting.by)) return 'MAKER_IS_CHECKER';
  return next(known, {
    state: 'first-opinion',
    opinion: { ...actOf(acting), agrees, note },
    grade,
    amountFen,
    due: submitDue(acting.parameters, acting.date),
  });
};

/** Posts the case for the statutory days (C06); only what the leader agreed to is posted. */
export const publishCase = (
  known: ReliefCase,
  { publicityId, photoSha256 }: { readonly publicityId: string; readonly photoSha256: string },
  acting: Acting,
): ReliefCase | 'WRONG_STATE' => {
  if (!canBecome(known, 'publicity') || !known.opinion?.agrees) return 'WRONG_STATE';
  const period = publicityPeriod(acting.parameters, acting.date);
  const { date, certain } = submitDue(acting.parameters, period.to);
  return next(known, {
    state: 'publicity',
    publicity: { ...actOf(acting), publicityId, photoSha256, ...period, amountFen: known.amountFen },
    due: { what: 'submit', date, certain: certain && period.certain },
  });
};

/** Whether the statutory days are over; the last day still belongs to the public. */
export const publicityEnded = ({ publicity }: ReliefCase, date: string): boolean =>
  publicity !== undefined && date > publicity.to;

/** Back to the survey: what was posted no longer counts, what was found stays on record. */
const backToSurvey = (known: ReliefCase, { parameters, date }: Acting) => ({
  ...known,
  version: known.version + 1,
  state: 'accepted' as const,
  survey: undefined,
  opinion: undefined,
  publicity: undefined,
  submission: undefined,
  check: undefined,
  due: surveyDue(parameters, date),
});

/** Somebody objects while the case is posted: it is surveyed again. */
export const recordObjection = (
  known: ReliefCase,
  text: Sealed,
  acting: Acting,
): ReliefCase | 'WRONG_STATE' =>
  known.state !== 'publicity'
    ? 'WRONG_STATE'
    : { ...backToSurvey(known, acting), objections: [...known.objections, { ...actOf(acting), text }] };

/** The district sends a case back for want of papers or facts. */
export const returnCase = (known: ReliefCase, reason: Sealed, acting: Acting): ReliefCase | 'WRONG_STATE' =>
  known.state !== 'submitted'
    ? 'WRONG_STATE'
    : { ...backToSurvey(known, acting), returns: [...known.returns, { ...actOf(acting), reason }] };

/** To the district, once it was posted long enough, or at once when the township is against it. */
export const submitCase = (
  known: ReliefCase,
  acting: Acting,
): ReliefCase | 'WRONG_STATE' | 'PUBLICITY_NEEDED' | 'PUBLICITY_RUNNING' => {
  if (!canBecome(known, 'submitted')) return 'WRONG_STATE';
  if (known.state === 'first-opinion' && known.opinion?.agrees) return 'PUBLICITY_NEEDED';
  if (known.state === 'publicity' && !publicityEnded(known, acting.date)) return 'PUBLICITY_RUNNING';
  return next(known, {
    state: 'submitted',
    submission: actOf(acting),
    due: approveDue(acting.parameters, acting.date),
  });
};

/** The applicant takes the application back, at any time before it is decided. */
export const withdrawCase = (known: ReliefCase, acting: Acting): ReliefCase | 'WRONG_STATE' =>
  canBecome(known, 'withdrawn')
    ? next(known, { state: 'withdrawn', closure: actOf(acting), due: undefined })
    : 'WRONG_STATE';

/**
 * Where the money goes may change until the case is decided; afterwards it has been handed over. What the bureau checked
 * before the change has to be checked again.
 */
export const changeAccount = (
  known: ReliefCase,
  account: NonNullable<ReliefCase['account']>,
  method: ReliefCase['method'],
): ReliefCase | 'WRONG_STATE' | 'EMERGENCY_ONLY' => {
  if (!canBecome(known, 'withdrawn')) return 'WRONG_STATE';
  if (!needsAccount(method) && known.kind !== 'emergency') return 'EMERGENCY_ONLY';
  return next(known, { account, method, check: undefined });
};
