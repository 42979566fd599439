import type { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { dateAt } from '../../shared/clock.ts';
import { getItem, type Item, queryAll, type Table, within } from '../../shared/dynamo.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { type Figure, figureFor } from './figure.ts';
import { indicatorFor } from './indicators.ts';
import type { Period } from './period.ts';
import {
  type BoundFigure,
  boundFigures,
  compose,
  type IssuedDocument,
  type Report,
  type Sources,
} from './report.ts';
import { ReportRecord } from './report-record.ts';
import { keys, listings } from './table.ts';
import { workReport } from './work-report.ts';

/** What a report is written from, and where it is kept. */

export const reportItem = (record: ReportRecord): Item => ({
  ...record,
  report: JSON.stringify(record.report),
  ...keys.report(record.reportId),
  listPk: listings.reports,
  listSk: `${record.preparedAt}#${record.reportId}`,
});

export const parseReport = (item: Item): ReportRecord =>
  ReportRecord.parse({ ...item, report: JSON.parse(String(item.report)) });

export const findReport = async (table: Table, reportId: string): Promise<ReportRecord | undefined> => {
  const item = await getItem(table, keys.report(reportId));
  return item && parseReport(item);
};

/** The issued report that stands for a period and an area. */
export const standingReport = async (
  table: Table,
  period: string,
  area: AreaCode,
): Promise<string | undefined> => {
  const item = await getItem(table, keys.standing(period, area));
  return item && String(item.reportId);
};

export const documentItem = (document: IssuedDocument): Item => ({
  ...document,
  ...keys.document(document.documentId),
});

const issuedDocuments = async (table: Table): Promise<IssuedDocument[]> => {
  const documents: IssuedDocument[] = [];
  for await (const item of queryAll(table, within(keys.documents))) {
    const { documentId, title, number, issuedOn } = item;
    documents.push({
      documentId: String(documentId),
      title: String(title),
      number: String(number),
      issuedOn: String(issuedOn),
    });
  }
  return documents;
};

type Wanted = {
  readonly period: Period;
  readonly area: AreaCode;
  readonly asOf: Instant;
  readonly wording?: Sources['wording'];
};

const nameOf = ({ indicator, programme = '' }: Pick<BoundFigure, 'indicator' | 'programme'>): string =>
  `${indicator} ${programme}`;

/** Writes the report from what is recorded by now. */
export const writeReport = async (table: Table, { period, area, asOf, wording }: Wanted): Promise<Report> => {
  const figures = new Map<string, Figure>();
  for (const bound of boundFigures(workReport)) {
    const indicator = indicatorFor(bound.indicator);
    if (!indicator) continue;
    const { programme } = bound;
    figures.set(nameOf(bound), await figureFor(table, { indicator, span: period, area, programme }));
  }
  return compose(workReport, {
    ...{ period, area, asOf, wording },
    parameters: await parametersOf(table),
    documents: await issuedDocuments(table),
    indicatorOf: indicatorFor,
    figureOf: (bound) => figures.get(nameOf(bound)) ?? { state: 'no-data' },
  });
};

/** What a document was issued as; the title is of events that know it. */
export const issuedDocument = (
  data: { readonly documentId: string; readonly title?: string | undefined; readonly number: string },
  at: Instant,
): IssuedDocument => ({
  documentId: data.documentId,
  title: data.title ?? '',
  number: data.number,
  issuedOn: dateAt(at),
});
