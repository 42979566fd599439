import { RunClosed, RunClosingRequested } from '../../events/disbursement.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { getItems, inParallel, openTable, putIfAbsent, type Table, transact } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { announce } from '../../shared/outbox.ts';
import type { Batch } from './batch.ts';
import { lineKeyText, parseLineKey, recount } from './block.ts';
import { blocksOfFile } from './file-store.ts';
import type { LedgerEntry } from './ledger.ts';
import { ledgerItem } from './ledger-store.ts';
import { Line } from './line.ts';
import { type OpenLine, openLinesOf } from './open-lines.ts';
import type { Run } from './run.ts';
import { batchesOf, findRun, linesOfBatch, stepRun, townsOf } from './run-store.ts';
import { keys } from './table.ts';
import { addTotals, type Totals, zeroTotals } from './totals.ts';

const GROUP = 500;
const WRITERS = 8;

type Count = Map<AreaCode, Totals>;

const countIn = (counted: Count, town: AreaCode, standing: Partial<Totals>) =>
  counted.set(town, addTotals(counted.get(town) ?? zeroTotals, standing));

/** Counts the lines of one batch that no later batch took up, and marks them as taken up by it. */
const countBatch = async (
  table: Table,
  run: Run,
  batch: Batch,
  towns: readonly AreaCode[],
  counted: Count,
  takenUp: Set<string>,
) => {
  for (const fileName of batch.files) {
    for await (const block of blocksOfFile(table, fileName)) {
      for (const [town, standing] of recount(block, takenUp)) countIn(counted, town, standing);
    }
  }
  for await (const line of linesOfBatch(table, run, batch, towns)) {
    const lineKey = lineKeyText(line);
    const ofNothing = line.holds.length === 0 && line.amountFen === 0 && !takenUp.has(lineKey);
    if (ofNothing) countIn(counted, townOf(line.areaCode), { settledLines: 1 });
    if (batch.batch > 1) takenUp.add(lineKey);
  }
};

/** Counts where the money of each town stands from the banks' answers themselves, line by line. */
const recounted = async (table: Table, run: Run, towns: readonly AreaCode[]): Promise<Count> => {
  const counted: Count = new Map();
  const takenUp = new Set<string>();
  const issued = (await batchesOf(table, run.runId)).filter(({ state }) => state === 'issued');
  for (const batch of issued.toReversed()) await countBatch(table, run, batch, towns, counted, takenUp);
  return counted;
};

/** The counters moved with every answer must agree with the answers; if they do not, the run stays open and somebody is told. */
const audit = async (table: Table, run: Run): Promise<void> => {
  const towns = await townsOf(table, run.runId);
  const counted = await recounted(
    table,
    run,
    towns.map(({ areaCode }) => areaCode),
  );
  for (const { areaCode, totals } of towns) {
    const facts = counted.get(areaCode) ?? zeroTotals;
    const agree =
      facts.settledFen === totals.settledFen &&
      facts.returnedFen === totals.returnedFen &&
      facts.pendingFen === totals.pendingFen &&
      facts.settledLines === totals.settledLines;
    if (!agree)
      throw new Error(`The counters of ${run.runId} in ${areaCode} do not agree with the banks' answers.`);
  }
};

/** What a line still owes becomes arrears of the next run. The entry's id follows from run and case: carried over twice, it is one debt. */
const arrearsOf = (run: Run, line: Line, open: OpenLine, at: string): LedgerEntry => ({
  entryId: `carry-${run.runId}`,
  programme: run.programme,
  caseNo: line.caseNo,
  areaCode: line.areaCode,
  kind: 'arrears',
  amountFen: line.amountFen as LedgerEntry['amountFen'],
  reason: open.was === 'held' ? '上期暂缓发放结转' : `上期银行退回结转(${open.outcome?.resultCode ?? ''})`,
  origin: open.lineId,
  recordedAt: at,
  recordedBy: run.openedBy,
  version: 1,
  applied: {},
});

const carryOver = async (table: Table, run: Run, at: string) => {
  const owed = (await openLinesOf(table, run)).filter(({ decision }) => decision?.decision !== 'withdraw');
  let carriedFen = 0;
  for (let start = 0; start < owed.length; start += GROUP) {
    const group = new Map(owed.slice(start, start + GROUP).map((open) => [open.lineKey, open]));
    const items = await getItems(
      table,
      [...group.values()].map(({ lineKey, batch }) => {
        const { areaCode, caseNo } = parseLineKey(lineKey);
        return keys.line(run, batch, areaCode, caseNo);
      }),
    );
    await inParallel(items, WRITERS, async (item) => {
      const line = Line.parse(item);
      const open = group.get(`${line.areaCode}#${line.caseNo}`);
      carriedFen += line.amountFen;
      if (open && line.amountFen > 0) await putIfAbsent(table, ledgerItem(arrearsOf(run, line, open, at)));
    });
  }
  return { carriedLines: owed.length, carriedFen };
};

/** Closes a run: checks the counters against the banks' answers, then carries every unpaid line into the ledger. */
export const carryOverLines = (table: Table, clock: Clock) =>
  consume(RunClosingRequested, async ({ data, time, correlationId }) => {
    const run = await findRun(table, data.runId);
    if (run?.state !== 'closing') return;
    await audit(table, run);
    const carried = await carryOver(table, run, time);
    const settledFen = (await townsOf(table, run.runId)).reduce(
      (sum, { totals }) => sum + totals.settledFen,
      0,
    );
    const { runId, programme, month } = run;
    const result = { runId, programme, month, settledFen, ...carried };
    const fact = { subject: `run/${runId}`, which: 'closed', at: clock(), correlationId, data: result };
    await transact(table, [
      stepRun(table, run, 'closed', carried),
      announce(table, happened(RunClosed, fact)),
    ]);
  });

export const handler = composed(() =>
  carryOverLines(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
