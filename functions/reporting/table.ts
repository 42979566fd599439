import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { defineTable } from '../../shared/table.ts';

/** The table of reporting. `listing` holds reports and targets as officers page through them. */
export const reportingTable = defineTable({
  context: 'reporting',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  stream: 'NEW_IMAGE',
  indexes: { listing: { partitionKey: 'listPk', sortKey: 'listSk', projection: 'KEYS_ONLY' } },
});

/** The only place that builds a key. Sorted by access pattern; the README prints it. */
export const keys = {
  /** An event of any context, where it happened. */
  kept: (context: string, month: Month, area: AreaCode, time: string, eventId: string) => ({
    pk: keys.keptIn(context, month),
    sk: `${area}#${time}#${eventId}`,
  }),
  keptIn: (context: string, month: Month) => `KEPT#${context}#${month}`,
  /** That events of a type were kept in a month, of a programme if it is named: without any there is no data, which is not a zero. */
  seen: (type: string, programme: string | undefined, month: Month) => ({
    pk: keys.seenOf(type, programme),
    sk: month,
  }),
  seenOf: (type: string, programme: string | undefined) =>
    `SEEN#${type}${programme === undefined ? '' : `#${programme}`}`,
  /** What one event adds to a figure in one place. */
  entry: (indicator: string, month: Month, town: AreaCode, programme: string, eventId: string) => ({
    pk: keys.entriesOf(indicator, month),
    sk: `${town}#${programme}#${eventId}`,
  }),
  entriesOf: (indicator: string, month: Month) => `ENTRY#${indicator}#${month}`,
  /** The sum of the entries. */
  total: (indicator: string, month: Month, town: AreaCode, programme: string) => ({
    pk: keys.totalsOf(indicator),
    sk: `${month}#${town}#${programme}`,
  }),
  totalsOf: (indicator: string) => `TOTAL#${indicator}`,
  recount: (recountId: string) => ({ pk: `RECOUNT#${recountId}`, sk: 'RECOUNT' }),
  document: (documentId: string) => ({ pk: keys.documents, sk: documentId }),
  documents: 'DOCUMENT',
  report: (reportId: string) => ({ pk: `REPORT#${reportId}`, sk: 'REPORT' }),
  /** Which issued report stands for a period and an area. */
  standing: (period: string, area: AreaCode) => ({ pk: `STANDING#${period}`, sk: area }),
  target: (targetId: string) => ({ pk: `TARGET#${targetId}`, sk: 'TARGET' }),
};

/** Partitions of the `listing` index. */
export const listings = {
  recounts: 'RECOUNTS',
  reports: 'REPORTS',
  targets: 'TARGETS',
};
