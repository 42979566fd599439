import * as z from 'zod';

/**
 * What an approver decided about a held or returned line. It counts for the batch the line stood in then: should the bank
 * send the line back once more, it needs a new decision, so that nothing is re-sent silently (rulebook I.6).
 */
export const LineDecision = z.object({
  lineId: z.string(),
  batch: z.int().min(1),
  decision: z.enum(['pay', 'withdraw']),
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: z.iso.datetime(),
  version: z.int().min(1),
});
export type LineDecision = z.infer<typeof LineDecision>;
