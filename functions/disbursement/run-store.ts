import { AreaCode } from '../../shared/area.ts';
import {
  addTo,
  getItem,
  getItems,
  type Item,
  queryAll,
  type Table,
  type Write,
  within,
} from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { Batch } from './batch.ts';
import { LineDecision } from './decision.ts';
import { Line } from './line.ts';
import { priorStates, Run, type RunStep } from './run.ts';
import { keys, type LinesOf, listings } from './table.ts';
import { conserved, sumTotals, Totals } from './totals.ts';

/** Reads and writes of runs, their batches, lines and totals. */

export const runItem = (run: Run): Item => ({
  ...run,
  ...keys.run(run.runId),
  listPk: listings.runs,
  listSk: `${run.month}#${run.runId}`,
});

export const findRun = async (table: Table, runId: string): Promise<Run | undefined> => {
  const item = await getItem(table, keys.run(runId));
  return item && Run.parse(item);
};

/**
 * Takes a run to its next state with what changes on the way. The condition is the table of prior states and the version
 * that was read: the loser of a race finds the run changed and must read it again.
 */
export const stepRun = (table: Table, run: Run, step: RunStep, changes: Partial<Run> = {}): Write => {
  const from: readonly string[] = priorStates[step];
  return {
    Put: {
      TableName: table.name,
      Item: runItem({ ...run, ...changes, state: step, version: run.version + 1 }),
      ConditionExpression: `#version = :read AND #state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
      ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
      ExpressionAttributeValues: {
        ':read': run.version,
        ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
      },
    },
  };
};

/** Changes a run within its state; loses when somebody else wrote in between. */
export const changeRun = (table: Table, run: Run, changes: Partial<Run>): Write => ({
  Put: {
    TableName: table.name,
    Item: runItem({ ...run, ...changes, version: run.version + 1 }),
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': run.version },
  },
});

/** The runs of a programme that stand, in the order they were opened: of each month the one that was not sent back. */
export const standingRunsOf = async (table: Table, programme: ProgrammeCode): Promise<Run[]> => {
  const runIds: string[] = [];
  for await (const slot of queryAll(table, within(keys.runSlot(programme, '' as Month, '').pk)))
    runIds.push(String(slot.runId));
  const items = await getItems(table, runIds.map(keys.run));
  return items
    .map((item) => Run.parse(item))
    .filter(({ state }) => state !== 'rejected')
    .toSorted((a, b) => (`${a.asOf}${a.runId}` < `${b.asOf}${b.runId}` ? -1 : 1));
};

/** Runs of a programme that were sent back: what the ledger lent them was never paid. */
export const rejectedRunsOf = async (table: Table, programme: ProgrammeCode): Promise<string[]> => {
  const rejected: string[] = [];
  for await (const slot of queryAll(table, within(keys.runSlot(programme, '' as Month, '').pk))) {
    rejected.push(...((slot.rejected as string[] | undefined) ?? []));
  }
  return rejected;
};

export const batchItem = (batch: Batch): Item => ({ ...batch, ...keys.batch(batch.runId, batch.batch) });

export const findBatch = async (table: Table, runId: string, batch: number): Promise<Batch | undefined> => {
  const item = await getItem(table, keys.batch(runId, batch));
  return item && Batch.parse(item);
};

export const batchesOf = async (table: Table, runId: string): Promise<Batch[]> => {
  const batches: Batch[] = [];
  for await (const item of queryAll(table, within(`RUN#${runId}`, 'BATCH#'))) batches.push(Batch.parse(item));
  return batches;
};

export type TownTotals = { readonly areaCode: AreaCode; readonly totals: Totals };

export const townsOf = async (table: Table, runId: string): Promise<TownTotals[]> => {
  const towns: TownTotals[] = [];
  for await (const item of queryAll(table, within(`RUN#${runId}`, 'TOWN#'))) {
    towns.push({ areaCode: AreaCode.parse(item.areaCode), totals: Totals.parse(item) });
  }
  return towns;
};

/** Whether the equations of conservation hold in every town and over all; checked before each change of state. */
export const allConserved = (towns: readonly TownTotals[]): boolean =>
  towns.every(({ totals }) => conserved(totals)) && conserved(sumTotals(towns.map(({ totals }) => totals)));

/** Moves money between the counters of towns. */
export const moveInTowns = (
  table: Table,
  runId: string,
  moves: ReadonlyMap<AreaCode, Partial<Totals>>,
): Write[] =>
  [...moves]
    .filter(([, move]) => Object.values(move).some((amount) => amount !== 0))
    .map(([town, move]) => addTo(table, keys.townTotals(runId, town), move));

export const lineItem = (run: LinesOf, line: Line): Item => ({
  ...line,
  ...keys.line(run, line.batch, line.areaCode, line.caseNo),
});

/** The partitions in which a batch has the lines of some towns, in the order of the bank file. */
export const linePartitions = (run: LinesOf, batch: number, towns: readonly AreaCode[]): string[] => [
  ...new Set(towns.toSorted().map((town) => keys.linesInArea(run, batch, town).pk)),
];

/** All lines of a batch of a run with these towns, in the order of the bank file: by town, village and case. */
export const linesOfBatch = async function* (
  table: Table,
  run: LinesOf,
  { batch, towns }: Pick<Batch, 'batch' | 'towns'>,
  townsOfRun: readonly AreaCode[],
): AsyncGenerator<Line> {
  for (const partition of linePartitions(run, batch, towns ?? townsOfRun)) {
    for await (const item of queryAll(table, within(partition))) yield Line.parse(item);
  }
};

export const decisionsOf = async (table: Table, runId: string): Promise<Map<string, LineDecision>> => {
  const decisions = new Map<string, LineDecision>();
  for await (const item of queryAll(table, within(`RUN#${runId}`, 'DECISION#'))) {
    const decision = LineDecision.parse(item);
    decisions.set(decision.lineId, decision);
  }
  return decisions;
};
