import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened in social assistance. Ids and changed facts only: no names, identity numbers or case narratives. */
const source = 'assistance';

const fen = z.int();
const count = z.int().min(0);
const month = z.string().regex(/^\d{4}-\d{2}$/);

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `assistance.${name}`, version: 1, source, summary, data: z.object(data) });

const held = z.object({
  amountFen: fen,
  persons: count,
  areaCode: z.string().optional().meta({ description: 'If it has moved since.' }),
});

export const DeterminationsMade = define(
  'determinations-made',
  'Cases were determined anew; payments follow from the month each begins.',
  {
    origin: z.string(),
    handover: z
      .string()
      .optional()
      .meta({ description: 'The object that tells payments who is paid and where to, by case number.' }),
    determinations: z.array(
      z.object({
        programme: z.string(),
        caseNo: z.string(),
        number: count.meta({ description: 'Of the case; a later one has a higher number.' }),
        kind: z.string(),
        reason: z.string(),
        from: month,
        to: month.optional().meta({ description: 'The last month, of one-off aid.' }),
        amountFen: fen,
        persons: count,
        areaCode: z.string(),
        before: held.optional().meta({
          description: 'What held in its first month until then; absent off the register.',
        }),
        later: z
          .array(z.object({ from: month, held: held.optional() }))
          .optional()
          .meta({
            description: 'What held from later months and no longer does. Without `held`: off the register.',
          }),
        payeeOf: z.string().optional().meta({
          description: 'The programme whose entitlement of this case number says who is paid.',
        }),
      }),
    ),
  },
);

const applicationNo = z.string();

export const ApplicationStepTaken = define(
  'application-step-taken',
  'An application went one step: submitted, accepted, surveyed, published, forwarded, decided.',
  {
    applicationNo,
    areaCode: z.string(),
    step: z.string(),
    state: z.string().meta({ description: 'Where it stands after the step.' }),
    by: z.string(),
    dueOn: z.iso.date().optional().meta({ description: 'When the next step is due.' }),
  },
);

export const IncomeCheckRequested = define(
  'income-check-requested',
  'A township asks the registers what they know of the means of a household.',
  { requestId: z.string(), applicationNo, memberIds: z.array(z.string()), registers: z.array(z.string()) },
);

export const PublicityOpened = define(
  'publicity-opened',
  'What is proposed for a household is published in its village.',
  {
    publicityId: z.string(),
    applicationNo,
    areaCode: z.string(),
    programme: z.string(),
    amountFen: fen,
    persons: count,
    endsOn: z.iso.date(),
  },
);

export const ObjectionRaised = define(
  'objection-raised',
  'Somebody objected to what was published; the household is surveyed anew.',
  { publicityId: z.string(), applicationNo, areaCode: z.string(), by: z.string(), handleBy: z.iso.date() },
);

export const ApplicationDecided = define('application-decided', 'An application was approved or refused.', {
  applicationNo,
  areaCode: z.string(),
  decision: z.enum(['approved', 'refused']),
  programme: z.string().optional(),
  caseNo: z.string().optional(),
  amountFen: fen.optional(),
  persons: count.optional(),
  decidedBy: z.string(),
});

export const ReferralMade = define(
  'referral-made',
  'One application, many programmes: the owner of another programme is told of a household it may help (一件事).',
  {
    applicationNo,
    areaCode: z.string(),
    programme: z.string(),
    urgent: z.boolean().meta({ description: 'The household cannot wait for the decision (A19).' }),
  },
);

export const ApplicationDataShown = define(
  'application-data-shown',
  'An officer or system saw sealed fields of an application unmasked, for a stated reason.',
  { applicationNo, fields: z.array(z.string()), shownTo: z.string() },
);

// The register.

const caseNo = z.string();
const adjustmentId = z.string();
const importId = z.string();

