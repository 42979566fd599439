import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import type { Sealed } from '../../shared/seal.ts';
import { Assessment, Level } from './explanation.ts';

/** One application for temporary relief (临时救助) and everything that was done with it. */

/** 急难型: struck by an emergency (C02). 支出型: an expense beyond the means of a household on the register (C03). */
export const ReliefKind = z.enum(['emergency', 'expenditure']).meta({ id: 'ReliefKind' });
export type ReliefKind = z.infer<typeof ReliefKind>;
export const kindNames: Readonly<Record<ReliefKind, string>> = { emergency: '急难型', expenditure: '支出型' };

/** Why (C02, C03). */
export const Cause = z
  .enum(['fire', 'traffic-accident', 'serious-illness', 'education', 'disaster', 'other'])
  .meta({ id: 'ReliefCause' });
export type Cause = z.infer<typeof Cause>;
export const causeNames: Readonly<Record<Cause, string>> = {
  fire: '火灾',
  'traffic-accident': '交通事故',
  'serious-illness': '重大疾病',
  education: '子女教育',
  disaster: '自然灾害',
  other: '其他突发困难',
};

/** The grades townships assess by (C05). */
export const Grade = z.enum(['moderate', 'hard', 'severe']).meta({ id: 'ReliefGrade' });
export type Grade = z.infer<typeof Grade>;
export const gradeNames: Readonly<Record<Grade, string>> = {
  moderate: '比较困难',
  hard: '困难',
  severe: '特别困难',
};

/** Through the month's bank run, or from the township's reserve: to the account, in cash or in goods (C13). */
export const PaymentMethod = z
  .enum(['bank', 'reserve-transfer', 'cash', 'goods'])
  .meta({ id: 'ReliefPaymentMethod' });
export type PaymentMethod = z.infer<typeof PaymentMethod>;
export const methodNames: Readonly<Record<PaymentMethod, string>> = {
  bank: '银行代发',
  'reserve-transfer': '备用金转账',
  cash: '现金',
  goods: '实物',
};
export const needsAccount = (method: PaymentMethod): boolean =>
  method === 'bank' || method === 'reserve-transfer';
/** What was handed over is proved by a signature or a photo (C13). */
export const needsReceipt = (method: PaymentMethod): boolean => method === 'cash' || method === 'goods';

export const CaseState = z
  .enum([
    'draft',
    'accepted',
    'surveyed',
    'first-opinion',
    'publicity',
    'submitted',
    'approved',
    'rejected',
    'paid',
    'returned',
    'paid-in-advance',
    'supplemented',
    'closed',
    'withdrawn',
  ])
  .meta({ id: 'ReliefCaseState' });
export type CaseState = z.infer<typeof CaseState>;
export const stateNames: Readonly<Record<CaseState, string>> = {
  draft: '待受理',
  accepted: '已受理',
  surveyed: '已入户调查',
  'first-opinion': '已初审',
  publicity: '公示中',
  submitted: '已上报',
  approved: '已批准',
  rejected: '不予批准',
  paid: '已支付',
  returned: '银行退回',
  'paid-in-advance': '已先行救助',
  supplemented: '已补办手续',
  closed: '已办结',
  withdrawn: '已撤回',
};

/**
 * The states from which each may follow. An objection or a return leads back to `accepted`; a first opinion against the case
 * goes to the district without publicity; small amounts are decided in the township straight after it (C06–C08). What the
 * bank pays it may send back, also late.
 */
export const priorStates = {
  accepted: ['draft', 'publicity', 'submitted'],
  surveyed: ['accepted'],
  'first-opinion': ['surveyed'],
  publicity: ['first-opinion'],
  submitted: ['first-opinion', 'publicity'],
  approved: ['publicity', 'submitted'],
  rejected: ['publicity', 'submitted'],
  paid: ['approved', 'returned'],
  returned: ['approved', 'paid', 'closed'],
  'paid-in-advance': ['accepted'],
  supplemented: ['paid-in-advance'],
  closed: ['paid', 'supplemented'],
  withdrawn: ['draft', 'accepted', 'surveyed', 'first-opinion', 'publicity', 'submitted'],
} as const satisfies Partial<Record<CaseState, readonly CaseState[]>>;

export const canBecome = ({ state }: Pick<ReliefCase, 'state'>, next: keyof typeof priorStates): boolean =>
  (priorStates[next] as readonly CaseState[]).includes(state);

const SealedText = z.string().transform((text) => text as Sealed);
const Act = z.object({ at: z.iso.datetime(), by: z.string() });
export type Act = z.output<typeof Act>;

/** Somebody the relief is for; `person` is the blind index of the identity number. */
export const Beneficiary = z.object({ name: SealedText, identityNumber: SealedText, person: z.string() });
export type Beneficiary = z.output<typeof Beneficiary>;

/** Whom the law helps here (C01): of the province, with a residence permit, or in trouble on the way through. */
export const Residence = z
  .enum(['registered', 'residence-permit', 'passing-through'])
  .meta({ id: 'ReliefResidence' });
export const residenceNames: Readonly<Record<z.infer<typeof Residence>, string>> = {
  registered: '本省户籍',
  'residence-permit': '持居住证',
  'passing-through': '在本地遇困的流动人口',
};

