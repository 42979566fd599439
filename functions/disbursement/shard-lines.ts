import { type AreaCode, townOf } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import {
  getItem,
  type Item,
  putDeterministicItems,
  queryAll,
  type Table,
  within,
} from '../../shared/dynamo.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { type Entitlement, versionFor } from './entitlement.ts';
import { entitlementFrom } from './entitlement-store.ts';
import { entriesInBucket, lendToRun } from './ledger-store.ts';
import { type PlannedLine, planLine } from './line.ts';
import { type HomeOf, homesInBucket } from './residence-store.ts';
import type { StandingRun } from './retroactive.ts';
import { settlementsFor } from './retroactive-store.ts';
import type { Run } from './run.ts';
import { lineItem } from './run-store.ts';
import { bucketsOfShard, keys } from './table.ts';
import { addTotals, type Totals, zeroTotals } from './totals.ts';

export type TownTally = Map<AreaCode, Totals>;

/** What the shards of a run are planned from, beside their cases. */
export type Planning = {
  readonly table: Table;
  readonly run: Run;
  /** The rule numbers as known when the run froze its roster. */
  readonly parameters: ParameterSet;
  /** The runs of the programme that stood when this one was opened, in the order they were opened; asked for if there are cases. */
  readonly earlier: () => Promise<readonly StandingRun[]>;
  readonly at: Instant;
  readonly correlationId: string;
};

/** Cases are planned in groups of this many, so that a shard's memory does not grow with the district. */
const GROUP = 250;

const tallyOf = ({ line }: PlannedLine): Partial<Totals> => {
  const place =
    line.holds.length > 0
      ? { heldLines: 1, heldFen: line.amountFen }
      : { unfiledLines: 1, unfiledFen: line.amountFen };
  return { lines: 1, persons: line.persons, amountFen: line.amountFen, ...place };
};

const itemsOf = (planned: PlannedLine, run: Run): Item[] => [
  lineItem(run, planned.line),
  ...planned.exceptions.map((code) => ({
    ...keys.exception(run.runId, planned.line.areaCode, planned.line.caseNo, code),
    code,
    areaCode: planned.line.areaCode,
    caseNo: planned.line.caseNo,
    amountFen: planned.line.amountFen,
  })),
];

/** The entitlements of one bucket, group by group. */
const groupsInBucket = async function* (
  { table, run }: Planning,
  bucket: number,
): AsyncGenerator<readonly Entitlement[]> {
  let group: Entitlement[] = [];
  for await (const item of queryAll(table, within(keys.entitlementsInBucket(run.programme, bucket)))) {
    group.push(entitlementFrom(item));
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
};

/** Writes the lines of a shard. They are a pure function of what the run froze, so writing them twice changes nothing. */
export const writeLines = async (planning: Planning, shard: number): Promise<TownTally> => {
  const { table, run, parameters } = planning;
  const conflicts = new Set(
    (await getItem(table, keys.conflicts(run.runId, shard)))?.cases as string[] | undefined,
  );
  const tally: TownTally = new Map();
  const items: Item[] = [];
  let earlier: readonly StandingRun[] | undefined;
  for (const bucket of bucketsOfShard(shard, run.shards)) {
    let homeOf: HomeOf | undefined;
    let ledger: Awaited<ReturnType<typeof entriesInBucket>> | undefined;
    for await (const group of groupsInBucket(planning, bucket)) {
      earlier ??= await planning.earlier();
      ledger ??= await entriesInBucket(table, run, bucket);
      homeOf ??= await homesInBucket(table, run, bucket);
      const settlements = await settlementsFor(table, run, earlier, group);
      const borrowers = group.map((entitlement) => ({
        caseNo: entitlement.caseNo,
        regularFen: versionFor(entitlement, run.month, run.asOf)?.amountFen ?? 0,
        stored: ledger?.get(entitlement.caseNo) ?? [],
        fresh: settlements.get(entitlement.caseNo) ?? [],
      }));
      const lent = await lendToRun(table, run, borrowers, planning);
      const lines = group.flatMap((entitlement) => {
        const { caseNo } = entitlement;
        const home = homeOf?.(caseNo);
        return (
          planLine(run, parameters, entitlement, lent.get(caseNo) ?? [], conflicts.has(caseNo), home) ?? []
        );
      });
      for (const planned of lines) {
        const town = townOf(planned.line.areaCode);
        tally.set(town, addTotals(tally.get(town) ?? zeroTotals, tallyOf(planned)));
      }
      items.push(...lines.flatMap((planned) => itemsOf(planned, run)));
      if (items.length >= GROUP) await putDeterministicItems(table, items.splice(0));
    }
  }
  await putDeterministicItems(table, items);
  return tally;
};
