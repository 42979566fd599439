import Table from 'cli-table3';
import { countText } from '../month/figures.ts';
import type { RunDetail } from '../month/pay-runs.ts';
import { yuanText } from '../shared/money.ts';
import type { Month } from '../shared/month.ts';
import { programmeOfCode } from '../shared/programme.ts';
import type { RegisterNow, Taken } from './checks.ts';

/** What a simulated year came to: a line a month, and the same for programs. Money in 分. */

export type MonthFigures = {
  readonly month: Month;
  /** Households that came onto the register of 低保 and 特困, and that left it. */
  readonly came: number;
  readonly left: number;
  readonly register: RegisterNow;
  /** All runs of the month but those of temporary relief. */
  readonly dueFen: number;
  readonly paidFen: number;
  readonly taken: Taken;
  /** Paid by the banks and out of the reserves. */
  readonly reliefFen: number;
  readonly reserveFen: number;
  readonly recalledFen: number;
  /** What was done in the month, by name. */
  readonly done: Readonly<Record<string, number>>;
  readonly runs: readonly RunFigures[];
};
export type RunFigures = {
  readonly runId: string;
  readonly programme: string;
  readonly lines: number;
  readonly persons: number;
  readonly amountFen: number;
  readonly settledFen: number;
  readonly heldFen: number;
  readonly returnedFen: number;
};
export type YearAccount = {
  readonly from: Month;
  readonly to: Month;
  readonly seed: number;
  readonly households: number;
  readonly months: readonly MonthFigures[];
};

export const runFigures = ({ runId, programme, totals }: RunDetail): RunFigures => {
  const { lines, persons, amountFen, settledFen, heldFen, returnedFen } = totals;
  const { name } = programmeOfCode(programme);
  return { runId, programme: name, lines, persons, amountFen, settledFen, heldFen, returnedFen };
};

const TITLES = [
  '月份',
  '新增户',
  '注销户',
  '在册户',
  '在册人',
  '应发(元)',
  '实发(元)',
  '补发(元)',
  '抵扣(元)',
  '临时救助(元)',
  '备用金余额(元)',
];

const PAID = ['dibao', 'destitute'] as const;
const registered = ({ register }: MonthFigures, what: 'households' | 'persons'): number =>
  PAID.reduce((sum, programme) => sum + register[programme][what], 0);

const sumOf = (months: readonly MonthFigures[], of: (month: MonthFigures) => number): number =>
  months.reduce((sum, month) => sum + of(month), 0);

const summable = [
  (month: MonthFigures) => month.dueFen,
  (month: MonthFigures) => month.paidFen,
  (month: MonthFigures) => month.taken.arrearsFen,
  (month: MonthFigures) => month.taken.recoveryFen,
  (month: MonthFigures) => month.reliefFen,
];

const rowOf = (figures: MonthFigures): string[] => [
  figures.month,
  countText(figures.came),
  countText(figures.left),
  countText(registered(figures, 'households')),
  countText(registered(figures, 'persons')),
  ...summable.map((of) => yuanText(of(figures))),
  yuanText(figures.reserveFen),
];

const totalRow = (months: readonly MonthFigures[]): string[] => [
  '合计',
  countText(sumOf(months, ({ came }) => came)),
  countText(sumOf(months, ({ left }) => left)),
  '',
  '',
  ...summable.map((of) => yuanText(sumOf(months, of))),
  '',
];

/** The year as a table for the terminal, and a sentence on the reserves; no colours, because it may end in a file. */
export const yearTable = ({ months }: Pick<YearAccount, 'months'>): string => {
  const table = new Table({
    head: TITLES,
    colAligns: TITLES.map((_, index) => (index === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const figures of months) table.push(rowOf(figures));
  table.push(totalRow(months));
  return table.toString();
};

const recalledFen = ({ months }: Pick<YearAccount, 'months'>): number =>
  sumOf(months, (month) => month.recalledFen);

export const recallSentence = (account: Pick<YearAccount, 'months'>): string =>
  `收回以前年度备用金结余 ${yuanText(recalledFen(account))} 元`;

/** `year.json`: everything the table says and what was done in each month. */
export const yearJson = (account: YearAccount): string => {
  const { months } = account;
  const totals = {
    came: sumOf(months, ({ came }) => came),
    left: sumOf(months, ({ left }) => left),
    dueFen: sumOf(months, ({ dueFen }) => dueFen),
    paidFen: sumOf(months, ({ paidFen }) => paidFen),
    arrearsFen: sumOf(months, ({ taken }) => taken.arrearsFen),
    recoveryFen: sumOf(months, ({ taken }) => taken.recoveryFen),
    reliefFen: sumOf(months, ({ reliefFen }) => reliefFen),
    recalledFen: recalledFen(account),
  };
  return `${JSON.stringify({ ...account, totals }, null, 2)}\n`;
};
