import * as z from 'zod';
import { AreaCode, areaName } from '../../shared/area.ts';
import { Report } from './report.ts';
import { type ReportRecord, ReportState, reportStateNames } from './report-record.ts';

/** What the API shows of reports. */

export const ReportRow = z
  .object({
    reportId: z.string(),
    title: z.string(),
    period: z.string(),
    areaCode: AreaCode,
    areaName: z.string(),
    state: ReportState,
    stateName: z.string(),
    asOf: z.iso.datetime().meta({ description: 'What was recorded by then is in it.' }),
    filled: z.int(),
    total: z.int(),
    preparedBy: z.string(),
    issuedBy: z.string().optional(),
    issuedAt: z.iso.datetime().optional(),
    supersedes: z.string().optional(),
    supersededBy: z.string().optional(),
  })
  .meta({ id: 'ReportRow' });

export const ReportView = ReportRow.extend({
  report: Report,
  sha256: z.record(z.string(), z.string()).optional().meta({ description: 'By file, once issued.' }),
}).meta({ id: 'Report' });

export const viewReportRow = (record: ReportRecord): z.input<typeof ReportRow> => {
  const { reportId, period, areaCode, state, report, preparedBy } = record;
  const { issuedBy, issuedAt, supersedes, supersededBy } = record;
  const { title, asOf, filled, total } = report;
  return {
    ...{ reportId, title, period, areaCode, areaName: areaName(areaCode) },
    ...{ state, stateName: reportStateNames[state], asOf, filled, total, preparedBy },
    ...{ issuedBy, issuedAt, supersedes, supersededBy },
  };
};

export const viewReport = (record: ReportRecord): z.input<typeof ReportView> => ({
  ...viewReportRow(record),
  report: record.report,
  ...(record.sha256 ? { sha256: record.sha256 } : {}),
});
