import * as z from 'zod';
import type { Instant } from '../../shared/clock.ts';
import { SealedText } from './sealed-text.ts';

/**
 * The account of an institution that the entitlement of its residents is paid to (收款账户, rulebook B11). Where money goes is
 * changed by two officers: one proposes, another decides.
 */

export const accountStateNames = { proposed: '待审批', approved: '已批准', rejected: '已退回' } as const;

export const AccountChange = z.object({
  number: z.int().min(1),
  state: z.enum(['proposed', 'approved', 'rejected']),
  account: SealedText,
  accountName: z.string(),
  bank: z.string(),
  proof: z.string(),
  proposedBy: z.string(),
  proposedAt: z.iso.datetime(),
  decidedBy: z.string().optional(),
  decidedAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
});
export type AccountChange = z.output<typeof AccountChange>;

/** Every change of one institution's account, oldest first and numbered from one; only the last may still wait. */
export const HomeAccount = z.object({
  creditCode: z.string(),
  changes: z.array(AccountChange).min(1),
  version: z.int().min(1),
});
export type HomeAccount = z.output<typeof HomeAccount>;

/** The account that payments go to now: what was approved last. */
export const accountInForce = ({ changes }: Pick<HomeAccount, 'changes'>): AccountChange | undefined =>
  changes.findLast(({ state }) => state === 'approved');

type Proposed = Pick<
  AccountChange,
  'account' | 'accountName' | 'bank' | 'proof' | 'proposedBy' | 'proposedAt'
>;

/** The account with a change more, which waits; one at a time, so that the last approved is the one that was meant last. */
export const withProposal = (
  existing: HomeAccount | undefined,
  creditCode: string,
  proposed: Proposed,
): HomeAccount | 'ACCOUNT_CHANGE_WAITS' => {
  const changes = existing?.changes ?? [];
  if (changes.at(-1)?.state === 'proposed') return 'ACCOUNT_CHANGE_WAITS';
  return {
    creditCode,
    changes: [...changes, { ...proposed, number: changes.length + 1, state: 'proposed' }],
    version: (existing?.version ?? 0) + 1,
  };
};

/** The account after a second officer decided on the change that waits. */
export const withDecision = (
  existing: HomeAccount,
  number: number,
  state: 'approved' | 'rejected',
  { by, at, reason }: { readonly by: string; readonly at: Instant; readonly reason?: string | undefined },
): HomeAccount | 'ACCOUNT_CHANGE_NOT_FOUND' | 'WRONG_STATE' | 'MAKER_IS_CHECKER' => {
  const change = existing.changes.find((each) => each.number === number);
  if (!change) return 'ACCOUNT_CHANGE_NOT_FOUND';
  if (change.state !== 'proposed') return 'WRONG_STATE';
  if (change.proposedBy === by) return 'MAKER_IS_CHECKER';
  const decided = { ...change, state, decidedBy: by, decidedAt: at, reason };
  return {
    ...existing,
    changes: existing.changes.with(number - 1, decided),
    version: existing.version + 1,
  };
};
