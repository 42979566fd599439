import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { masked } from '../../shared/request-parts.ts';
import { Assessment, Level } from './explanation.ts';
import {
  CaseNo,
  CaseState,
  Cause,
  Due,
  Grade,
  PaymentMethod,
  Receipt,
  Register,
  ReliefKind,
  Residence,
  Settlement,
} from './relief-case.ts';

/** What the API shows of cases. Names only where a case is read or listed; numbers masked (rulebook I.7). */

const summary = {
  caseNo: CaseNo,
  state: CaseState,
  stateName: z.string().meta({ description: 'In Chinese.', examples: ['公示中'] }),
  areaCode: AreaCode,
  form: z.enum(['family', 'individual']),
  kind: ReliefKind,
  kindName: z.string(),
  persons: z.int(),
  urgent: z.boolean(),
  grade: Grade.optional(),
  amountFen: Fen,
  method: PaymentMethod,
  due: Due.optional(),
};
/** Names nobody, so an answer to a command may be kept for its idempotency key. */
export const CaseSummaryView = z.object(summary).meta({ id: 'ReliefCaseSummary' });

export const CaseListedView = z
  .object({
    ...summary,
    name: z.string(),
    identityNumber: masked('330702********1234'),
    openedAt: z.iso.datetime(),
  })
  .meta({ id: 'ReliefCaseListed' });

const ActView = z.object({ at: z.iso.datetime(), by: z.string() });
const PersonView = z.object({ name: z.string(), identityNumber: masked('330702********1234') });
const SpendingView = ActView.extend({
  method: PaymentMethod,
  methodName: z.string(),
  amountFen: Fen,
  reserveYear: z.int(),
  receipt: Receipt.optional(),
});

const DecisionView = ActView.extend({
  approved: z.boolean(),
  level: Level,
  month: z.string(),
  reason: z.string(),
  exceptionReason: z.string().optional(),
  notice: z
    .string()
    .meta({ description: 'What the letter to the applicant says, with the right to reconsideration.' }),
}).meta({ id: 'ReliefDecision' });

export const CaseView = z
  .object({
    ...summary,
    causeName: z.string(),
    cause: Cause,
    causeDate: z.iso.date(),
    description: z.string(),
    residence: Residence,
    register: Register.optional(),
    special: z.boolean(),
    applicant: PersonView.extend({ phone: masked('138****1234').optional() }),
    members: z.array(PersonView),
    account: z
      .object({
        account: masked('****1234'),
        accountName: z.string(),
        bank: z.string(),
        isBeneficiarys: z.boolean(),
      })
      .optional(),
    opened: ActView,
    accepted: ActView.optional(),
    survey: ActView.extend({ surveyors: z.array(z.string()), photoSha256: z.string().optional() }).optional(),
    opinion: ActView.extend({ agrees: z.boolean(), note: z.string() }).optional(),
    publicity: ActView.extend({
      publicityId: z.string(),
      from: z.iso.date(),
      to: z.iso.date(),
      certain: z.boolean(),
      photoSha256: z.string(),
      amountFen: Fen,
    }).optional(),
    objections: z.array(ActView.extend({ text: z.string() })),
    returns: z.array(ActView.extend({ reason: z.string() })),
    submission: ActView.optional(),
    check: ActView.extend({ passes: z.boolean(), note: z.string() }).optional(),
    decision: DecisionView.optional(),
    advance: SpendingView.optional(),
    payment: SpendingView.optional(),
    settlement: Settlement.optional().meta({ description: 'What the bank made of it, for 银行代发.' }),
    refunds: z.array(ActView.extend({ amountFen: Fen, reason: z.string() })),
    supplement: ActView.optional(),
    closure: ActView.optional(),
    assessment: Assessment.meta({
      description: 'By today’s numbers, or those of the day of the decision or advance once there is one.',
    }),
  })
  .meta({ id: 'ReliefCase' });

export const DueView = z
  .object({
    areaCode: AreaCode,
    what: z.string().meta({ description: 'The step, or `finding`.', examples: ['submit'] }),
    whatName: z.string().meta({ examples: ['公示期满后上报'] }),
    id: z.string().meta({ description: 'A case number, or the id of a finding.' }),
    date: z.iso.date(),
    certain: z.boolean().meta({ description: 'False when the holidays of the year are not announced yet.' }),
    overdue: z.boolean(),
  })
  .meta({ id: 'ReliefDueItem' });

export const PublicityView = z
  .object({
    publicityId: z.string(),
    applicant: z
      .string()
      .meta({ description: 'An adult’s name; of a minor the surname alone.', examples: ['王*'] }),
    village: z.string(),
    persons: z.int(),
    amountFen: Fen,
    from: z.iso.date(),
    to: z.iso.date().meta({ description: 'The last day; afterwards the page is gone.' }),
    objections: z.string().meta({ description: 'Where to object, in Chinese.' }),
  })
  .meta({ id: 'ReliefPublicity' });
