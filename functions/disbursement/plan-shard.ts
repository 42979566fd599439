import * as z from 'zod';
import { RunPlanned, ShardPlanned } from '../../events/disbursement.ts';
import type { AreaCode } from '../../shared/area.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { getItem, openTable, putNew, queryAll, type Table, transact, within } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consumeMessages } from '../../shared/inbox.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { approvalsNeeded, type Batch } from './batch.ts';
import { deviationFrom, type Run } from './run.ts';
import { batchItem, findRun, standingRunsOf, stepRun, townsOf } from './run-store.ts';
import { type Planning, type TownTally, writeLines } from './shard-lines.ts';
import { keys } from './table.ts';
import { addTotals, sumTotals, Totals, zeroTotals } from './totals.ts';

const ShardMessage = z.object({ runId: z.string(), shard: z.int().min(0), correlationId: z.string() });

const planned = (run: Run) => ({ runId: run.runId, programme: run.programme, month: run.month });

const commitShard = async (
  { table, run, at, correlationId }: Planning,
  shard: number,
  tally: TownTally,
): Promise<void> => {
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
const endPlanning = async (
  { table, run, correlationId }: Pick<Planning, 'table' | 'run' | 'correlationId'>,
  parameters: ParameterSet,
  at: string,
): Promise<void> => {
  const towns = await townsIfComplete(table, run);
  if (!towns) return;
  const totals = sumTotals(towns.values());
  const previous = run.previousRunId
    ? sumTotals((await townsOf(table, run.previousRunId)).map((t) => t.totals))
    : undefined;
  const deviation = deviationFrom(parameters, previous, totals, run.month);
  const batch: Batch = {
    runId: run.runId,
    batch: 1,
    state: 'prepared',
    lines: totals.unfiledLines,
    amountFen: totals.unfiledFen,
    preparedBy: run.openedBy,
    preparedAt: at,
    approvalsNeeded: approvalsNeeded(parameters, totals.amountFen, run.openedBy, run.month),
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
    const parameters = await parametersOf(table, run.asOf);
    if (!(await getItem(table, keys.shard(runId, shard)))) {
      const earlier = async () =>
        (await standingRunsOf(table, run.programme)).filter(({ asOf }) => asOf < run.asOf);
      const planning = { table, run, parameters, earlier, at: clock(), correlationId };
      await commitShard(planning, shard, await writeLines(planning, shard));
    }
    await endPlanning({ table, run, correlationId }, parameters, clock());
  });

export const handler = composed(() =>
  planShard(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
