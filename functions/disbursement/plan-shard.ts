import * as z from 'zod';
import { RunPlanned, ShardPlanned } from '../../events/disbursement.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import {
  getItem,
  type Item,
  openTable,
  putDeterministicItems,
  putNew,
  queryAll,
  type Table,
  transact,
  within,
} from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consumeMessages } from '../../shared/inbox.ts';
import { announce } from '../../shared/outbox.ts';
import { approvalsNeeded, type Batch } from './batch.ts';
import { Entitlement, versionFor } from './entitlement.ts';
import type { LedgerEntry } from './ledger.ts';
import { entriesInBucket, lendToRun } from './ledger-store.ts';
import { type PlannedLine, planLine } from './line.ts';
import { deviationFrom, type Run } from './run.ts';
import { batchItem, findRun, lineItem, stepRun, townsOf } from './run-store.ts';
import { bucketsOfShard, keys } from './table.ts';
import { addTotals, sumTotals, Totals, zeroTotals } from './totals.ts';

const ShardMessage = z.object({ runId: z.string(), shard: z.int().min(0), correlationId: z.string() });
type TownTally = Map<AreaCode, Totals>;

/** Lines are written in groups of this many, so that a shard's memory does not grow with the district. */
const WRITE_GROUP = 500;

const tallyOf = ({ line }: PlannedLine): Partial<Totals> => {
  const place =
    line.holds.length > 0
      ? { heldLines: 1, heldFen: line.amountFen }
      : { unfiledLines: 1, unfiledFen: line.amountFen };
  return { lines: 1, persons: line.persons, amountFen: line.amountFen, ...place };
};

const itemsOf = (planned: PlannedLine, runId: string): Item[] => [
  lineItem(planned.line),
  ...planned.exceptions.map((code) => ({
    ...keys.exception(runId, planned.line.areaCode, planned.line.caseNo, code),
    code,
    areaCode: planned.line.areaCode,
    caseNo: planned.line.caseNo,
    amountFen: planned.line.amountFen,
  })),
];

const lent = async (table: Table, run: Run, entitlement: Entitlement, entries: readonly LedgerEntry[]) =>
  entries.length === 0
    ? entries
    : await lendToRun(table, run, versionFor(entitlement, run.month, run.asOf)?.amountFen ?? 0, entries);

/** Writes the lines of a shard. They are a pure function of what the run froze, so writing them twice changes nothing. */
const writeLines = async (table: Table, run: Run, shard: number): Promise<TownTally> => {
  const conflicts = new Set(
    (await getItem(table, keys.conflicts(run.runId, shard)))?.cases as string[] | undefined,
  );
  const tally: TownTally = new Map();
  let pending: Item[] = [];
  for (const bucket of bucketsOfShard(shard)) {
    const ledger = await entriesInBucket(table, run, bucket);
    for await (const item of queryAll(table, within(keys.entitlementsInBucket(run.programme, bucket)))) {
      const entitlement = Entitlement.parse(item);
      const entries = await lent(table, run, entitlement, ledger.get(entitlement.caseNo) ?? []);
      const planned = planLine(run, entitlement, entries, conflicts.has(entitlement.caseNo));
      if (!planned) continue;
      const town = townOf(planned.line.areaCode);
      tally.set(town, addTotals(tally.get(town) ?? zeroTotals, tallyOf(planned)));
      pending.push(...itemsOf(planned, run.runId));
      if (pending.length < WRITE_GROUP) continue;
      await putDeterministicItems(table, pending);
      pending = [];
    }
  }
  await putDeterministicItems(table, pending);
  return tally;
};

const planned = (run: Run) => ({ runId: run.runId, programme: run.programme, month: run.month });

const commitShard = async (
  table: Table,
  run: Run,
  shard: number,
  tally: TownTally,
  at: string,
  correlationId: string,
) => {
  const { lines, amountFen } = sumTotals(tally.values());
  const data = { ...planned(run), shard, lines, amountFen };
  const fact = { subject: `run/${run.runId}`, which: `shard-${shard}`, at, correlationId, data };
  await transact(table, [
    putNew(table, { ...keys.shard(run.runId, shard), towns: Object.fromEntries(tally) }),
    announce(table, happened(ShardPlanned, fact)),
  ]);
};

/** The totals of every town, once all shards have given theirs; undefined while one is missing. */
const townsIfComplete = async (table: Table, run: Run): Promise<TownTally | undefined> => {
  const towns: TownTally = new Map();
  let shards = 0;
  for await (const item of queryAll(table, within(`RUN#${run.runId}`, 'SHARD#'))) {
    shards++;
    for (const [town, totals] of Object.entries(item.towns as Record<string, unknown>)) {
      const code = town as AreaCode;
      towns.set(code, addTotals(towns.get(code) ?? zeroTotals, Totals.parse(totals)));
    }
  }
  return shards === run.shards ? towns : undefined;
};

/** Ends planning when the last shard is in: town totals, comparison with last month, the first batch. The condition on the run's state lets one of several last shards do it. */
const endPlanning = async (table: Table, run: Run, at: string, correlationId: string): Promise<void> => {
  const towns = await townsIfComplete(table, run);
  if (!towns) return;
  const totals = sumTotals(towns.values());
  const previous = run.previousRunId
    ? sumTotals((await townsOf(table, run.previousRunId)).map((t) => t.totals))
    : undefined;
  const deviation = deviationFrom(previous, totals, run.month);
  const batch: Batch = {
    runId: run.runId,
    batch: 1,
    state: 'prepared',
    lines: totals.unfiledLines,
    amountFen: totals.unfiledFen,
    preparedBy: run.openedBy,
    preparedAt: at,
    approvalsNeeded: approvalsNeeded(totals.amountFen, run.openedBy, run.month),
    approvals: [],
    files: [],
    version: 1,
  };
  const { lines, persons, amountFen, heldLines, heldFen } = totals;
  const data = { ...planned(run), lines, persons, amountFen, heldLines, heldFen };
  const fact = { subject: `run/${run.runId}`, which: 'planned', at, correlationId, data };
  await transact(table, [
    stepRun(table, run, 'planned', { planned: totals, batches: 1, ...(deviation ? { deviation } : {}) }),
    putNew(table, batchItem(batch)),
    ...[...towns].map(([town, townTotals]) =>
      putNew(table, { ...keys.townTotals(run.runId, town), areaCode: town, ...townTotals }),
    ),
    announce(table, happened(RunPlanned, fact)),
  ]);
};

/** Plans one shard of a run; the last one to finish ends planning. */
export const planShard = (table: Table, clock: Clock) =>
  consumeMessages(ShardMessage, async ({ runId, shard, correlationId }) => {
    const run = await findRun(table, runId);
    if (run?.state !== 'planning') return;
    if (!(await getItem(table, keys.shard(runId, shard)))) {
      const tally = await writeLines(table, run, shard);
      await commitShard(table, run, shard, tally, clock(), correlationId);
    }
    await endPlanning(table, run, clock(), correlationId);
  });

export const handler = composed(() =>
  planShard(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
