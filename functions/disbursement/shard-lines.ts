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
import { bucketsOfShard } from '../../shared/table.ts';
import { type Entitlement, versionFor } from './entitlement.ts';
import { entitlementFrom } from './entitlement-store.ts';
import { LedgerEntry } from './ledger.ts';
import { lendToRun } from './ledger-store.ts';
import { type PlannedLine, planLine } from './line.ts';
import { type HomeOf, homesInBucket } from './residence-store.ts';
import type { StandingRun } from './retroactive.ts';
import { settlementsFor } from './retroactive-store.ts';
import type { Run } from './run.ts';
import { lineItem } from './run-store.ts';
import { BUCKETS, isBehindLedger, isLedgerKey, keys } from './table.ts';
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

type Group = {
  readonly entitlements: readonly Entitlement[];
  /** The ledger entries of the whole bucket, by case number. */
  readonly ledger: ReadonlyMap<string, readonly LedgerEntry[]>;
};

/** The entitlements of one bucket, group by group; its ledger entries come before the first of them. */
const groupsInBucket = async function* ({ table, run }: Planning, bucket: number): AsyncGenerator<Group> {
  const ledger = new Map<string, LedgerEntry[]>();
  let entitlements: Entitlement[] = [];
  for await (const item of queryAll(table, within(keys.casesInBucket(run.programme, bucket)))) {
    if (isLedgerKey(item.sk)) {
      const entry = LedgerEntry.parse(item);
      ledger.set(entry.caseNo, [...(ledger.get(entry.caseNo) ?? []), entry]);
      continue;
    }
    entitlements.push(entitlementFrom(item));
    // A case number may begin with a mark that sorts before the ledger, whose entries are still to come then.
    if (entitlements.length < GROUP || !isBehindLedger(item.sk)) continue;
    yield { entitlements, ledger };
    entitlements = [];
  }
  if (entitlements.length > 0) yield { entitlements, ledger };
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
  for (const bucket of bucketsOfShard(shard, run.shards, BUCKETS)) {
    let homeOf: HomeOf | undefined;
    for await (const { entitlements, ledger } of groupsInBucket(planning, bucket)) {
      earlier ??= await planning.earlier();
      homeOf ??= await homesInBucket(table, run, bucket);
      const settlements = await settlementsFor(table, run, earlier, entitlements);
      const borrowers = entitlements.map((entitlement) => ({
        caseNo: entitlement.caseNo,
        regularFen: versionFor(entitlement, run.month, run.asOf)?.amountFen ?? 0,
        stored: ledger.get(entitlement.caseNo) ?? [],
        fresh: settlements.get(entitlement.caseNo) ?? [],
      }));
      const lent = await lendToRun(table, run, borrowers, planning);
      const lines = entitlements.flatMap((entitlement) => {
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
