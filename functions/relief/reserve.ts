import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';

/**
 * 乡镇备用金 (C10): what the district gives a township beforehand, by budget year, and what became of it. Every entry stands in
 * two accounts, so all accounts of a year together are always nothing.
 */

/** allot 拨付, replenish 追加, spend 支出 (of a case), refund 退回 (of a case), recall 收回. */
export const EntryKind = z
  .enum(['allot', 'replenish', 'spend', 'refund', 'recall'])
  .meta({ id: 'ReliefReserveEntryKind' });
export type EntryKind = z.infer<typeof EntryKind>;
export const entryNames: Readonly<Record<EntryKind, string>> = {
  allot: '拨付',
  replenish: '追加',
  spend: '支出',
  refund: '退回',
  recall: '收回',
};

/** What only a second officer of the district lets happen. */
export const MovementKind = z.enum(['allot', 'replenish', 'recall']).meta({ id: 'ReliefMovementKind' });
export type MovementKind = z.infer<typeof MovementKind>;

/** The counter of an account that each kind of entry goes into. */
export const counterOf = {
  allot: 'allottedFen',
  replenish: 'replenishedFen',
  spend: 'spentFen',
  refund: 'refundedFen',
  recall: 'recalledFen',
} as const satisfies Record<EntryKind, string>;

const count = z.int().min(0).default(0);
/** A township's account of one budget year. */
export const Reserve = z.object({
  holder: AreaCode,
  year: z.int(),
  balanceFen: z.int().default(0),
  allottedFen: count,
  replenishedFen: count,
  spentFen: count,
  refundedFen: count,
  recalledFen: count,
});
export type Reserve = z.output<typeof Reserve>;

export const Entry = z.object({
  entryId: z.string(),
  kind: EntryKind,
  town: AreaCode,
  year: z.int(),
  amountFen: Fen,
  at: z.iso.datetime(),
  by: z.string(),
  caseNo: z.string().optional(),
  movementId: z.string().optional(),
});
export type Entry = z.output<typeof Entry>;

/** Whether an entry brings money into the township's account. */
const bringsIn = (kind: EntryKind): boolean => kind === 'allot' || kind === 'replenish' || kind === 'refund';
/** The account on the other side: the district's own money, or the relief that was given. */
const otherSide = (kind: EntryKind): 'district' | 'relief' =>
  kind === 'spend' || kind === 'refund' ? 'relief' : 'district';

/** The two postings of an entry, in signed 分; they cancel each other out. */
export const postingsOf = ({
  kind,
  town,
  amountFen,
}: Pick<Entry, 'kind' | 'town' | 'amountFen'>): readonly {
  readonly holder: string;
  readonly fen: number;
}[] => {
  const fen = bringsIn(kind) ? amountFen : -amountFen;
  return [
    { holder: town, fen },
    { holder: otherSide(kind), fen: -fen },
  ];
};

/** What an entry does to the balance of the township, signed. */
export const signedFen = (entry: Pick<Entry, 'kind' | 'town' | 'amountFen'>): number =>
  postingsOf(entry)[0]?.fen ?? 0;

/** The account after an entry, or that it does not hold as much. */
export const withEntry = (known: Reserve, entry: Entry): Reserve | 'RESERVE_TOO_LOW' => {
  const balanceFen = known.balanceFen + signedFen(entry);
  if (balanceFen < 0) return 'RESERVE_TOO_LOW';
  const counter = counterOf[entry.kind];
  return { ...known, balanceFen, [counter]: known[counter] + entry.amountFen };
};

/** balance = allotted + replenished + refunded − spent − recalled. Counters and balance are kept apart, so this is a check. */
export const balanced = (account: Reserve): boolean =>
  account.balanceFen ===
  account.allottedFen + account.replenishedFen + account.refundedFen - account.spentFen - account.recalledFen;

export type Statement = {
  readonly openingFen: number;
  readonly closingFen: number;
  readonly sums: Readonly<Record<EntryKind, number>>;
  readonly entries: readonly Entry[];
};

/** The entries of a period of days, with what the account held before and after; `dateOf` tells the day of an entry. */
export const statementOf = (
  entries: readonly Entry[],
  period: { readonly from: string; readonly to: string },
  dateOf: (entry: Entry) => string,
): Statement => {
  const within = entries.filter((entry) => dateOf(entry) >= period.from && dateOf(entry) <= period.to);
  const before = entries.filter((entry) => dateOf(entry) < period.from);
  const total = (some: readonly Entry[]) => some.reduce((sum, entry) => sum + signedFen(entry), 0);
  const sum = (kind: EntryKind) =>
    within.reduce((fen, entry) => (entry.kind === kind ? fen + entry.amountFen : fen), 0);
  const openingFen = total(before);
  return {
    openingFen,
    closingFen: openingFen + total(within),
    sums: {
      allot: sum('allot'),
      replenish: sum('replenish'),
      spend: sum('spend'),
      refund: sum('refund'),
      recall: sum('recall'),
    },
    entries: within,
  };
};

/**
 * What may be recalled in a year (C11): what is left of budget years that ended so many years ago. Money carried over twice
 * without use is 结余资金, which finance takes back (S47); `minimumYears` 1 takes back every prior year.
 */
export const recallable = (
  accounts: readonly Reserve[],
  thisYear: number,
  minimumYears: number,
): readonly Reserve[] =>
  accounts.filter(({ year, balanceFen }) => balanceFen > 0 && year <= thisYear - Math.max(1, minimumYears));

/** An allotment, replenishment or recall on its way through two officers. */
export const Movement = z.object({
  movementId: z.string(),
  version: z.int().min(1),
  kind: MovementKind,
  town: AreaCode,
  year: z.int(),
  amountFen: Fen,
  reason: z.string(),
  state: z.enum(['proposed', 'approved', 'rejected']),
  proposedAt: z.iso.datetime(),
  proposedBy: z.string(),
  decidedAt: z.iso.datetime().optional(),
  decidedBy: z.string().optional(),
  decisionReason: z.string().optional(),
});
export type Movement = z.output<typeof Movement>;

/** A second officer agrees or not. */
export const decideMovement = (
  known: Movement,
  {
    decision,
    by,
    at,
    reason,
  }: {
    readonly decision: 'approve' | 'reject';
    readonly by: string;
    readonly at: string;
    readonly reason?: string | undefined;
  },
): Movement | 'WRONG_STATE' | 'MAKER_IS_CHECKER' => {
  if (known.state !== 'proposed') return 'WRONG_STATE';
  if (known.proposedBy === by) return 'MAKER_IS_CHECKER';
  return {
    ...known,
    version: known.version + 1,
    state: decision === 'approve' ? 'approved' : 'rejected',
    decidedAt: at,
    decidedBy: by,
    decisionReason: reason,
  };
};

/** The bank's balance at the end of a month against the books. */
export const Reconciliation = z.object({
  town: AreaCode,
  month: Month,
  version: z.int().min(1),
  bookFen: z.int(),
  bankFen: Fen,
  differenceFen: z.int().meta({ description: 'Bank less book.' }),
  at: z.iso.datetime(),
  by: z.string(),
  findingId: z.string().optional(),
});
export type Reconciliation = z.output<typeof Reconciliation>;
