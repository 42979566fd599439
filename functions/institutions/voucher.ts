import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { Month } from '../../shared/month.ts';
import { Line, purposes } from './ledger.ts';

/** Entries that one officer prepares and another decides on, all or none (记账凭证). Nothing enters the books any other way. */

export const voucherKindNames = {
  receipts: '救助供养金入账',
  settlement: '月度结算',
  entries: '其他收支',
  refund: '出院退款',
} as const;
export const VoucherKind = z
  .enum(['receipts', 'settlement', 'entries', 'refund'])
  .meta({ id: 'VoucherKind' });
export type VoucherKind = z.infer<typeof VoucherKind>;
/** Kinds of which a person can have one a month. */
export const isMonthly = (kind: VoucherKind): boolean => kind === 'receipts' || kind === 'settlement';

/**
 * A transaction of DynamoDB takes 100 writes. For each person of a settlement there are five: account, two entries, the month,
 * and the check that the stay has not changed; besides, there are the voucher, fund, turnover, event and idempotency key.
 */
const PERSONS_A_VOUCHER = 15;
/** Of a voucher entered by hand: an account and an entry for each line, at most. */
export const LINES_BY_HAND = 30;

export const VoucherLine = Line.extend({
  bedDays: z.object({ occupied: z.int(), hospital: z.int(), leave: z.int() }).optional(),
  shortFen: z.int().optional().meta({ description: 'What the balance did not cover.' }),
});
export type VoucherLine = z.output<typeof VoucherLine>;

export const Voucher = z.object({
  voucherId: z.string(),
  creditCode: z.string(),
  areaCode: AreaCode,
  kind: VoucherKind,
  month: Month,
  lines: z.array(VoucherLine).min(1),
  /** Of a settlement: the version of each resident that the bed-days were counted from. */
  residents: z.record(z.string(), z.int()),
  state: z.enum(['proposed', 'posted', 'rejected']),
  preparedBy: z.string(),
  preparedAt: z.iso.datetime(),
  decidedBy: z.string().optional(),
  decidedAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
  version: z.int().min(1),
});
export type Voucher = z.output<typeof Voucher>;

export const voucherSubject = (voucherId: string): string => `voucher/${voucherId}`;

export const personsOf = ({ lines }: Pick<Voucher, 'lines'>): string[] => [
  ...new Set(lines.map(({ caseNo }) => caseNo)),
];

export const totalsOf = ({ lines }: Pick<Voucher, 'lines'>) => {
  const sum = (side: 'credit' | 'debit') =>
    lines.reduce((fen, { purpose, amountFen }) => fen + (purposes[purpose].side === side ? amountFen : 0), 0);
  return { persons: personsOf({ lines }).length, creditFen: sum('credit'), debitFen: sum('debit') };
};

/** The decision of a second officer. */
export const decided = (
  voucher: Voucher,
  state: 'posted' | 'rejected',
  { by, at, reason }: { readonly by: string; readonly at: Instant; readonly reason?: string | undefined },
): Voucher | 'WRONG_STATE' | 'MAKER_IS_CHECKER' => {
  if (voucher.state !== 'proposed') return 'WRONG_STATE';
  if (voucher.preparedBy === by) return 'MAKER_IS_CHECKER';
  return { ...voucher, state, decidedBy: by, decidedAt: at, reason, version: voucher.version + 1 };
};

/** Lines of persons parted into vouchers, each small enough to be booked in one transaction; a person is never parted. */
export const partsOf = (lines: readonly VoucherLine[]): VoucherLine[][] => {
  const persons = [...Map.groupBy(lines, ({ caseNo }) => caseNo).values()];
  const parts: VoucherLine[][] = [];
  for (let start = 0; start < persons.length; start += PERSONS_A_VOUCHER) {
    parts.push(persons.slice(start, start + PERSONS_A_VOUCHER).flat());
  }
  return parts;
};
