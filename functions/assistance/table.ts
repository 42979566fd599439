import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { bucketOf, defineTable } from '../../shared/table.ts';
import type { RegisterProgramme } from './evaluation.ts';

/**
 * The table of social assistance. `listing` holds what officers page through, `due` what must be done by a date; most items
 * are in neither.
 */
export const assistanceTable = defineTable({
  context: 'assistance',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  stream: 'NEW_IMAGE',
  indexes: {
    listing: { partitionKey: 'listPk', sortKey: 'listSk', projection: 'KEYS_ONLY' },
    due: { partitionKey: 'duePk', sortKey: 'dueSk', projection: 'KEYS_ONLY' },
  },
});

/** Cases are spread over this many partitions by a hash that never changes; the shards of a sweep share them. */
export const PARTITIONS = 16;

/** The part of the register a case lies in, and of the counts it is counted in. */
export const partitionOf = (caseNo: string): number => bucketOf(caseNo, PARTITIONS);
const digits = (n: number, width: number): string => String(n).padStart(width, '0');

/** The only place that builds a key. Sorted by access pattern; the README prints it. */
export const keys = {
  application: (applicationNo: string) => ({ pk: `APPLICATION#${applicationNo}`, sk: 'APPLICATION' }),
  case: (caseNo: string) => ({ pk: keys.casesInPartition(partitionOf(caseNo)), sk: caseNo }),
  /** Beside its case, so that a sweep reads both in one query. */
  dossier: (caseNo: string) => ({ pk: keys.case(caseNo).pk, sk: `${caseNo}#DOSSIER` }),
  casesInPartition: (partition: number) => `CASE#${digits(partition, 2)}`,
  facts: (caseNo: string, version: number) => ({ pk: `FACTS#${caseNo}`, sk: digits(version, 5) }),
  adjustment: (adjustmentId: string) => ({ pk: `ADJUSTMENT#${adjustmentId}`, sk: 'ADJUSTMENT' }),
  /** That a person belongs to an application or a case: `subject` is `application/…` or `case/…`. */
  person: (index: string, subject: string) => ({ pk: `PERSON#${index}`, sk: subject }),
  /** Changes with every decision about a person, so that two decisions at the same moment cannot both count. */
  admission: (index: string) => ({ pk: `PERSON#${index}`, sk: 'ADMISSION' }),
  /** What a citizen sees as his own: `subject` is `application/…` or `case/…`. */
  citizen: (citizenId: string, subject: string) => ({ pk: `CITIZEN#${citizenId}`, sk: subject }),
  casesOfPerson: (index: string) => ({ pk: `PERSON#${index}`, prefix: 'case/' }),
  /** A household by the name of its head. */
  namesake: (index: string, caseNo: string) => ({ pk: keys.namesakes(index), sk: caseNo }),
  namesakes: (index: string) => `NAME#${index}`,
  counter: (name: string) => ({ pk: `COUNTER#${name}`, sk: 'COUNTER' }),
  incomeCheck: (requestId: string) => ({ pk: `CHECK#${requestId}`, sk: 'CHECK' }),
  publicity: (publicityId: string) => ({ pk: `PUBLICITY#${publicityId}`, sk: 'PUBLICITY' }),
  sweep: (sweepId: string) => ({ pk: `SWEEP#${sweepId}`, sk: 'SWEEP' }),
  sweepShard: (sweepId: string, phase: 'plan' | 'apply', shard: number) => ({
    pk: `SWEEP#${sweepId}`,
    sk: `${phase.toUpperCase()}#${digits(shard, 2)}`,
  }),
  /** The numbers a sweep reckons with. */
  sweepParameters: (sweepId: string) => ({ pk: `SWEEP#${sweepId}`, sk: 'PARAMETERS' }),
  /** Proposals of a shard; `list` tells those to apply from those that are listed apart. */
  sweepBlock: (sweepId: string, shard: number, attempt: string, list: 'APPLY' | 'APART', block: number) => ({
    pk: `SWEEP_BLOCK#${sweepId}#${digits(shard, 2)}#${attempt}`,
    sk: `${list}#${digits(block, 5)}`,
  }),
  /** Which sweep over the register is being applied, and how new the newest applied one is. */
  sweepTurn: { pk: 'SWEEP_TURN', sk: 'SWEEP_TURN' },
  priceIndex: (month: Month) => ({ pk: keys.priceIndices, sk: month }),
  priceIndices: 'PRICE_INDEX',
  /** What the register counts of a programme in a town, in as many parts as a sweep has shards, so that few writers meet. */
  registerCount: (programme: RegisterProgramme, town: AreaCode, caseNo: string) => ({
    pk: keys.registerCounts(programme),
    sk: `${town}#${digits(partitionOf(caseNo), 2)}`,
  }),
  registerCounts: (programme: RegisterProgramme) => `REGISTER_COUNT#${programme}`,
  /** Who saw sealed fields of a record, and why. */
  look: (record: string, which: string) => ({ pk: `LOOK#${record}`, sk: which }),
  registerImport: (importId: string) => ({ pk: `IMPORT#${importId}`, sk: 'IMPORT' }),
  importFinding: (importId: string, row: number, index: number) => ({
    pk: `IMPORT#${importId}`,
    sk: `FINDING#${digits(row, 7)}#${digits(index, 2)}`,
  }),
};

/** Partitions of the `listing` index. */
export const listings = {
  applicationsIn: (town: AreaCode) => `APPLICATIONS#${town}`,
  casesIn: (programme: RegisterProgramme, town: AreaCode) => `CASES#${programme}#${town}`,
  adjustmentsIn: (town: AreaCode) => `ADJUSTMENTS#${town}`,
  publicitiesIn: (town: AreaCode) => `PUBLICITIES#${town}`,
  sweeps: 'SWEEPS',
  registerImports: 'IMPORTS',
};

/** Partitions of the `due` index: what a town must do, by date. */
export const dueIn = (town: AreaCode): string => `DUE#${town}`;
