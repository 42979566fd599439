import type * as z from 'zod';
import { type RunState, runStateNames } from '../functions/disbursement/run.ts';
import { sumTotals, type Totals } from '../functions/disbursement/totals.ts';
import type { FileView, RunDetailView } from '../functions/disbursement/views.ts';
import type { AreaCode } from '../shared/area.ts';
import type { Month } from '../shared/month.ts';
import { programmeOfCode } from '../shared/programme.ts';
import type { RowFinding } from '../shared/request-parts.ts';

/** What the API says of a month, gathered. */
export type MonthAccount = {
  readonly month: Month;
  readonly runs: readonly RunAccount[];
  readonly rosters: readonly RosterAccount[];
};
export type RunAccount = {
  readonly run: z.output<typeof RunDetailView>;
  readonly files: readonly z.output<typeof FileView>[];
  /** Exceptions by what they say, e.g. `未登记银行账号`. */
  readonly exceptions: ReadonlyMap<string, number>;
};
export type RosterAccount = { readonly fileName: string; readonly findings: readonly RowFinding[] };

/** `summary.json`, the month for other programs. Money in 分. */
export type Summary = {
  readonly month: Month;
  readonly runs: readonly RunSummary[];
  readonly files: readonly FileSummary[];
  readonly rejectedRows: number;
  readonly conservation: {
    readonly approvedFen: number;
    readonly filedFen: number;
    readonly heldFen: number;
    readonly settledFen: number;
    readonly returnedFen: number;
    readonly pendingFen: number;
    readonly balanced: boolean;
  };
};
export type RunSummary = {
  readonly runId: string;
  readonly programme: string;
  readonly households: number;
  readonly persons: number;
  readonly lines: number;
  readonly amountFen: number;
  readonly heldLines: number;
  readonly heldFen: number;
  readonly settledFen: number;
  readonly returnedFen: number;
  readonly pendingFen: number;
  readonly state: RunState;
  readonly stateName: string;
};
export type FileSummary = {
  readonly bank: string;
  /** Relative to the folder of the summary. */
  readonly path: string;
  readonly lines: number;
  readonly totalFen: number;
  readonly sm3: string;
};

/** Where a bank file lies in the month's folder; with `/` on every system, because it is read by programs. */
export const filePath = (fileName: string): string => `files/${fileName}`;

/** A case is paid by one line, so a run has as many households as lines. */
const runSummary = ({ run }: RunAccount): RunSummary => {
  const { lines, persons, amountFen, heldLines, heldFen, settledFen, returnedFen, pendingFen } = run.totals;
  return {
    runId: run.runId,
    programme: programmeOfCode(run.programme).name,
    households: lines,
    persons,
    lines,
    amountFen,
    heldLines,
    heldFen,
    settledFen,
    returnedFen,
    pendingFen,
    state: run.state,
    stateName: runStateNames[run.state],
  };
};

/** Rows that were not imported: a row with three faults is one row, a row with a warning is none. */
export const refusedRows = (findings: readonly RowFinding[]): number =>
  new Set(findings.filter(({ refused }) => refused).map(({ row }) => row)).size;

export const summaryOf = ({ month, runs, rosters }: MonthAccount): Summary => {
  const { amountFen, filedFen, heldFen, settledFen, returnedFen, pendingFen } = totalsOf(runs);
  return {
    month,
    runs: runs.map(runSummary),
    files: runs.flatMap(({ files }) =>
      files.map(({ bank, fileName, lines, totalFen, sm3 }) => ({
        bank,
        path: filePath(fileName),
        lines,
        totalFen,
        sm3,
      })),
    ),
    rejectedRows: rosters.reduce((sum, { findings }) => sum + refusedRows(findings), 0),
    conservation: {
      approvedFen: amountFen,
      filedFen,
      heldFen,
      settledFen,
      returnedFen,
      pendingFen,
      balanced: runs.every(({ run }) => run.balanced),
    },
  };
};

export const totalsOf = (runs: readonly RunAccount[]): Totals => sumTotals(runs.map(({ run }) => run.totals));

export type TownSummary = { readonly areaCode: AreaCode; readonly areaName: string; readonly totals: Totals };

/** All programmes of a town together, towns in the order of their codes. */
export const townsOf = (runs: readonly RunAccount[]): TownSummary[] =>
  [
    ...Map.groupBy(
      runs.flatMap(({ run }) => run.towns),
      ({ areaCode }) => areaCode,
    ),
  ]
    .map(([areaCode, towns]) => ({
      areaCode,
      areaName: towns[0]?.areaName ?? areaCode,
      totals: sumTotals(towns.map(({ totals }) => totals)),
    }))
    .toSorted((a, b) => (a.areaCode < b.areaCode ? -1 : 1));
