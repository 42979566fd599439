import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { type Officer, Role } from '../../shared/role.ts';
import type { Sealed } from '../../shared/seal.ts';
import { Due } from './application-clock.ts';
import { Account, Identity } from './case.ts';
import { AidCode, RegisterProgramme } from './evaluation.ts';
import { HouseholdFacts, type Member } from './facts.ts';

/** One application of a household, from the desk to the decision (rulebook A.6). */

export const ApplicationState = z
  .enum([
    'draft',
    'submitted',
    'supplementing',
    'accepted',
    'publicity',
    'awaiting-decision',
    'approved',
    'refused',
    'withdrawn',
  ])
  .meta({ id: 'ApplicationState' });
export type ApplicationState = z.infer<typeof ApplicationState>;
export const stateNames: Readonly<Record<ApplicationState, string>> = {
  draft: '草稿',
  submitted: '已提交,待受理',
  supplementing: '待补正材料',
  accepted: '已受理,调查中',
  publicity: '公示中',
  'awaiting-decision': '已上报,待审批',
  approved: '已确认',
  refused: '不予批准',
  withdrawn: '已撤回',
};

/** The states from which each may follow; the database refuses every other step by the same table. */
export const priorStates = {
  draft: ['draft'],
  submitted: ['draft', 'submitted', 'supplementing'],
  supplementing: ['submitted', 'supplementing'],
  // From `publicity` by an objection, from `awaiting-decision` sent back, from `refused` after a reconsideration.
  accepted: ['submitted', 'accepted', 'publicity', 'awaiting-decision', 'refused'],
  publicity: ['accepted'],
  // From `accepted` without publicity when the first opinion is against it.
  'awaiting-decision': ['accepted', 'publicity', 'awaiting-decision'],
  approved: ['awaiting-decision'],
  refused: ['awaiting-decision', 'refused'],
  withdrawn: ['draft', 'submitted', 'supplementing', 'accepted', 'publicity', 'awaiting-decision'],
} as const satisfies Record<ApplicationState, readonly ApplicationState[]>;

export const mayBecome = (from: ApplicationState, to: ApplicationState): boolean =>
  (priorStates[to] as readonly ApplicationState[]).includes(from);

/** Everything an officer or applicant may do to an application. */
export const StepName = z
  .enum([
    'drafted',
    'submitted',
    'amended',
    'documents-asked',
    'accepted',
    'check-requested',
    'check-returned',
    'visited',
    'opinion-given',
    'objected',
    'forwarded',
    'returned',
    'approved',
    'refused',
    'withdrawn',
    'notice-delivered',
    'reconsideration-recorded',
  ])
  .meta({ id: 'ApplicationStep' });
export type StepName = z.infer<typeof StepName>;

export const StepTaken = z.object({
  step: StepName,
  at: z.iso.datetime(),
  by: z.string().meta({ description: 'Id of the officer, citizen or system.' }),
  role: Role,
  note: z.string().optional(),
});
export type StepTaken = z.output<typeof StepTaken>;

/** Papers by their hash (A04): identity papers and the form are all an applicant must bring. */
export const DocumentKind = z
  .enum([
    'identity',
    'application-form',
    'household-register',
    'disability-certificate',
    'medical',
    'income',
    'property',
    'maintenance',
    'study',
    'expense',
    'other',
  ])
  .meta({ id: 'PaperKind' });
export const documentNames: Readonly<Record<z.infer<typeof DocumentKind>, string>> = {
  identity: '家庭成员身份证件',
  'application-form': '申请表(含承诺书、核对授权书)',
  'household-register': '户口簿',
  'disability-certificate': '残疾人证',
  medical: '疾病诊断或医疗费用材料',
  income: '收入证明',
  property: '财产证明',
  maintenance: '赡(抚、扶)养协议或判决',
  study: '在校证明',
  expense: '刚性支出凭证',
  other: '其他材料',
};
export const Paper = z.object({
  kind: DocumentKind,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  pages: z.int().min(1).max(500).optional(),
});
export type Paper = z.output<typeof Paper>;
export const missingPapers = (papers: readonly Paper[]): z.infer<typeof DocumentKind>[] =>
  (['identity', 'application-form'] as const).filter((kind) => !papers.some((paper) => paper.kind === kind));

/** What one visitor of a home saw; a visit counts with the marks of two officers of one day. */
export const VisitMark = z.object({
  round: z.int().min(1),
  on: z.iso.date(),
  by: z.string(),
  role: Role,
  findings: z.string(),
  stillInNeed: z.array(z.string()),
  photos: z.array(z.string()),
});
export type VisitMark = z.output<typeof VisitMark>;

