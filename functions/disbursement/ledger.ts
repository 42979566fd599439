import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { ProgrammeCode } from '../../shared/programme.ts';

/** 补发 is owed to the household, 抵扣 by it. */
export const LedgerKind = z.enum(['arrears', 'recovery']);
export type LedgerKind = z.infer<typeof LedgerKind>;

/** How much of an entry is for which benefit month. */
const MonthAmount = z.object({ month: Month, amountFen: z.int() });
export type MonthAmount = z.output<typeof MonthAmount>;

/** An amount owed one way or the other, why, and how much of it each run took up. */
export const LedgerEntry = z.object({
  entryId: z.string(),
  programme: ProgrammeCode,
  caseNo: z.string(),
  areaCode: AreaCode,
  kind: LedgerKind,
  amountFen: Fen,
  reason: z.string().min(1),
  origin: z.string(),
  months: z.array(MonthAmount).optional(),
  reckonedBy: z
    .string()
    .optional()
    .meta({ description: 'The run that reckoned it; when that run is sent back, the entry is void.' }),
  recordedAt: z.iso.datetime(),
  recordedBy: z.string(),
  version: z.int().min(1),
  applied: z.record(z.string(), z.int().min(0)).meta({ description: 'Amount (分) by run.' }),
});
export type LedgerEntry = z.output<typeof LedgerEntry>;

/**
 * What a run may take up of an entry: its amount less what other runs took, except runs that were rejected and never paid.
 * Nothing of an entry that a rejected run reckoned, for the next attempt has reckoned it anew.
 */
export const openFen = (entry: LedgerEntry, runId: string, rejectedRuns: readonly string[]): number =>
  entry.reckonedBy !== undefined && rejectedRuns.includes(entry.reckonedBy)
    ? 0
    : Object.entries(entry.applied).reduce<number>(
        (open, [otherRun, fen]) =>
          otherRun === runId || rejectedRuns.includes(otherRun) ? open : open - fen,
        entry.amountFen,
      );

/** One part of a payment line: the month's own amount, or a ledger entry it takes up; recoveries are negative. */
export const LineComponent = z.object({
  kind: z.enum(['regular', 'arrears', 'recovery']),
  amountFen: z.int(),
  entryId: z.string().optional(),
});
export type LineComponent = z.infer<typeof LineComponent>;

/**
 * The parts of one case's payment: the month's amount, all open arrears, and recoveries up to what there is to pay, oldest
 * first. What a recovery could not take stays open for the next run; a payment is never below zero. What this run is
 * already recorded to have taken stands, so planning a shard twice gives the same lines.
 */
export const composePayment = (
  regularFen: number,
  entries: readonly LedgerEntry[],
  run: { readonly runId: string; readonly asOf: Instant; readonly rejectedRuns: readonly string[] },
): { readonly amountFen: number; readonly components: readonly LineComponent[] } => {
  const known = entries
    .filter((entry) => entry.recordedAt <= run.asOf)
    .toSorted((a, b) => (`${a.recordedAt}${a.entryId}` < `${b.recordedAt}${b.entryId}` ? -1 : 1));
  const components: LineComponent[] = regularFen > 0 ? [{ kind: 'regular', amountFen: regularFen }] : [];
  let amountFen = regularFen;
  for (const kind of ['arrears', 'recovery'] as const) {
    for (const entry of known.filter((candidate) => candidate.kind === kind)) {
      const open = openFen(entry, run.runId, run.rejectedRuns);
      const taken = entry.applied[run.runId] ?? (kind === 'arrears' ? open : Math.min(open, amountFen));
      if (taken <= 0) continue;
      amountFen += kind === 'arrears' ? taken : -taken;
      components.push({ kind, amountFen: kind === 'arrears' ? taken : -taken, entryId: entry.entryId });
    }
  }
  return { amountFen, components };
};