/** The household's place on the register, as the desk says it. `pending`: its application is still under way (A19). */
export const Register = z.object({
  programme: z.enum(['dibao', 'edge', 'destitute']),
  caseNo: z.string().min(1).max(64),
  pending: z.boolean().default(false),
});
export const registerNames = { dibao: '低保', edge: '低保边缘', destitute: '特困' } as const;

export const Account = z.object({
  account: SealedText,
  accountName: SealedText,
  bank: z.string(),
  isBeneficiarys: z
    .boolean()
    .meta({ description: 'Whether the holder is one of those who are helped (C12).' }),
});

/** SHA-256 of a photo or a scanned signature that lies in the file; whoever doubts it compares. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, '应为64位小写十六进制的SHA-256值');

export const Receipt = z.object({
  proof: z.enum(['signature', 'photo']),
  sha256: Sha256,
  handedOverOn: z.iso.date(),
  receivedBy: z
    .enum(['applicant', 'member', 'agent'])
    .default('applicant')
    .meta({ description: 'An agent (代领人) is nobody who is helped.' }),
  goods: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'What was handed over, for goods.' }),
});
export type Receipt = z.output<typeof Receipt>;

const DueKind = z
  .enum(['advance', 'survey', 'submit', 'approve', 'pay', 'supplement', 'close'])
  .meta({ id: 'ReliefDueKind' });
/** What must be done next and by when; not `certain` in years whose holidays are not announced yet. */
export const Due = z.object({ what: DueKind, date: z.iso.date(), certain: z.boolean() });
export type Due = z.output<typeof Due>;

const Survey = Act.extend({ surveyors: z.array(z.string()).length(2), photoSha256: Sha256.optional() });
const Spending = Act.extend({
  method: PaymentMethod,
  amountFen: Fen,
  reserveYear: z.int(),
  receipt: Receipt.optional(),
});

/** The answer of the bank for one case, as payments told it. */
export const Settlement = z.object({
  at: z.iso.datetime(),
  outcome: z.enum(['paid', 'returned']),
  runId: z.string(),
  month: Month,
  amountFen: Fen.optional().meta({ description: 'What was paid; a return does not say it.' }),
});
export type Settlement = z.output<typeof Settlement>;

export const ReliefCase = z.object({
  caseNo: z.string(),
  version: z.int().min(1),
  state: CaseState,
  areaCode: AreaCode,
  form: z.enum(['family', 'individual']),
  kind: ReliefKind,
  cause: Cause,
  causeDate: z.iso.date(),
  description: SealedText,
  urgent: z.boolean(),
  residence: Residence,
  register: Register.optional(),
  applicant: Beneficiary.extend({ phone: SealedText.optional() }),
  members: z.array(Beneficiary).meta({ description: 'Further persons who are helped.' }),
  method: PaymentMethod,
  account: Account.optional(),
  grade: Grade.optional(),
  special: z.boolean().default(false),
  amountFen: Fen.meta({ description: 'As last proposed, or as decided.' }),
  due: Due.optional(),

  opened: Act,
  accepted: Act.optional(),
  survey: Survey.optional(),
  opinion: Act.extend({ agrees: z.boolean(), note: SealedText }).optional(),
  publicity: Act.extend({
    publicityId: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    certain: z.boolean(),
    photoSha256: Sha256,
    amountFen: Fen,
  }).optional(),
  objections: z.array(Act.extend({ text: SealedText })).default([]),
  returns: z.array(Act.extend({ reason: SealedText })).default([]),
  submission: Act.optional(),
  check: Act.extend({ passes: z.boolean(), note: SealedText }).optional(),
  decision: Act.extend({
    approved: z.boolean(),
    level: Level,
    month: Month,
    reason: SealedText,
    exceptionReason: SealedText.optional(),
    assessment: Assessment,
  }).optional(),
  advance: Spending.extend({ assessment: Assessment, papersDue: z.iso.date() }).optional(),
  payment: Spending.optional(),
  settlement: Settlement.optional(),
  refunds: z.array(Act.extend({ amountFen: Fen, reason: SealedText })).default([]),
  supplement: Act.optional(),
  closure: Act.optional(),
});
export type ReliefCase = z.output<typeof ReliefCase>;

export const personsOf = ({ members }: Pick<ReliefCase, 'members'>): number => 1 + members.length;
export const indexesOf = ({ applicant, members }: ReliefCase): string[] => [
  ...new Set([applicant, ...members].map(({ person }) => person)),
];
export const refundedFen = ({ refunds }: Pick<ReliefCase, 'refunds'>): number =>
  refunds.reduce((sum, { amountFen }) => sum + amountFen, 0);

/** `330702-LS-2021-000001` (rulebook N). */
export const caseNoOf = (division: string, year: string, place: number): string =>
  `${division}-LS-${year}-${String(place).padStart(6, '0')}`;
export const CaseNo = z
  .string()
  .regex(/^\d{6}-LS-\d{4}-\d{6}$/)
  .meta({ id: 'ReliefCaseNo', examples: ['330702-LS-2021-000001'] });
