import * as z from 'zod';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import type { Role } from '../../shared/role.ts';
import { RegisterProgramme } from './evaluation.ts';
import { AppliedTotals, PlannedTotals } from './sweep-totals.ts';

/**
 * One job over every household of the register (ADR 0012). standard: a rule number changed; full-amount: old members whom
 * nobody can support get the full standard (rulebook A33, A34); festival and price: aid once to everybody on the register
 * (E01–E03, E10–E13).
 */
export const SweepKind = z.enum(['standard', 'full-amount', 'festival', 'price']).meta({ id: 'SweepKind' });
export type SweepKind = z.infer<typeof SweepKind>;
export const sweepKindNames: Readonly<Record<SweepKind, string>> = {
  standard: '标准调整重新核定',
  'full-amount': '高龄无供养能力全额保障',
  festival: '节日补助',
  price: '价格临时补贴',
};

export const SweepState = z.enum(['planning', 'planned', 'checked', 'applying', 'done', 'rejected']).meta({
  id: 'SweepState',
  description:
    'planning: households are being reckoned; planned: waits for the section chief; checked: waits for the bureau leader; applying: approved twice, determinations are being written; done: also when there was nothing to change; rejected: nothing is written.',
});
export type SweepState = z.infer<typeof SweepState>;
export const sweepStateNames: Readonly<Record<SweepState, string>> = {
  planning: '测算中',
  planned: '待科长审核',
  checked: '待分管局长审批',
  applying: '执行中',
  done: '已完成',
  rejected: '已退回',
};

/** The states from which each step may be taken; the same table makes the database's condition. */
export const sweepPriorStates = {
  planned: ['planning'],
  checked: ['planned'],
  applying: ['checked'],
  // A sweep that finds nothing to change has nothing to approve.
  done: ['planning', 'applying'],
  rejected: ['planning', 'planned', 'checked'],
} as const satisfies Partial<Record<SweepState, readonly SweepState[]>>;
export type SweepStep = keyof typeof sweepPriorStates;
export const isOpen = ({ state }: Pick<Sweep, 'state'>): boolean =>
  (sweepPriorStates.rejected as readonly SweepState[]).includes(state);

/** Who gets aid once, and how much; in the order of the categories, of which the highest counts (E01). */
export const Campaign = z.object({
  title: z.string(),
  registerMonth: Month.meta({ description: 'Who is on the register in this month.' }),
  cutOff: z.iso.date().optional(),
  per: z.enum(['person', 'household']),
  amounts: z.array(z.object({ programme: RegisterProgramme, amountFen: Fen })).min(1),
  dueDate: z.iso.date().optional().meta({ description: 'When it must be paid (E12).' }),
  dueDateCertain: z.boolean().optional(),
});
export type Campaign = z.output<typeof Campaign>;

const Approval = z.object({ officerId: z.string(), role: z.string(), at: z.iso.datetime() });

export const Sweep = z.object({
  sweepId: z.string(),
  kind: SweepKind,
  month: Month.meta({ description: 'The first benefit month it changes, or the one that is paid.' }),
  state: SweepState,
  asOf: z.iso.datetime().meta({ description: 'Rule numbers are those known at this moment.' }),
  startedBy: z.string(),
  cause: z.string().meta({ description: 'In the words of the officer, or the number that changed.' }),
  campaign: Campaign.optional(),
  shards: z.int().min(1),
  planned: PlannedTotals.optional(),
  applied: AppliedTotals.optional(),
  approvals: z.array(Approval),
  rejection: z.object({ reason: z.string(), officerId: z.string(), at: z.iso.datetime() }).optional(),
  version: z.int().min(1),
});
export type Sweep = z.output<typeof Sweep>;

export const sweepOrigin = (sweepId: string): string => `sweep/${sweepId}`;

/** Changes of the register, which must be applied in the order of what they know; aid once changes nothing of it. */
export const changesRegister = ({ kind }: Pick<Sweep, 'kind'>): boolean =>
  kind === 'standard' || kind === 'full-amount';

/** Deterministic, so that starting a sweep twice is starting it once; a further attempt is numbered. */
export const sweepIdOf = (kind: SweepKind, month: Month, attempt: number): string =>
  `${kind}-${month}${attempt === 1 ? '' : `-${attempt}`}`;

/** Two levels, always: the section chief, then the bureau's leader (A34: 提出名单,两级审核). */
const levels: Partial<Record<SweepState, { readonly role: Role; readonly next: 'checked' | 'applying' }>> = {
  planned: { role: 'section-chief', next: 'checked' },
  checked: { role: 'bureau-leader', next: 'applying' },
};

export type ApprovalRefusal = 'WRONG_STATE' | 'NOT_THIS_LEVEL' | 'MAKER_IS_CHECKER' | 'ALREADY_APPROVED';

/** The next level's approval; refuses the wrong level, whoever started the sweep, and the same officer twice. */
export const approveSweep = (
  sweep: Sweep,
  officer: { readonly id: string; readonly role: Role },
  at: string,
): { readonly step: 'checked' | 'applying'; readonly approvals: Sweep['approvals'] } | ApprovalRefusal => {
  const level = levels[sweep.state];
  if (!level) return 'WRONG_STATE';
  if (officer.role !== level.role) return 'NOT_THIS_LEVEL';
  if (officer.id === sweep.startedBy) return 'MAKER_IS_CHECKER';
  if (sweep.approvals.some(({ officerId }) => officerId === officer.id)) return 'ALREADY_APPROVED';
  return {
    step: level.next,
    approvals: [...sweep.approvals, { officerId: officer.id, role: officer.role, at }],
  };
};
