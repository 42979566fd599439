import { SweepApplied } from '../../events/assistance.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Clock } from '../../shared/clock.ts';
import { putNew, putOver, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Handover } from '../../shared/handover.ts';
import type { Seals } from '../../shared/keyring.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { campaignGroup } from './campaign-applying.ts';
import { changesRegister, type Sweep, sweepOrigin } from './sweep.ts';
import { type Proposal, readBlock } from './sweep-block.ts';
import type { Group, MakeGroup } from './sweep-group.ts';
import { registerGroup } from './sweep-register-group.ts';
import { sweepFact } from './sweep-starting.ts';
import {
  type AppliedShard,
  appliedShards,
  findAppliedShard,
  findPlannedShard,
  parametersOfSweep,
  stepSweep,
} from './sweep-store.ts';
import { allAccountedFor, appliedByTown, NO_PLANNED, sumApplied } from './sweep-totals.ts';
import { endTurn } from './sweep-turn.ts';
import { keys } from './table.ts';

export type ApplyDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly seals: () => Promise<Seals>;
  readonly handover: Pick<Handover, 'give'>;
};

/** Offered to one transaction, which holds a hundred writes: households, their counts, the event and the progress. */
const GROUP_HOUSEHOLDS = 88;

const NOT_BEGUN: AppliedShard = { block: 0, index: 0, finished: false, towns: {}, version: 0 };

/**
 * Progress is written in the transaction of the group it counts, over the version that was read: of two workers at one shard
 * the loser finds the winner's group done and goes on behind it. So every household is dealt with exactly once.
 */
const progressWrite = (table: Table, sweepId: string, shard: number, next: AppliedShard): Write => {
  const item = { ...next, ...keys.sweepShard(sweepId, 'apply', shard) };
  return next.version === 1 ? putNew(table, item) : putOver(table, item, next.version - 1);
};

const advanced = (
  { block, index, towns, version }: AppliedShard,
  { taken, parts }: Group,
  size: { readonly inBlock: number; readonly blocks: number },
): AppliedShard => {
  const ended = index + taken >= size.inBlock;
  const place = ended ? { block: block + 1, index: 0 } : { block, index: index + taken };
  const known = Object.entries(towns).map(([town, totals]) => ({ areaCode: town as AreaCode, totals }));
  return {
    ...place,
    finished: place.block >= size.blocks,
    towns: appliedByTown([...known, ...parts]),
    version: version + 1,
  };
};

const NOTHING: Group = { taken: 0, writes: [], parts: [] };
/** Somebody changed a case of the group, or another worker was faster; after so many times the message comes again later. */
const ATTEMPTS = 8;

const applyBlocks = async (
  { table, clock }: ApplyDeps,
  sweep: Sweep,
  shard: number,
  makeGroup: MakeGroup,
  correlationId: string,
): Promise<void> => {
  const { sweepId } = sweep;
  const planned = await findPlannedShard(table, sweepId, shard);
  if (!planned) throw new Error(`Shard ${shard} of ${sweepId} was never planned.`);
  const { blocks } = planned;
  const read = new Map<number, Proposal[]>();
  const proposalsIn = async (block: number): Promise<Proposal[]> => {
    const proposals = read.get(block) ?? (await readBlock(table, sweepId, shard, blocks, 'APPLY', block));
    read.clear();
    read.set(block, proposals);
    return proposals;
  };
  const readProgress = async () => (await findAppliedShard(table, sweepId, shard)) ?? NOT_BEGUN;
  let progress = await readProgress();
  let lost = 0;
  while (!progress.finished) {
    if (lost === ATTEMPTS) throw new Error(`A group of ${sweepId} was changed again and again.`);
    const { block, index } = progress;
    const proposals = blocks.apply === 0 ? [] : await proposalsIn(block);
    const offered = proposals.slice(index, index + GROUP_HOUSEHOLDS);
    const at = clock();
    const group =
      offered.length === 0
        ? NOTHING
        : await makeGroup(offered, {
            origin: sweepOrigin(sweepId),
            // A shard's events in a place of their own: a partition of the table takes a thousand writes a second.
            subject: `${sweepOrigin(sweepId)}/${shard}`,
            which: `${block}-${index}`,
            at,
            correlationId,
          });
    const next = advanced(progress, group, { inBlock: proposals.length, blocks: blocks.apply });
    const outcome = await transact(table, [...group.writes, progressWrite(table, sweepId, shard, next)]);
    lost = outcome.committed ? 0 : lost + 1;
    progress = outcome.committed ? next : await readProgress();
  }
};

/** Ends the sweep when its last shard is through: every household that was to be changed is accounted for, and the turn ends. */
const endApplying = async (table: Table, sweep: Sweep, at: string, correlationId: string): Promise<void> => {
  const shards = await appliedShards(table, sweep.sweepId);
  if (shards.length < sweep.shards || !shards.every(({ finished }) => finished)) return;
  const applied = sumApplied(shards.flatMap(({ towns }) => Object.values(towns)));
  if (!allAccountedFor(sweep.planned ?? NO_PLANNED, applied)) {
    log('CONSERVATION_BROKEN', { sweepId: sweep.sweepId });
    throw new Error(`${sweep.sweepId} has not dealt with every household.`);
  }
  const { households, persons, beforeFen, afterFen, skipped } = applied;
  const fact = sweepFact(sweep, 'applied', at, correlationId);
  const data = { ...fact.data, households, persons, beforeFen, afterFen, skipped };
  await transact(table, [
    stepSweep(table, sweep, 'done', { applied }),
    ...(changesRegister(sweep) ? [endTurn(table, sweep)] : []),
    announce(table, happened(SweepApplied, { ...fact, data })),
  ]);
};

/** Applies one shard, group by group, from wherever it was left; the last shard to finish ends the sweep. */
export const applySweepShard = async (
  deps: ApplyDeps,
  sweep: Sweep,
  shard: number,
  correlationId: string,
): Promise<void> => {
  const { table, clock } = deps;
  const makeGroup = changesRegister(sweep)
    ? registerGroup(table, sweep, await parametersOfSweep(table, sweep.sweepId))
    : campaignGroup(deps, sweep);
  await applyBlocks(deps, sweep, shard, makeGroup, correlationId);
  await endApplying(table, sweep, clock(), correlationId);
};
