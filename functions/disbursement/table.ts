import type { AreaCode } from '../../shared/area.ts';
import { townOf } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { bucketOf, defineTable } from '../../shared/table.ts';

/** The table of payments. `listing` holds what officers page through; most items are not in it. */
export const disbursementTable = defineTable({
  context: 'disbursement',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  stream: 'NEW_IMAGE',
  indexes: { listing: { partitionKey: 'listPk', sortKey: 'listSk', projection: 'KEYS_ONLY' } },
});

/**
 * Entitlements, claims and ledger entries are spread over this many partitions by a hash that never changes: a partition of
 * DynamoDB takes 1,000 writes a second, and planning reads them side by side. A power of two, so that shards share them evenly.
 */
export const BUCKETS = 16;

const two = (n: number): string => String(n).padStart(2, '0');

export const caseBucket = (programme: ProgrammeCode, caseNo: string): number =>
  bucketOf(`${programme}#${caseNo}`, BUCKETS);
export const shardOfCase = (programme: ProgrammeCode, caseNo: string, shards: number): number =>
  caseBucket(programme, caseNo) % shards;

/** Sorts ledger entries before the entitlements of their partition; no case number has this mark. */
const LEDGER = '#';
export const isLedgerKey = (sk: unknown): boolean => String(sk).startsWith(LEDGER);
export const isBehindLedger = (sk: unknown): boolean => !isLedgerKey(sk) && String(sk) > LEDGER;

/**
 * What the place of a run's lines depends on. Each town has a partition of its own; but of a run that one shard plans, a few
 * hundred lines in all, they lie together and are read at once.
 */
export type LinesOf = { readonly runId: string; readonly shards: number };

/** The only place that builds a key. Sorted by access pattern; the README prints it. */
export const keys = {
  entitlement: (programme: ProgrammeCode, caseNo: string) => ({
    pk: keys.casesInBucket(programme, caseBucket(programme, caseNo)),
    sk: caseNo,
  }),
  /** Ledger entries, then entitlements: planning reads both in one go. */
  casesInBucket: (programme: ProgrammeCode, bucket: number) => `CASE#${programme}#${two(bucket)}`,
  entitlementsInTown: (programme: ProgrammeCode, town: AreaCode) => `ENTITLEMENT#${programme}#${town}`,

  claim: (person: string, programme: ProgrammeCode, caseNo: string) => ({
    pk: keys.claimsInBucket(bucketOf(person, BUCKETS)),
    sk: `${person}#${programme}#${caseNo}`,
  }),
  claimsInBucket: (bucket: number) => `CLAIM#${two(bucket)}`,
  claimsOfPerson: (person: string) => ({
    pk: keys.claimsInBucket(bucketOf(person, BUCKETS)),
    prefix: `${person}#`,
  }),

  ledgerEntry: (programme: ProgrammeCode, caseNo: string, entryId: string) => ({
    pk: keys.casesInBucket(programme, caseBucket(programme, caseNo)),
    sk: `${LEDGER}${caseNo}#${entryId}`,
  }),
  ledgerOfCase: (programme: ProgrammeCode, caseNo: string) => ({
    pk: keys.casesInBucket(programme, caseBucket(programme, caseNo)),
    prefix: `${LEDGER}${caseNo}#`,
  }),
  ledgerInBucket: (programme: ProgrammeCode, bucket: number) => ({
    pk: keys.casesInBucket(programme, bucket),
    prefix: LEDGER,
  }),

  move: (caseNo: string, number: number) => ({
    pk: keys.movesOfCase(caseNo).pk,
    sk: `${caseNo}#${String(number).padStart(6, '0')}`,
  }),
  movesInBucket: (bucket: number) => `MOVE#${two(bucket)}`,
  movesOfCase: (caseNo: string) => ({
    pk: keys.movesInBucket(caseBucket('destitute', caseNo)),
    prefix: `${caseNo}#`,
  }),
  homeAccount: (creditCode: string, number: number) => ({
    pk: keys.homeAccountsOf(creditCode),
    sk: String(number).padStart(6, '0'),
  }),
  homeAccountsOf: (creditCode: string) => `HOME_ACCOUNT#${creditCode}`,

  roster: (rosterId: string) => ({ pk: `ROSTER#${rosterId}`, sk: 'ROSTER' }),
  rosterFinding: (rosterId: string, row: number, index: number) => ({
    pk: `ROSTER#${rosterId}`,
    sk: `FINDING#${String(row).padStart(7, '0')}#${two(index)}`,
  }),

  run: (runId: string) => ({ pk: `RUN#${runId}`, sk: 'RUN' }),
  runSlot: (programme: ProgrammeCode, month: Month, kind: string) => ({
    pk: `RUN_SLOT#${programme}`,
    sk: `${month}#${kind}`,
  }),
  shard: (runId: string, shard: number) => ({ pk: `RUN#${runId}`, sk: `SHARD#${two(shard)}` }),
  conflicts: (runId: string, shard: number) => ({ pk: `RUN#${runId}`, sk: `CONFLICTS#${two(shard)}` }),
  townTotals: (runId: string, town: AreaCode) => ({ pk: `RUN#${runId}`, sk: `TOWN#${town}` }),
  batch: (runId: string, batch: number) => ({ pk: `RUN#${runId}`, sk: `BATCH#${two(batch)}` }),
  exception: (runId: string, areaCode: AreaCode, caseNo: string, code: string) => ({
    pk: `RUN#${runId}`,
    sk: `EXCEPTION#${areaCode}#${caseNo}#${code}`,
  }),
  decision: (runId: string, areaCode: AreaCode, caseNo: string) => ({
    pk: `RUN#${runId}`,
    sk: `DECISION#${areaCode}#${caseNo}`,
  }),

  line: (run: LinesOf, batch: number, areaCode: AreaCode, caseNo: string) => ({
    pk: keys.linesInArea(run, batch, areaCode).pk,
    sk: `${areaCode}#${caseNo}`,
  }),
  linesInArea: (run: LinesOf, batch: number, area: AreaCode) => ({
    pk: `LINE#${run.runId}#${two(batch)}${run.shards === 1 ? '' : `#${townOf(area)}`}`,
    prefix: townOf(area) === area ? area.slice(0, 9) : `${area}#`,
  }),

  file: (fileName: string) => ({ pk: `FILE#${fileName}`, sk: 'FILE' }),
  fileOfBatchNo: (batchNo: string) => ({ pk: `BATCH_NO#${batchNo}`, sk: 'FILE' }),
  block: (fileName: string, firstLine: { areaCode: AreaCode; caseNo: string }) => ({
    pk: `FILE#${fileName}`,
    sk: `BLOCK#${firstLine.areaCode}#${firstLine.caseNo}`,
  }),

  return: (returnId: string) => ({ pk: `RETURN#${returnId}`, sk: 'RETURN' }),
  returnRow: (returnId: string, row: number) => ({
    pk: `RETURN#${returnId}`,
    sk: `ROW#${String(row).padStart(7, '0')}`,
  }),
} as const;

/** Partitions of the `listing` index. */
export const listings = { rosters: 'ROSTERS', runs: 'RUNS', returns: 'RETURNS' } as const;
