import Table from 'cli-table3';
import { yuanText } from '../shared/money.ts';
import { countText } from './figures.ts';
import type { RunSummary, Summary } from './summary.ts';

const TITLES = [
  '项目',
  '户数',
  '人数',
  '笔数',
  '金额(元)',
  '已发放(元)',
  '已退回(元)',
  '暂缓(元)',
  '待回盘(元)',
  '状态',
];

type Figures = Pick<
  RunSummary,
  'households' | 'persons' | 'lines' | 'amountFen' | 'settledFen' | 'returnedFen' | 'heldFen' | 'pendingFen'
>;

const cells = (row: Figures): string[] => [
  ...[row.households, row.persons, row.lines].map(countText),
  ...[row.amountFen, row.settledFen, row.returnedFen, row.heldFen, row.pendingFen].map(yuanText),
];

const sumOf = (runs: readonly RunSummary[]): Figures => {
  const sum = (name: keyof Figures) => runs.reduce((total, run) => total + run[name], 0);
  return {
    households: sum('households'),
    persons: sum('persons'),
    lines: sum('lines'),
    amountFen: sum('amountFen'),
    settledFen: sum('settledFen'),
    returnedFen: sum('returnedFen'),
    heldFen: sum('heldFen'),
    pendingFen: sum('pendingFen'),
  };
};

/** The month as a table for the terminal; no colours, because it may end in a file. */
export const summaryTable = ({ runs }: Summary): string => {
  const table = new Table({
    head: TITLES,
    colAligns: TITLES.map((_, index) => (index === 0 || index === TITLES.length - 1 ? 'left' : 'right')),
    style: { head: [], border: [] },
  });
  for (const run of runs) table.push([run.programme, ...cells(run), run.stateName]);
  table.push(['合计', ...cells(sumOf(runs)), '']);
  return table.toString();
};
