import { keys, listings, reportingTable } from '../../functions/reporting/table.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { type ContextPatterns, onIndex, type Printed } from '../access-patterns.ts';

const month = '2021-07' as Month;
const town = '330702100000' as AreaCode;
const indicator = 'assistance.households-added';
const type = 'relief.relief-given.v1';
const time = '2021-07-05T02:30:00.000Z';

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<Record<keyof typeof keys, readonly [what: string, key: Printed]>> = {
  kept: ['one event that was kept', keys.kept('relief', month, town, time, '<event id>')],
  keptIn: [
    'events of a context and month, by town and time',
    { pk: keys.keptIn('relief', month), prefix: town },
  ],
  seen: ['whether events of a type were kept in a month', keys.seen(type, undefined, month)],
  seenOf: ['since when there is data of a type and programme', keys.seenOf(type, 'relief')],
  entry: ['what one event adds to a figure', keys.entry(indicator, month, town, 'dibao', '<event id>')],
  entriesOf: [
    'which events a figure counts, town by town',
    { pk: keys.entriesOf(indicator, month), prefix: town },
  ],
  total: ['the sum of the entries', keys.total(indicator, month, town, 'dibao')],
  totalsOf: ['a figure, month by month', { pk: keys.totalsOf(indicator), prefix: '2021-07' }],
  recount: ['one recount', keys.recount('<recount id>')],
  document: ['one issued document', keys.document('<document id>')],
  documents: ['documents issued, for the report', keys.documents],
  report: ['one report', keys.report('<report id>')],
  standing: ['the issued report that stands for a period and area', keys.standing('2021H1', town)],
  target: ['one target', keys.target('<target id>')],
};

export const reportingPatterns: ContextPatterns = {
  table: reportingTable,
  onTable: Object.values(patterns),
  history: ['what happened to a report, oldest first', 'report/<report id>', 'reporting.report-issued.v1'],
  onIndexes: [
    onIndex('listing', 'targets by due date', listings.targets, '2021-12-31#<target id>'),
    onIndex('listing', 'recounts, newest first', listings.recounts, `${time}#<recount id>`),
    onIndex('listing', 'reports, newest first', listings.reports, `${time}#<report id>`),
  ],
};
