import * as z from 'zod';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';

/**
 * The money an institution keeps for persons. Double entry: what stands in the institution's custody account (the fund) is owed
 * to persons, 分 for 分; each entry moves both by the same amount. Every entry names a counterparty account and a document, and
 * there is no counterparty for cash (rulebook B12).
 */

export const counterpartyNames = {
  treasury: '财政专户',
  'medical-insurance': '医保基金账户',
  charity: '慈善组织账户',
  'home-operating': '机构运营账户',
  resident: '本人银行账户',
  hospital: '医疗机构账户',
  'funeral-parlour': '殡仪服务单位账户',
  estate: '遗产管理人账户',
} as const;
export type Counterparty = keyof typeof counterpartyNames;
export const Counterparty = z
  .enum(Object.keys(counterpartyNames) as [Counterparty, ...Counterparty[]])
  .meta({ id: 'Counterparty' });

type Rule = {
  readonly side: 'credit' | 'debit';
  readonly name: string;
  readonly with: readonly Counterparty[];
};
export const purposes = {
  basic: { side: 'credit', name: '基本生活费', with: ['treasury'] },
  care: { side: 'credit', name: '照料护理费', with: ['treasury'] },
  'medical-reimbursement': { side: 'credit', name: '医疗报销款', with: ['medical-insurance', 'treasury'] },
  subsidy: { side: 'credit', name: '其他补助', with: ['treasury', 'charity'] },
  settlement: { side: 'debit', name: '按床日结算', with: ['home-operating'] },
  'pocket-money': { side: 'debit', name: '零用钱', with: ['resident'] },
  medical: { side: 'debit', name: '医疗支出', with: ['hospital'] },
  funeral: { side: 'debit', name: '丧葬支出', with: ['funeral-parlour'] },
  refund: { side: 'debit', name: '出院退款', with: ['resident', 'treasury', 'estate'] },
} as const satisfies Readonly<Record<string, Rule>>;
export type Purpose = keyof typeof purposes;
export const Purpose = z.enum(Object.keys(purposes) as [Purpose, ...Purpose[]]).meta({ id: 'LedgerPurpose' });

export const allowedWith = (purpose: Purpose, counterparty: Counterparty): boolean => {
  const parties: readonly Counterparty[] = purposes[purpose].with;
  return parties.includes(counterparty);
};

export const documentKindNames = {
  'bank-receipt': '银行回单',
  invoice: '发票',
  'settlement-sheet': '结算单',
  approval: '审批文件',
} as const;
export const Document = z.object({
  kind: z.enum(['bank-receipt', 'invoice', 'settlement-sheet', 'approval']),
  number: z.string().trim().min(1).max(60),
});
export type Document = z.output<typeof Document>;

/** One movement for one person, before it is booked. */
export const Line = z.object({
  caseNo: z.string(),
  purpose: Purpose,
  amountFen: Fen.meta({ description: 'Nothing for a settled month that a balance did not reach for.' }),
  counterparty: Counterparty,
  document: Document,
});
export type Line = z.output<typeof Line>;

/** What an institution keeps for one person. It is closed when the balance was refunded after the exit. */
export const Account = z.object({
  creditCode: z.string(),
  caseNo: z.string(),
  balanceFen: Fen,
  entries: z.int().min(0),
  /** The first month that the books answer for; a stay may have begun years before anybody kept them here. */
  since: Month,
  state: z.enum(['open', 'closed']),
  version: z.int().min(1),
});
export type Account = z.output<typeof Account>;

/** A booked movement, with the person's balance after it. It is never changed: a mistake is met by another entry. */
export const Entry = Line.extend({
  entryId: z.string(),
  creditCode: z.string(),
  number: z.int().min(1),
  bookedOn: z.iso.date(),
  /** The month the money is for, which may be long past. */
  month: Month,
  voucherId: z.string(),
  balanceFen: Fen,
});
export type Entry = z.output<typeof Entry>;

const signedFen = ({ purpose, amountFen }: Pick<Line, 'purpose' | 'amountFen'>): number =>
  purposes[purpose].side === 'credit' ? amountFen : -amountFen;

/** By how much lines move the fund. */
export const sumOf = (lines: readonly Pick<Line, 'purpose' | 'amountFen'>[]): number =>
  lines.reduce((sum, line) => sum + signedFen(line), 0);

export type Booking = {
  readonly accounts: readonly Account[];
  readonly entries: readonly Entry[];
};

/**
 * Books lines over accounts, in their order; all or none. Refuses with the persons whose balance would become negative at any
 * point, because nobody's money pays for somebody else (B12).
 */
export const book = (
  accounts: ReadonlyMap<string, Account>,
  lines: readonly Line[],
  on: Pick<Entry, 'bookedOn' | 'month' | 'voucherId'>,
): Booking | { readonly tooLow: readonly string[] } => {
  const after = new Map<string, Account>();
  const entries: Entry[] = [];
  const tooLow = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (line.amountFen === 0) continue;
    const account = after.get(line.caseNo) ?? accounts.get(line.caseNo);
    if (!account) throw new Error('A line speaks of a person without an account.');
    const balance = account.balanceFen + signedFen(line);
    if (balance < 0) {
      tooLow.add(line.caseNo);
      continue;
    }
    const balanceFen = Fen.parse(balance);
    const number = account.entries + 1;
    after.set(line.caseNo, { ...account, balanceFen, entries: number });
    const entryId = `${on.voucherId}-${index + 1}`;
    entries.push({ ...line, ...on, entryId, creditCode: account.creditCode, number, balanceFen });
  }
  if (tooLow.size > 0) return { tooLow: [...tooLow] };
  return { accounts: [...after.values()].map((each) => ({ ...each, version: each.version + 1 })), entries };
};
