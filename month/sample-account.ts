import type { Run } from '../functions/disbursement/run.ts';
import { sumTotals, type Totals, zeroTotals } from '../functions/disbursement/totals.ts';
import { AreaCode, areaName } from '../shared/area.ts';
import type { ProgrammeCode } from '../shared/programme.ts';
import type { RunAccount } from './summary.ts';

/** Accounts of an invented month, for tests. */

export const MONTH = '2021-07' as Run['month'];
export const LUODIAN = AreaCode.parse('330702100000');
export const YAFAN = AreaCode.parse('330702101000');

export const runOf = (
  programme: ProgrammeCode,
  towns: Readonly<Record<string, Partial<Totals>>>,
): RunAccount => ({
  run: {
    runId: `${MONTH}-${programme}-regular`,
    programme,
    month: MONTH,
    kind: 'regular',
    attempt: 1,
    state: 'issued',
    asOf: '2021-07-01T00:00:00.000Z',
    openedBy: 'officer-1',
    shards: 64,
    batches: 1,
    balanced: true,
    totals: sumTotals(Object.values(towns)),
    towns: Object.entries(towns).map(([code, totals]) => {
      const areaCode = AreaCode.parse(code);
      return { areaCode, areaName: areaName(areaCode), totals: { ...zeroTotals, ...totals } };
    }),
    batchList: [],
  },
  files: [
    {
      fileName: `${programme}.txt`,
      batch: 1,
      batchNo: 'B1',
      bank: '中国农业银行',
      lines: 2,
      totalFen: 130_000,
      sm3: 'ab'.repeat(32),
      settledLines: 1,
      returnedLines: 0,
      pendingLines: 1,
    },
  ],
  exceptions: new Map([['未登记银行账号', 1]]),
});

/** Three lines: one settled, one with its bank, one held. */
export const paid: Partial<Totals> = {
  lines: 3,
  persons: 5,
  amountFen: 180_000,
  filedLines: 2,
  filedFen: 130_000,
  heldLines: 1,
  heldFen: 50_000,
  settledLines: 1,
  settledFen: 65_000,
  pendingLines: 1,
  pendingFen: 65_000,
};
