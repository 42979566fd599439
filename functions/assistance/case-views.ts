import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { masked } from '../../shared/request-parts.ts';
import { Cause, Change } from './adjustment-change.ts';
import { Outcome } from './adjustment-outcome.ts';
import { CaseState } from './case.ts';
import { Determination } from './determination.ts';
import { RegisterProgramme, Verdict } from './evaluation.ts';
import { HouseholdFacts, NotCounted, Relation } from './facts.ts';

/** What the API shows of the register. Names in full, numbers masked (rulebook I.7, staff list). */

export const CaseNo = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ['330702-DB-2021-000001'] });

export const CaseRow = z
  .object({
    caseNo: z.string(),
    programme: RegisterProgramme,
    state: CaseState,
    stateName: z.string().meta({ examples: ['在册'] }),
    single: z.boolean(),
    areaCode: AreaCode,
    areaName: z.string(),
    head: z.string().meta({ description: 'Name of the head.' }),
    identityNumber: masked('330702********1234'),
    persons: z.int(),
    amountFen: Fen,
    reviewMonth: Month.optional(),
    openAdjustment: z.string().optional(),
  })
  .meta({ id: 'CaseRow' });

export const MemberView = z.object({
  memberId: z.string(),
  relation: Relation,
  relationName: z.string().meta({ examples: ['户主'] }),
  name: z.string(),
  identityNumber: masked('330702********1234'),
  phone: masked('138****1234').optional(),
  notCounted: NotCounted.optional(),
});

export const DeterminationView = Determination.extend({
  kindName: z.string().meta({ examples: ['增发'] }),
  reasonName: z.string().meta({ examples: ['收入变化'] }),
}).meta({ id: 'DeterminationView' });

export const CaseView = CaseRow.omit({ head: true, identityNumber: true })
  .extend({
    members: z.array(MemberView),
    bank: z.string().optional(),
    account: masked('****1234').optional(),
    accountName: z.string().optional(),
    facts: HouseholdFacts,
    factsVersion: z.int(),
    determinations: z.array(DeterminationView).meta({ description: 'Oldest first.' }),
    inForce: DeterminationView.optional().meta({ description: 'For the present month.' }),
    reviewClass: z.enum(['stable', 'middle', 'unstable']),
    relatedToOfficer: z.boolean(),
    applicationNo: z.string().optional(),
    version: z.int(),
  })
  .meta({ id: 'Case' });

export const CaseExplanation = z
  .object({
    caseNo: z.string(),
    month: Month,
    determination: DeterminationView,
    verdict: Verdict.meta({
      description:
        'Reckoned again from the facts and by the numbers that were known when the determination was made.',
    }),
    agrees: z.boolean().meta({ description: 'Whether it comes to what was determined.' }),
    remark: z.string().optional().meta({ description: 'In Chinese, when it does not: why that may be.' }),
    decidedBy: z.object({ maker: z.string(), checkers: z.array(z.string()), at: z.iso.datetime() }),
  })
  .meta({ id: 'CaseExplanation' });

export const ReviewDue = CaseRow.extend({
  reviewMonth: Month,
  overdue: z.boolean(),
}).meta({ id: 'ReviewDue' });

const Counted = {
  households: z.int().meta({ description: 'On the register, gradual exit included.' }),
  gradualExit: z.int(),
  persons: z.int(),
  amountFen: z.int().meta({ description: 'A month, by the newest determinations.' }),
};
export const RegisterCounts = z
  .object({
    areaCode: AreaCode,
    programmes: z.array(z.object({ programme: RegisterProgramme, ...Counted })),
    towns: z.array(
      z.object({ areaCode: AreaCode, areaName: z.string(), programme: RegisterProgramme, ...Counted }),
    ),
  })
  .meta({ id: 'RegisterCounts' });

export const AdjustmentState = z.enum(['proposed', 'approved', 'rejected', 'withdrawn']).meta({
  id: 'AdjustmentState',
});
export type AdjustmentState = z.infer<typeof AdjustmentState>;

export const AdjustmentRow = z
  .object({
    adjustmentId: z.string(),
    caseNo: z.string(),
    programme: RegisterProgramme,
    areaCode: AreaCode,
    cause: Cause,
    causeName: z.string().meta({ examples: ['成员死亡'] }),
    state: AdjustmentState,
    from: Month,
    outcome: Outcome,
    proposedBy: z.string(),
    proposedAt: z.iso.datetime(),
    dueOn: z.iso
      .date()
      .optional()
      .meta({ description: 'By when it must be decided (B09), if a rule says so.' }),
    dueCertain: z.boolean().optional().meta({
      description: 'False when the calendar of working days is not known that far.',
    }),
    decidedBy: z.string().optional(),
    decidedAt: z.iso.datetime().optional(),
    newCaseNo: z.string().optional().meta({ description: 'The case the household went over to.' }),
  })
  .meta({ id: 'AdjustmentRow' });

export const AdjustmentView = AdjustmentRow.extend({
  reason: z.string(),
  documents: z.array(z.object({ kind: z.string(), sha256: z.string() })),
  change: Change,
  before: Verdict.meta({ description: 'By the facts as they were.' }),
  after: Verdict.meta({ description: 'By the facts as they would be.' }),
  determinedBefore: DeterminationView.optional().meta({ description: 'In force for the first month.' }),
  decisionReason: z.string().optional(),
  letter: z
    .string()
    .optional()
    .meta({ description: 'The written decision of a stop, to be handed out (A11, A15).' }),
}).meta({ id: 'Adjustment' });
