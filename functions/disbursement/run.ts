import * as z from 'zod';
import { addDays } from '../../shared/clock.ts';
import { firstDayOf, Month } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import { Totals } from './totals.ts';

export const RunKind = z
  .enum(['regular'])
  .meta({ id: 'RunKind', description: 'regular: the monthly payment.' });
export type RunKind = z.infer<typeof RunKind>;

export const RunState = z
  .enum(['planning', 'planned', 'rejected', 'approved', 'issued', 'closing', 'closed'])
  .meta({
    id: 'RunState',
    description:
      'planning: lines are being written; planned: waits for approval; rejected: sent back, never paid; approved: files are being written; issued: files are with the banks; closing: unpaid lines are being carried over; closed.',
  });
export type RunState = z.infer<typeof RunState>;

export const runStateNames: Record<RunState, string> = {
  planning: '编制中',
  planned: '待审批',
  rejected: '已退回',
  approved: '已审批',
  issued: '已报盘',
  closing: '结转中',
  closed: '已关账',
};

/** The states from which each step may be taken. The same table makes the database's condition, so the database enforces it. */
export const priorStates = {
  planned: ['planning'],
  rejected: ['planned'],
  approved: ['planned'],
  issued: ['approved'],
  closing: ['issued'],
  closed: ['closing'],
} as const satisfies Partial<Record<RunState, readonly RunState[]>>;
export type RunStep = keyof typeof priorStates;

/** A difference from last month's run that is larger than the tolerance. */
const Deviation = z.object({
  lines: z.int(),
  previousLines: z.int(),
  amountFen: z.int(),
  previousAmountFen: z.int(),
});

/** One programme's payment for one month. `asOf` freezes the roster: what is recorded later is next month's matter. */
export const Run = z.object({
  runId: z.string(),
  programme: ProgrammeCode,
  month: Month,
  kind: RunKind,
  attempt: z.int().min(1),
  state: RunState,
  asOf: z.iso.datetime(),
  openedBy: z.string(),
  shards: z.int().min(1),
  rejectedRuns: z.array(z.string()),
  previousRunId: z.string().optional(),
  openBatch: z.int().optional(),
  batches: z.int().min(0),
  planned: Totals.optional(),
  deviation: Deviation.optional(),
  rejection: z.object({ reason: z.string(), officerId: z.string(), at: z.iso.datetime() }).optional(),
  carriedLines: z.int().optional(),
  carriedFen: z.int().optional(),
  version: z.int().min(1),
});
export type Run = z.output<typeof Run>;

/** Deterministic, so that opening a run twice is opening it once; a rejected run is followed by the next attempt. */
export const runIdOf = (programme: ProgrammeCode, month: Month, kind: RunKind, attempt: number): string =>
  `${month}-${programme}-${kind}${attempt === 1 ? '' : `-${attempt}`}`;

/** The day the banks pay: the 10th of the benefit month (rulebook A07), as `yyyy-mm-dd`. */
export const payDateOf = (parameters: ParameterSet, month: Month): string =>
  addDays(firstDayOf(month), numberFor(parameters, 'dibao.pay_day', month) - 1);

/** Compares with last month; undefined when lines and amount are both within tolerance, or there is nothing to compare with. */
export const deviationFrom = (
  parameters: ParameterSet,
  previous: Totals | undefined,
  now: Totals,
  month: Month,
): z.infer<typeof Deviation> | undefined => {
  if (!previous || previous.lines === 0) return undefined;
  const tolerance = numberFor(parameters, 'payment.run_tolerance', month);
  const beyond = (a: number, b: number) => Math.abs(a - b) * 100 > b * tolerance;
  if (!beyond(now.lines, previous.lines) && !beyond(now.amountFen, previous.amountFen)) return undefined;
  return {
    lines: now.lines,
    previousLines: previous.lines,
    amountFen: now.amountFen,
    previousAmountFen: previous.amountFen,
  };
};
