import { SweepPlanned } from '../../events/assistance.ts';
import type { Clock } from '../../shared/clock.ts';
import { putDeterministicItems, putIfAbsent, type Table, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { bucketsOfShard } from '../../shared/table.ts';
import { planCampaign } from './campaign-planning.ts';
import type { CaseFacts } from './case.ts';
import { casesOfPartition, factsOfPartition, findFacts } from './case-store.ts';
import type { HouseholdFacts } from './facts.ts';
import type { Sweep } from './sweep.ts';
import { blockItems, type Proposal, plannedOf } from './sweep-block.ts';
import { earlierFactsNeeded, redetermine } from './sweep-redetermination.ts';
import { sweepFact } from './sweep-starting.ts';
import { findPlannedShard, parametersOfSweep, plannedShards, stepSweep } from './sweep-store.ts';
import { NO_APPLIED, plannedByTown, sumPlanned } from './sweep-totals.ts';
import { keys, PARTITIONS } from './table.ts';

/** Facts of earlier determinations that the rules will ask for, read for few cases only. */
export const earlierFactsOf = async (
  table: Table,
  known: CaseFacts,
  month: Sweep['month'],
): Promise<Map<number, HouseholdFacts>> => {
  const facts = new Map<number, HouseholdFacts>();
  for (const version of earlierFactsNeeded(known, month)) {
    const found = await findFacts(table, known.caseNo, version);
    if (found) facts.set(version, found);
  }
  return facts;
};

const redeterminations = async (
  table: Table,
  sweep: Sweep,
  kind: 'standard' | 'full-amount',
  cases: readonly CaseFacts[],
  parameters: ParameterSet,
): Promise<Proposal[]> => {
  const rule = { kind, month: sweep.month, parameters };
  const proposals: Proposal[] = [];
  for (const known of cases) {
    const earlier = await earlierFactsOf(table, known, sweep.month);
    const redetermination = redetermine(known, rule, earlier);
    if (redetermination) proposals.push(redetermination.proposal);
  }
  return proposals;
};

/** A page of cases at a time, so that a shard's memory does not grow with the district; the proposals alone are kept. */
const proposalsOfShard = async (table: Table, sweep: Sweep, shard: number): Promise<Proposal[]> => {
  const { sweepId, kind, campaign } = sweep;
  const parameters = await parametersOfSweep(table, sweepId);
  const proposals: Proposal[] = [];
  for (const partition of bucketsOfShard(shard, sweep.shards, PARTITIONS)) {
    if (kind === 'standard' || kind === 'full-amount') {
      for await (const cases of factsOfPartition(table, partition))
        proposals.push(...(await redeterminations(table, sweep, kind, cases, parameters)));
      continue;
    }
    if (!campaign) throw new Error(`${sweepId} pays once and does not say what.`);
    for await (const cases of casesOfPartition(table, partition))
      proposals.push(...(await planCampaign(table, cases, { sweep, campaign, parameters })));
  }
  return proposals;
};

/** Ends planning when the last shard is in; where nothing is to be changed, the sweep with it. The condition on the sweep's state lets one of several last shards do it. */
const endPlanning = async (table: Table, sweep: Sweep, at: string, correlationId: string): Promise<void> => {
  const shards = await plannedShards(table, sweep.sweepId);
  if (shards.length < sweep.shards) return;
  const planned = sumPlanned(shards.flatMap(({ towns }) => Object.values(towns)));
  const { households, persons, beforeFen, afterFen, apartHouseholds } = planned;
  const fact = sweepFact(sweep, 'planned', at, correlationId);
  const data = { ...fact.data, households, persons, beforeFen, afterFen, apartHouseholds };
  await transact(table, [
    households === 0
      ? stepSweep(table, sweep, 'done', { planned, applied: NO_APPLIED })
      : stepSweep(table, sweep, 'planned', { planned }),
    announce(table, happened(SweepPlanned, { ...fact, data })),
  ]);
};

/**
 * Plans one shard; the last one to finish ends planning. The first attempt whose shard is recorded counts: blocks that another
 * attempt wrote, or one that died, stay unread under that attempt's own key.
 */
export const planSweepShard = async (
  { table, clock, newId }: { readonly table: Table; readonly clock: Clock; readonly newId: () => string },
  sweep: Sweep,
  shard: number,
  correlationId: string,
): Promise<void> => {
  if (!(await findPlannedShard(table, sweep.sweepId, shard))) {
    const proposals = await proposalsOfShard(table, sweep, shard);
    const { items, blocks } = blockItems(sweep.sweepId, shard, newId(), proposals);
    await putDeterministicItems(table, items);
    const towns = plannedByTown(
      proposals.map((proposal) => ({ areaCode: proposal.areaCode, totals: plannedOf(proposal) })),
    );
    await putIfAbsent(table, { ...keys.sweepShard(sweep.sweepId, 'plan', shard), blocks, towns });
  }
  await endPlanning(table, sweep, clock(), correlationId);
};
