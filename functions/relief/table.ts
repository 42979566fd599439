import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { defineTable } from '../../shared/table.ts';

/**
 * The table of temporary relief. `listing` holds what officers and the public page through, `due` what a town must do by a
 * date; most items are in neither.
 */
export const reliefTable = defineTable({
  context: 'relief',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  stream: 'NEW_IMAGE',
  indexes: {
    listing: { partitionKey: 'listPk', sortKey: 'listSk', projection: 'KEYS_ONLY' },
    due: { partitionKey: 'duePk', sortKey: 'dueSk', projection: 'KEYS_ONLY' },
  },
});

/** The only place that builds a key. Sorted by access pattern; the README prints it. */
export const keys = {
  case: (caseNo: string) => ({ pk: `CASE#${caseNo}`, sk: 'CASE' }),
  counter: (name: string) => ({ pk: `COUNTER#${name}`, sk: 'COUNTER' }),
  /** That a person is helped by a case; `index` is the blind index of the identity number. */
  caseOfPerson: (index: string, caseNo: string) => ({ pk: `PERSON#${index}`, sk: `CASE#${caseNo}` }),
  casesOfPerson: (index: string) => ({ pk: `PERSON#${index}`, prefix: 'CASE#' }),
  grants: (index: string) => ({ pk: `PERSON#${index}`, sk: 'GRANTS' }),
  look: (caseNo: string, at: string, by: string) => ({ pk: `LOOK#${caseNo}`, sk: `${at}#${by}` }),

  publicity: (publicityId: string) => ({ pk: `PUBLICITY#${publicityId}`, sk: 'PUBLICITY' }),

  /** `holder` is a township, or the other side of an entry: `district` or `relief`. */
  reserve: (holder: string, year: number) => ({ pk: `RESERVE#${holder}`, sk: `ACCOUNT#${year}` }),
  reservesOf: (holder: string) => ({ pk: `RESERVE#${holder}`, prefix: 'ACCOUNT#' }),
  entry: (town: AreaCode, year: number, at: string, entryId: string) => ({
    pk: keys.entriesOf(town, year),
    sk: `${at}#${entryId}`,
  }),
  entriesOf: (town: AreaCode, year: number) => `RESERVE_ENTRY#${town}#${year}`,
  movement: (town: AreaCode, movementId: string) => ({
    pk: `RESERVE#${town}`,
    sk: `MOVEMENT#${movementId}`,
  }),
  movementsOf: (town: AreaCode) => ({ pk: `RESERVE#${town}`, prefix: 'MOVEMENT#' }),
  reconciliation: (town: AreaCode, month: Month) => ({
    pk: `RESERVE#${town}`,
    sk: `RECONCILIATION#${month}`,
  }),
  reconciliationsOf: (town: AreaCode) => ({ pk: `RESERVE#${town}`, prefix: 'RECONCILIATION#' }),

  inspection: (town: AreaCode, inspectionId: string) => ({ pk: `INSPECTION#${town}`, sk: inspectionId }),
  inspectionsOf: (town: AreaCode) => `INSPECTION#${town}`,
  finding: (town: AreaCode, findingId: string) => ({ pk: `FINDING#${town}`, sk: findingId }),
  findingsOf: (town: AreaCode) => `FINDING#${town}`,
  findingsOfInspection: (town: AreaCode, inspectionId: string) => ({
    pk: `FINDING#${town}`,
    prefix: `${inspectionId}-`,
  }),
} as const;

/** Partitions of the `listing` index. */
export const listings = {
  casesIn: (town: AreaCode) => `CASES#${town}`,
  publicitiesIn: (town: AreaCode) => `PUBLICITIES#${town}`,
};

/** The partition of the `due` index for what a town must do, by date. */
export const dueIn = (town: AreaCode): string => `DUE#${town}`;
