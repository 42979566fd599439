import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { fenFor, type ParameterSet } from '../../shared/parameter.ts';

export const BatchState = z.enum(['gathering', 'prepared', 'approved', 'issued', 'empty', 'rejected']).meta({
  id: 'BatchState',
  description:
    'gathering: lines of a supplement are being collected; prepared: waits for approval; approved: files are being written; issued; empty: nothing could be paid; rejected: sent back with its run.',
});
export type BatchState = z.infer<typeof BatchState>;

const Approval = z.object({ officerId: z.string(), name: z.string(), at: z.iso.datetime() });

/** Who opened a run on the schedule: nobody prepared it, so two officers must look at it. */
export const SCHEDULE = 'schedule';

/** What goes to the banks together: batch 1 is the run itself, each later one a supplement of lines that could not be paid before. */
export const Batch = z.object({
  runId: z.string(),
  batch: z.int().min(1),
  state: BatchState,
  lines: z.int().min(0),
  amountFen: z.int().min(0),
  /** Where the few lines of a supplement lie; those of the run itself lie in all of its towns. */
  towns: z.array(AreaCode).optional(),
  preparedBy: z.string(),
  preparedAt: z.iso.datetime(),
  approvalsNeeded: z.int().min(1),
  approvals: z.array(Approval),
  files: z.array(z.string()),
  version: z.int().min(1),
});
export type Batch = z.output<typeof Batch>;

/** Two approvers from the threshold on, and for a batch that nobody prepared; otherwise one (promise 5; threshold 待确认). */
export const approvalsNeeded = (
  parameters: ParameterSet,
  amountFen: number,
  preparedBy: string,
  month: Month,
): number =>
  preparedBy === SCHEDULE || amountFen >= fenFor(parameters, 'approval.second_approver_from', month) ? 2 : 1;

export type ApprovalRefusal = 'MAKER_IS_CHECKER' | 'APPROVED_ALREADY' | 'NOT_WAITING';

/** The batch with one approval more, or why this officer's approval does not count. */
export const approve = (batch: Batch, approval: z.infer<typeof Approval>): Batch | ApprovalRefusal => {
  if (batch.approvals.some(({ officerId }) => officerId === approval.officerId)) return 'APPROVED_ALREADY';
  if (batch.state !== 'prepared') return 'NOT_WAITING';
  if (batch.preparedBy === approval.officerId) return 'MAKER_IS_CHECKER';
  const approvals = [...batch.approvals, approval];
  return {
    ...batch,
    approvals,
    state: approvals.length >= batch.approvalsNeeded ? 'approved' : 'prepared',
    version: batch.version + 1,
  };
};
