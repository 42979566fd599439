import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Report } from './report.ts';

/** The life of a report: prepared by one officer, issued by another, superseded by a newer one of the same period and area. */

export const ReportState = z
  .enum(['prepared', 'issued', 'superseded', 'withdrawn'])
  .meta({ id: 'ReportState' });
export type ReportState = z.infer<typeof ReportState>;
export const reportStateNames: Readonly<Record<ReportState, string>> = {
  prepared: '待审定',
  issued: '已印发',
  superseded: '已被替代',
  withdrawn: '已撤回',
};

export const fileFormats = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
} as const;
export const FileFormat = z.enum(Object.keys(fileFormats) as [FileFormat, ...FileFormat[]]);
export type FileFormat = keyof typeof fileFormats;

const Files = z.object({ docx: z.string(), html: z.string(), md: z.string() });
export type Hashes = z.output<typeof Files>;

export const ReportRecord = z.object({
  reportId: z.string(),
  period: z.string(),
  areaCode: AreaCode,
  state: ReportState,
  report: Report,
  preparedBy: z.string(),
  preparedAt: z.iso.datetime(),
  issuedBy: z.string().optional(),
  issuedAt: z.iso.datetime().optional(),
  sha256: Files.optional().meta({ description: 'Of the files as they were issued.' }),
  supersedes: z.string().optional(),
  supersededBy: z.string().optional(),
  version: z.int().min(1),
});
export type ReportRecord = z.output<typeof ReportRecord>;

/** Where a file lies: under its own hash, so that what was issued can never be another file. */
export const fileKey = (reportId: string, format: FileFormat, sha256: string): string =>
  `reports/${reportId}/${sha256}.${format}`;

/** A report is issued, or withdrawn, once; who prepared it does not issue it. */
export const issuingFault = (
  { state, preparedBy }: Pick<ReportRecord, 'state' | 'preparedBy'>,
  officerId: string,
): 'WRONG_STATE' | 'MAKER_IS_CHECKER' | undefined =>
  state !== 'prepared' ? 'WRONG_STATE' : preparedBy === officerId ? 'MAKER_IS_CHECKER' : undefined;
