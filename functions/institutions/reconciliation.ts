import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { addDays } from '../../shared/clock.ts';
import { addMonths, firstDayOf, Month } from '../../shared/month.ts';

/** The quarterly comparison of an institution's books with its bank, its residents and what was determined for them (B12). */

export const Quarter = z
  .string()
  .regex(/^20\d{2}-Q[1-4]$/, '季度格式应为 2021-Q3')
  .brand<'Quarter'>()
  .meta({ id: 'Quarter', examples: ['2021-Q3'] });
export type Quarter = z.output<typeof Quarter>;

const firstMonthOf = (quarter: Quarter): Month =>
  Month.parse(`${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 2).padStart(2, '0')}`);
export const lastMonthOf = (quarter: Quarter): Month => addMonths(firstMonthOf(quarter), 2);
export const monthsOf = (quarter: Quarter): readonly Month[] =>
  [0, 1, 2].map((count) => addMonths(firstMonthOf(quarter), count));
export const lastDayOf = (quarter: Quarter): string =>
  addDays(firstDayOf(addMonths(lastMonthOf(quarter), 1)), -1);

export const findingNames = {
  BALANCE_DIFFERS: '银行对账单余额与账面余额不符',
  BOOKS_DIFFER: '机构总账与个人账户合计不符',
  NO_ENTITLEMENT: '在院人员没有当月的特困供养待遇',
  CREDIT_DIFFERS: '入账金额与核定的供养金不符',
  CREDITED_NOT_RESIDENT: '当月不在院却有供养金入账',
  MONTH_NOT_SETTLED: '有床日但尚未结算',
  NOT_REFUNDED: '已出院但余额未退清',
} as const;
export type FindingCode = keyof typeof findingNames;
export const FindingCode = z
  .enum(Object.keys(findingNames) as [FindingCode, ...FindingCode[]])
  .meta({ id: 'ReconciliationFindingCode' });

const Found = z.object({
  code: FindingCode,
  caseNo: z.string().optional(),
  month: Month.optional(),
  expectedFen: z.int().optional(),
  foundFen: z.int().optional(),
});
export type Found = z.output<typeof Found>;

export const Finding = Found.extend({
  findingId: z.string(),
  /** `gone` when a later comparison no longer found it. */
  state: z.enum(['open', 'explained', 'gone']),
  explanation: z.string().optional(),
  explainedBy: z.string().optional(),
  explainedAt: z.iso.datetime().optional(),
});
export type Finding = z.output<typeof Finding>;

export const Reconciliation = z.object({
  creditCode: z.string(),
  areaCode: AreaCode,
  quarter: Quarter,
  ledgerFen: z.int(),
  statementFen: z.int(),
  statementNo: z.string(),
  residents: z.int().meta({ description: 'Persons with bed-days in the quarter.' }),
  bedDays: z.int(),
  findings: z.array(Finding),
  reconciledBy: z.string(),
  reconciledAt: z.iso.datetime(),
  version: z.int().min(1),
});
export type Reconciliation = z.output<typeof Reconciliation>;

/** An item may have 400 KB; a comparison that finds more than this is wrong as a whole. */
const FINDINGS_KEPT = 1000;

const findingIdOf = ({ code, caseNo, month }: Found): string =>
  [code, caseNo, month].filter((part) => part !== undefined).join('~');

/** What one month says of one person in an institution. */
export type PersonMonth = {
  readonly caseNo: string;
  readonly month: Month;
  /** Lived there on the 1st, when payments are opened, so that the money of the month comes to the institution (B11). */
  readonly isPayee: boolean;
  readonly bedDays: number;
  /** Undefined when nothing was determined. */
  readonly entitledFen: number | undefined;
  readonly creditedFen: number;
  readonly settled: boolean;
};

export const findingsOfMonth = (each: PersonMonth): Found[] => {
  const { caseNo, month, isPayee, bedDays, entitledFen = 0, creditedFen, settled } = each;
  const found: Found[] = [];
  if (isPayee && entitledFen === 0) found.push({ code: 'NO_ENTITLEMENT', caseNo, month });
  if (isPayee && entitledFen !== creditedFen)
    found.push({ code: 'CREDIT_DIFFERS', caseNo, month, expectedFen: entitledFen, foundFen: creditedFen });
  if (bedDays === 0 && creditedFen > 0)
    found.push({ code: 'CREDITED_NOT_RESIDENT', caseNo, month, foundFen: creditedFen });
  if (bedDays > 0 && !settled) found.push({ code: 'MONTH_NOT_SETTLED', caseNo, month });
  return found;
};

/** The findings of a comparison made again: an explanation stays as long as the figures are what was explained. */
export const mergedFindings = (before: readonly Finding[], found: readonly Found[]): Finding[] => {
  const known = new Map(before.map((finding) => [finding.findingId, finding]));
  const now = found.slice(0, FINDINGS_KEPT).map((each): Finding => {
    const findingId = findingIdOf(each);
    const old = known.get(findingId);
    const same = old?.expectedFen === each.expectedFen && old?.foundFen === each.foundFen;
    return old?.state === 'explained' && same ? old : { ...each, findingId, state: 'open' };
  });
  const still = new Set(now.map(({ findingId }) => findingId));
  const gone = before
    .filter(({ findingId }) => !still.has(findingId))
    .map((finding): Finding => ({ ...finding, state: 'gone' }));
  return [...now, ...gone].slice(0, FINDINGS_KEPT);
};