export const Opinion = z.object({
  recommend: z.enum(['approve', 'refuse']),
  aid: AidCode.optional(),
  programme: RegisterProgramme.optional(),
  amountFen: Fen,
  persons: z.int().min(0),
  month: Month,
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Opinion = z.output<typeof Opinion>;

const SealedText = z.string().transform((text) => text as Sealed);
export const Objection = z.object({
  publicityId: z.string(),
  at: z.iso.datetime(),
  by: z.string().meta({ description: '`public`, or the officer who recorded it.' }),
  text: z.string(),
  name: SealedText.optional(),
  phone: SealedText.optional(),
});
export type Objection = z.output<typeof Objection>;
export const objectionOwner = (publicityId: string): string => `objection/${publicityId}`;

export const Reconsideration = z.object({
  outcome: z.enum(['filed', 'upheld', 'revoked', 'withdrawn']),
  on: z.iso.date(),
  note: z.string(),
  by: z.string(),
});

/** How the applicant was told of the decision, and until when he may ask for it to be looked at again (A15). */
export const Notice = z.object({
  deliveredOn: z.iso.date(),
  manner: z.string(),
  reconsiderUntil: z.iso.date(),
  certain: z.boolean(),
});

export const Application = z.object({
  applicationNo: z.string(),
  state: ApplicationState,
  areaCode: AreaCode,
  receivedOn: z.iso.date(),
  facts: HouseholdFacts,
  factsVersion: z.int().min(1),
  identities: z.record(z.string(), Identity),
  account: Account.optional(),
  documents: z.array(Paper),
  relatedToOfficer: z.boolean(),
  urgent: z.boolean(),
  citizenId: z.string().optional(),
  /** Begins anew with every return to the survey. */
  round: z.int().min(1),
  check: z
    .object({
      requestId: z.string(),
      state: z.enum(['requested', 'returned']),
      validThrough: z.iso.date().optional(),
      differences: z.int().min(0).optional(),
    })
    .optional(),
  visits: z.array(VisitMark),
  opinion: Opinion.optional(),
  publicity: z.object({ publicityId: z.string(), opensOn: z.iso.date(), endsOn: z.iso.date() }).optional(),
  objections: z.array(Objection),
  decision: z
    .object({
      decision: z.enum(['approved', 'refused']),
      on: z.iso.date(),
      reasons: z.string(),
      by: z.string(),
      caseNo: z.string().optional(),
      approved: z.object({ amountFen: Fen, persons: z.int().min(0), from: Month }).optional(),
    })
    .optional(),
  notice: Notice.optional(),
  reconsiderations: z.array(Reconsideration),
  due: Due.optional(),
  steps: z.array(StepTaken),
  version: z.int().min(1),
});
export type Application = z.output<typeof Application>;

export type StepBy = Pick<Officer, 'id' | 'role'>;
/** The application one step further. What changes with the step is given; a step the state table does not know throws. */
export const withStep = (
  read: Application,
  taken: {
    readonly step: StepName;
    readonly by: StepBy;
    readonly at: string;
    readonly note?: string | undefined;
  },
  changes: Partial<Omit<Application, 'steps' | 'version' | 'applicationNo'>>,
): Application => {
  const next = { ...read, ...changes };
  if (!mayBecome(read.state, next.state)) throw new Error(`${read.state} does not become ${next.state}.`);
  const { step, by, at, note } = taken;
  return {
    ...next,
    factsVersion: next.facts === read.facts ? read.factsVersion : read.factsVersion + 1,
    steps: [...read.steps, { step, at, by: by.id, role: by.role, ...(note === undefined ? {} : { note }) }],
    version: read.version + 1,
  };
};

/** Back to the survey: the opinion falls, home and papers are looked at anew; what the registers answered stays valid. */
export const surveyedAnew = ({ round }: Application) =>
  ({
    state: 'accepted',
    round: round + 1,
    opinion: undefined,
    publicity: undefined,
    decision: undefined,
  }) as const;

/** Days of visits that two officers marked, with their marks. */
const visitsMade = (marks: readonly VisitMark[]): VisitMark[][] =>
  [...Map.groupBy(marks, ({ round, on }) => `${round} ${on}`).values()].filter(
    (day) => new Set(day.map(({ by }) => by)).size >= 2,
  );

/** Whether two officers saw the home in this round of the survey. */
export const isVisited = ({ visits, round }: Application): boolean =>
  visitsMade(visits.filter((mark) => mark.round === round)).length > 0;

/** Whether the district was one of two who saw the home: it must be when the applicant is an officer's relative (0.3.5). */
export const isVisitedByDistrict = ({ visits }: Application): boolean =>
  visitsMade(visits).some((day) => day.some(({ role }) => role === 'district-clerk'));

/** The members as the visitors of one day saw them: in need despite the allowance is who all of them found so (A36). */
export const asVisited = (facts: HouseholdFacts, day: readonly VisitMark[]): HouseholdFacts => {
  const members = facts.members.map((member): Member => {
    const stillInNeed = day.every(({ stillInNeed }) => stillInNeed.includes(member.memberId));
    return member.stillInNeed === stillInNeed ? member : { ...member, stillInNeed };
  });
  return members.every((member, index) => member === facts.members[index]) ? facts : { ...facts, members };
};

/** Whoever had a hand in an application may not decide on it; sending it back was no hand in it (0.3.5). */
export const hasHandled = ({ steps }: Pick<Application, 'steps'>, officerId: string): boolean =>
  steps.some(({ by, step }) => by === officerId && step !== 'returned');

/** Whether the answer of the registers may still be relied on. */
export const isCheckValid = ({ check }: Application, today: string): boolean =>
  check?.state === 'returned' && check.validThrough !== undefined && today <= check.validThrough;
