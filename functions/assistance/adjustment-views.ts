import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { Cause, Change } from './adjustment-change.ts';
import { Outcome } from './adjustment-outcome.ts';
import { DeterminationView } from './determination.ts';
import { RegisterProgramme, Verdict } from './evaluation.ts';

/** What the API shows of changes and reviews. */

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
