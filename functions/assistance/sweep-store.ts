import { getItem, type Item, queryAll, type Table, type Write, within } from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import { type ParameterSet, shipped } from '../../shared/parameter.ts';
import { isOpen, Sweep, type SweepStep, sweepPriorStates } from './sweep.ts';
import type { ShardBlocks } from './sweep-block.ts';
import { AppliedTotals, type ByTown, PlannedTotals } from './sweep-totals.ts';
import { keys, listings } from './table.ts';

/** Reads and writes of sweeps, their shards, and the numbers they reckon with. */

export const sweepItem = (sweep: Sweep): Item => ({
  ...sweep,
  ...keys.sweep(sweep.sweepId),
  listPk: listings.sweeps,
  listSk: `${sweep.month}#${sweep.sweepId}`,
});

export const findSweep = async (table: Table, sweepId: string): Promise<Sweep | undefined> => {
  const item = await getItem(table, keys.sweep(sweepId));
  return item && Sweep.parse(item);
};

/**
 * Takes a sweep to its next state. The condition is the table of prior states and the version that was read: the loser of a
 * race finds the sweep changed and must read it again.
 */
export const stepSweep = (
  table: Table,
  sweep: Sweep,
  step: SweepStep,
  changes: Partial<Sweep> = {},
): Write => {
  const from: readonly string[] = sweepPriorStates[step];
  return {
    Put: {
      TableName: table.name,
      Item: sweepItem({ ...sweep, ...changes, state: step, version: sweep.version + 1 }),
      ConditionExpression: `#version = :read AND #state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
      ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
      ExpressionAttributeValues: {
        ':read': sweep.version,
        ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
      },
    },
  };
};

/** Sweeps of a kind and month that nobody has approved or rejected for good. Read through the index, so the newest may be missing. */
export const openSweepsOf = async (table: Table, kind: Sweep['kind'], month: Month): Promise<Sweep[]> => {
  const open: Sweep[] = [];
  const listed = {
    IndexName: 'listing',
    KeyConditionExpression: 'listPk = :pk AND begins_with(listSk, :sk)',
    ExpressionAttributeValues: { ':pk': listings.sweeps, ':sk': `${month}#${kind}` },
  };
  for await (const { pk } of queryAll(table, listed)) {
    const sweep = await findSweep(table, String(pk).slice(keys.sweep('').pk.length));
    if (sweep?.kind === kind && isOpen(sweep)) open.push(sweep);
  }
  return open;
};

/**
 * The numbers as they were known when the sweep began, every one of them: what policy sets while it waits for approval must
 * not make its second half differ from its first.
 */
export const parametersItem = (sweepId: string, parameters: ParameterSet): Item => ({
  ...keys.sweepParameters(sweepId),
  parameters: JSON.stringify(parameters),
});

/** A key that came with a later version of the code has its shipped values. */
export const parametersOfSweep = async (table: Table, sweepId: string): Promise<ParameterSet> => {
  const item = await getItem(table, keys.sweepParameters(sweepId));
  if (!item) throw new Error(`The numbers of ${sweepId} are not there.`);
  return { ...shipped, ...(JSON.parse(String(item.parameters)) as ParameterSet) };
};

/** A planned shard: where its blocks are, and its totals by town. */
export type PlannedShard = { readonly blocks: ShardBlocks; readonly towns: ByTown<PlannedTotals> };
/** How far a shard has been applied: the next household of the next block, and what was applied so far. */
export type AppliedShard = {
  readonly block: number;
  readonly index: number;
  readonly finished: boolean;
  readonly towns: ByTown<AppliedTotals>;
  readonly version: number;
};

const townsFrom = <T>(stored: unknown, read: (totals: unknown) => T): ByTown<T> =>
  Object.fromEntries(
    Object.entries(stored as Record<string, unknown>).map(([town, totals]) => [town, read(totals)]),
  );

const plannedFrom = (item: Item): PlannedShard => ({
  blocks: item.blocks as ShardBlocks,
  towns: townsFrom(item.towns, (totals) => PlannedTotals.parse(totals)),
});
const appliedFrom = (item: Item): AppliedShard => ({
  ...(item as Pick<AppliedShard, 'block' | 'index' | 'finished' | 'version'>),
  towns: townsFrom(item.towns, (totals) => AppliedTotals.parse(totals)),
});

export const findPlannedShard = async (
  table: Table,
  sweepId: string,
  shard: number,
): Promise<PlannedShard | undefined> => {
  const item = await getItem(table, keys.sweepShard(sweepId, 'plan', shard));
  return item && plannedFrom(item);
};

export const findAppliedShard = async (
  table: Table,
  sweepId: string,
  shard: number,
): Promise<AppliedShard | undefined> => {
  const item = await getItem(table, keys.sweepShard(sweepId, 'apply', shard));
  return item && appliedFrom(item);
};

const shardsIn = async <T>(
  table: Table,
  sweepId: string,
  phase: 'plan' | 'apply',
  read: (item: Item) => T,
) => {
  const { pk, sk } = keys.sweepShard(sweepId, phase, 0);
  const shards: T[] = [];
  for await (const item of queryAll(table, within(pk, sk.slice(0, sk.indexOf('#') + 1))))
    shards.push(read(item));
  return shards;
};

/** In the order of their numbers, once all are there. */
export const plannedShards = (table: Table, sweepId: string): Promise<PlannedShard[]> =>
  shardsIn(table, sweepId, 'plan', plannedFrom);
export const appliedShards = (table: Table, sweepId: string): Promise<AppliedShard[]> =>
  shardsIn(table, sweepId, 'apply', appliedFrom);
