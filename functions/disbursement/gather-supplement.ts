import { SupplementPrepared, SupplementRequested } from '../../events/disbursement.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import {
  getItems,
  openTable,
  putDeterministicItems,
  putOver,
  type Table,
  transact,
} from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { approvalsNeeded, type Batch } from './batch.ts';
import { parseLineKey } from './block.ts';
import { entitlementFrom } from './entitlement-store.ts';
import { Line } from './line.ts';
import { type OpenLine, openLinesOf } from './open-lines.ts';
import { homesOfCases } from './residence-store.ts';
import type { Run } from './run.ts';
import { batchItem, changeRun, findBatch, findRun, lineItem } from './run-store.ts';
import { supplementLine } from './supplement.ts';
import { keys } from './table.ts';

/** Open lines are looked at in groups, so that memory stays small when a whole bank file was sent back. */
const GROUP = 500;

const linesFor = async (table: Table, run: Run, batch: Batch, open: readonly OpenLine[]): Promise<Line[]> => {
  const lineItems = await getItems(
    table,
    open.map(({ lineKey, batch: last }) => {
      const { areaCode, caseNo } = parseLineKey(lineKey);
      return keys.line(run, last, areaCode, caseNo);
    }),
  );
  const lines = new Map(lineItems.map((item) => [`${item.areaCode}#${item.caseNo}`, Line.parse(item)]));
  const cases = open.map(({ lineKey }) => keys.entitlement(run.programme, parseLineKey(lineKey).caseNo));
  const entitlements = new Map(
    (await getItems(table, cases)).map((item) => [String(item.caseNo), entitlementFrom(item)]),
  );
  const homeOf = await homesOfCases(table, run, [...entitlements.keys()], batch.preparedAt);
  return open.flatMap((each) => {
    const line = lines.get(each.lineKey);
    const entitlement = line && entitlements.get(line.caseNo);
    const paid =
      entitlement &&
      supplementLine(line, each, entitlement, batch.batch, batch.preparedAt, homeOf(line.caseNo));
    return paid ? [paid] : [];
  });
};

/**
 * Gathers what can be paid by now into the batch. What was known when the batch was asked for decides, so that gathering it
 * twice gives the same lines.
 */
export const gatherSupplement = (table: Table, clock: Clock) =>
  consume(SupplementRequested, async ({ data, correlationId }) => {
    const run = await findRun(table, data.runId);
    const batch = await findBatch(table, data.runId, data.batch);
    if (!run || batch?.state !== 'gathering') return;
    const parameters = await parametersOf(table, run.asOf);
    const open = await openLinesOf(table, run);
    const towns = new Set<AreaCode>();
    let lines = 0;
    let amountFen = 0;
    for (let start = 0; start < open.length; start += GROUP) {
      const payable = await linesFor(table, run, batch, open.slice(start, start + GROUP));
      await putDeterministicItems(
        table,
        payable.map((line) => lineItem(run, line)),
      );
      for (const { areaCode } of payable) towns.add(townOf(areaCode));
      lines += payable.length;
      amountFen += payable.reduce((sum, line) => sum + line.amountFen, 0);
    }
    const prepared: Batch = {
      ...batch,
      state: lines > 0 ? 'prepared' : 'empty',
      lines,
      amountFen,
      towns: [...towns],
      approvalsNeeded: approvalsNeeded(parameters, amountFen, batch.preparedBy, run.month),
      version: batch.version + 1,
    };
    const { runId, programme, month } = run;
    const result = { runId, programme, month, batch: batch.batch, lines, amountFen };
    const fact = {
      subject: `run/${runId}`,
      which: `batch-${batch.batch}`,
      at: clock(),
      correlationId,
      data: result,
    };
    await transact(table, [
      putOver(table, batchItem(prepared), batch.version),
      ...(lines > 0 ? [] : [changeRun(table, run, { openBatch: undefined })]),
      announce(table, happened(SupplementPrepared, fact)),
    ]);
  });

export const handler = composed(() =>
  gatherSupplement(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
