import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { PeriodCode } from './period.ts';
import { only } from './problems.ts';
import { Report } from './report.ts';
import { FileFormat } from './report-record.ts';
import { ReportRow, ReportView } from './report-views.ts';
import { isFigureOfText } from './work-report.ts';

/** Reports: written from what is recorded, issued by a second officer, frozen from then on. */

const areaCode = AreaCode.optional().meta({
  description: 'The district or a town; defaults to the area of the token.',
});
const ofReport = z.object({ reportId: z.string().max(64) });

export const previewReport = route({
  operationId: 'previewReport',
  method: 'get',
  path: '/reporting/preview',
  summary: 'The report of a period and an area as it would be written now. Nothing is kept.',
  roles: officerRoles,
  query: z.object({ period: PeriodCode, areaCode }),
  responses: { 200: answer('The report.', Report) },
  problems: only('OUTSIDE_AREA', 'AREA_NOT_COUNTED'),
});

export const prepareReport = route({
  operationId: 'prepareReport',
  method: 'post',
  path: '/reporting/reports',
  summary: 'Have the report of a period and an area written and kept for a second officer.',
  roles: preparingRoles,
  body: z.object({
    period: PeriodCode,
    areaCode,
    wording: z
      .record(z.string().max(40), z.enum(['near', 'over']))
      .refine((wording) => Object.keys(wording).every(isFigureOfText), '报告正文中没有这项数据')
      .optional()
      .meta({ description: 'By figure of the text: 近 before it or 余 behind it. An officer’s choice.' }),
  }),
  responses: { 201: answer('The report as it was written.', ReportView) },
  problems: only('OUTSIDE_AREA', 'AREA_NOT_COUNTED', 'CHANGED_MEANWHILE'),
});

export const listReports = route({
  operationId: 'listReports',
  method: 'get',
  path: '/reporting/reports',
  summary: 'Reports of the officer’s area, newest first.',
  roles: officerRoles,
  query: z.object(page),
  responses: {
    200: answer('A page of reports; it may be short and still have a next one.', pageOf(ReportRow)),
  },
  problems: {},
});

export const readReport = route({
  operationId: 'readReport',
  method: 'get',
  path: '/reporting/reports/{reportId}',
  summary: 'One report with its text and what every figure rests on.',
  roles: officerRoles,
  params: ofReport,
  responses: { 200: answer('The report.', ReportView) },
  problems: only('REPORT_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const issueReport = route({
  operationId: 'issueReport',
  method: 'post',
  path: '/reporting/reports/{reportId}/issues',
  summary: 'Issue a prepared report: its files are fixed with their hashes and never change.',
  description: 'Who prepared it may not issue it. An older report of the same period and area is superseded.',
  roles: approvingRoles,
  params: ofReport,
  responses: { 200: answer('The issued report.', ReportView) },
  problems: only('REPORT_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'MAKER_IS_CHECKER', 'CHANGED_MEANWHILE'),
});

export const withdrawReport = route({
  operationId: 'withdrawReport',
  method: 'post',
  path: '/reporting/reports/{reportId}/withdrawals',
  summary: 'Withdraw a report that was not issued.',
  roles: [...preparingRoles, ...approvingRoles],
  params: ofReport,
  responses: { 200: answer('The withdrawn report.', ReportView) },
  problems: only('REPORT_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const downloadReport = route({
  operationId: 'downloadReport',
  method: 'get',
  path: '/reporting/reports/{reportId}/files/{format}',
  summary: 'A link to a file of an issued report: Word, HTML or Markdown.',
  roles: officerRoles,
  params: ofReport.extend({ format: FileFormat }),
  responses: {
    200: answer('The link.', z.object({ url: z.url(), sha256: z.string(), expiresAt: z.iso.datetime() })),
  },
  problems: only('REPORT_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE'),
});
