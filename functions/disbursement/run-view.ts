import type * as z from 'zod';
import { areaName, covers } from '../../shared/area.ts';
import { queryAll, type Table, within } from '../../shared/dynamo.ts';
import { actsForDistrict, type Officer } from '../../shared/role.ts';
import type { Batch } from './batch.ts';
import type { Run } from './run.ts';
import { allConserved, batchesOf, type TownTotals, townsOf } from './run-store.ts';
import { sumTotals } from './totals.ts';
import type { BatchView, RunDetailView, RunView } from './views.ts';

/** Runs as an officer sees them: the totals of the towns of the officer's area, not of the others. */

const shardsDone = async (table: Table, runId: string): Promise<number> => {
  let done = 0;
  for await (const _ of queryAll(table, within(`RUN#${runId}`, 'SHARD#'))) done++;
  return done;
};

/** Figures of the whole run are for those who act for the whole district. */
const summaryOf = (run: Run, towns: readonly TownTotals[], officer: Officer): z.input<typeof RunView> => {
  const { version, openBatch, rejectedRuns, planned, deviation, carriedLines, carriedFen, ...shown } = run;
  return {
    ...shown,
    ...(actsForDistrict(officer) ? { planned, deviation, carriedLines, carriedFen } : {}),
    totals: sumTotals(towns.map(({ totals }) => totals)),
    balanced: allConserved(towns),
  };
};

/** A run of which nothing is planned yet. */
export const viewNewRun = (run: Run, officer: Officer): z.input<typeof RunView> => ({
  ...summaryOf(run, [], officer),
  progress: { shardsDone: 0, shards: run.shards },
});

const visibleTowns = async (table: Table, run: Run, officer: Officer): Promise<TownTotals[]> =>
  (await townsOf(table, run.runId)).filter(({ areaCode }) => covers(officer.area, areaCode));

export const viewRun = async (table: Table, run: Run, officer: Officer): Promise<z.input<typeof RunView>> => {
  const view = summaryOf(run, await visibleTowns(table, run, officer), officer);
  return run.state === 'planning'
    ? { ...view, progress: { shardsDone: await shardsDone(table, run.runId), shards: run.shards } }
    : view;
};

export const viewBatch = ({ towns: _towns, version: _version, ...shown }: Batch): z.input<typeof BatchView> =>
  shown;

export const viewRunDetail = async (
  table: Table,
  run: Run,
  officer: Officer,
): Promise<z.input<typeof RunDetailView>> => {
  const towns = await visibleTowns(table, run, officer);
  return {
    ...(await viewRun(table, run, officer)),
    towns: towns.map(({ areaCode, totals }) => ({ areaCode, areaName: areaName(areaCode), totals })),
    batchList: actsForDistrict(officer) ? (await batchesOf(table, run.runId)).map(viewBatch) : [],
  };
};
