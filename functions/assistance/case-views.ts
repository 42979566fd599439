import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { masked } from '../../shared/request-parts.ts';
import { CaseState } from './case.ts';
import { DeterminationView } from './determination.ts';
import { RegisterProgramme, Verdict } from './evaluation.ts';
import { HouseholdFacts, NotCounted, Relation } from './facts.ts';

/** What the API shows of the register. Names in full, numbers masked (rulebook I.7, staff list). */

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