export const AdjustmentProposed = define(
  'adjustment-proposed',
  'A change or a review of a case was proposed and waits for a second officer.',
  {
    adjustmentId,
    caseNo,
    programme: z.string(),
    areaCode: z.string(),
    cause: z.string(),
    kind: z.string().meta({ description: 'What it would determine: new, increase, …, or none.' }),
    from: month,
    proposedBy: z.string(),
  },
);

export const AdjustmentDecided = define(
  'adjustment-decided',
  'A proposed change or review of a case was approved, rejected or withdrawn.',
  {
    adjustmentId,
    caseNo,
    decision: z.enum(['approved', 'rejected', 'withdrawn']),
    decidedBy: z.string(),
  },
);

export const CaseReviewed = define(
  'case-reviewed',
  'A household was looked at again; what changed, if anything, is told by its determinations.',
  {
    caseNo,
    programme: z.string(),
    areaCode: z.string(),
    adjustmentId,
    kind: z.string(),
    nextReview: month.optional().meta({ description: 'Absent when the household has left the register.' }),
  },
);

export const CaseDataShown = define(
  'case-data-shown',
  'An officer saw sealed fields of a case unmasked, for a stated reason.',
  { caseNo, memberId: z.string(), fields: z.array(z.string()), shownTo: z.string() },
);

export const RegisterReceived = define(
  'register-received',
  'The file of an existing register was handed in; it is checked next, and nothing is recorded yet.',
  { importId, receivedBy: z.string() },
);

export const RegisterChecked = define(
  'register-checked',
  'The file of an existing register was checked and waits for a second officer.',
  { importId, households: count, persons: count, refused: count },
);

export const RegisterRefused = define(
  'register-refused',
  'The file of an existing register could not be read, or is no longer the one that was checked.',
  { importId },
);

export const RegisterDecided = define(
  'register-decided',
  'An officer accepted or rejected a checked register.',
  { importId, decision: z.enum(['accepted', 'rejected']), decidedBy: z.string() },
);

export const RegisterApplied = define(
  'register-applied',
  'The households of an existing register are cases now; their determinations were announced group by group.',
  { importId, recorded: count, unchanged: count, different: count },
);

const sweep = { sweepId: z.string(), kind: z.string(), month };

export const SweepStarted = define(
  'sweep-started',
  'A job over the whole register was started; what it would change is being reckoned.',
  { ...sweep, startedBy: z.string() },
);

export const SweepPlanned = define(
  'sweep-planned',
  'It is known what a sweep would change; it waits for two approvals.',
  {
    ...sweep,
    households: count,
    persons: count,
    beforeFen: fen,
    afterFen: fen,
    apartHouseholds: count.meta({ description: 'Listed apart, because they would lose.' }),
  },
);

export const SweepChecked = define('sweep-checked', 'The first of two officers approved a sweep.', {
  ...sweep,
  checkedBy: z.string(),
});

export const SweepApproved = define(
  'sweep-approved',
  'The second officer approved a sweep; it is being applied household by household.',
  { ...sweep, approvedBy: z.string() },
);

export const SweepRejected = define('sweep-rejected', 'A sweep was sent back, or replaced by a newer one.', {
  ...sweep,
  rejectedBy: z.string(),
});

export const SweepApplied = define('sweep-applied', 'A sweep has reached every household.', {
  ...sweep,
  households: count,
  persons: count,
  beforeFen: fen,
  afterFen: fen,
  skipped: count,
});

export const PriceIndexRecorded = define(
  'price-index-recorded',
  'The price indices of a month were entered; a second officer has to confirm them.',
  {
    month,
    cpiPercent: z.number(),
    foodPercent: z.number(),
    scpiPercent: z.number().optional(),
    recordedBy: z.string(),
  },
);

export const PriceIndexApproved = define(
  'price-index-approved',
  'The price indices of a month were confirmed; with them it is settled whether aid is due.',
  {
    month,
    cpiPercent: z.number(),
    foodPercent: z.number(),
    scpiPercent: z.number().optional(),
    triggered: z.boolean(),
    perPersonFen: fen.optional(),
    approvedBy: z.string(),
  },
);
