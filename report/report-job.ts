import type { Report } from '../functions/reporting/report.ts';
import type { FileFormat } from '../functions/reporting/report-record.ts';
import { downloadReport, issueReport, prepareReport } from '../functions/reporting/report-routes.ts';
import type { Progress } from '../month/progress.ts';
import { Month } from '../shared/month.ts';
import type { Bureau } from '../year/bureau.ts';
import { playYear } from '../year/year-job.ts';
import type { ReportOptions } from './options.ts';

/** The report of an invented district: its months are played, then it is written, issued and handed out over the HTTP API. */

export type ReportFiles = {
  readonly report: Report;
  readonly files: Readonly<Record<FileFormat, Uint8Array>>;
};

const download = async (bureau: Bureau, reportId: string, format: FileFormat): Promise<Uint8Array> => {
  const { url } = await bureau.chief(downloadReport, { params: { reportId, format } });
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The file of the report could not be read: ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** Prepared by one officer, issued by another, and read back as it was frozen. */
const writeReport = async (
  bureau: Bureau,
  { period, area }: Pick<ReportOptions, 'period' | 'area'>,
): Promise<ReportFiles> => {
  await bureau.settle();
  const body = { period: period.code, ...(area === undefined ? {} : { areaCode: area }) };
  const { reportId, report } = await bureau.clerk(prepareReport, { body });
  await bureau.chief(issueReport, { params: { reportId } });
  const files = {
    docx: await download(bureau, reportId, 'docx'),
    html: await download(bureau, reportId, 'html'),
    md: await download(bureau, reportId, 'md'),
  };
  await bureau.settle();
  return { report, files };
};

/** Plays from January of the period's year to its end, because what was there before counts, and writes the report. */
export const reportOfYear = async (
  options: Pick<ReportOptions, 'period' | 'area' | 'seed' | 'households'>,
  { dataFolder, progress }: { readonly dataFolder: string; readonly progress: Progress },
): Promise<ReportFiles> => {
  const { period, seed, households } = options;
  let written: ReportFiles | undefined;
  await playYear({
    from: Month.parse(`${period.from.slice(0, 4)}-01`),
    to: period.to,
    ...{ seed, households, dataFolder, progress },
    onMonth: async (bureau, { month }) => {
      progress.say(`${month} 已办结,核对相符`);
      if (month === period.to) written = await writeReport(bureau, options);
    },
  });
  if (!written) throw new Error('The last month was not played.');
  return written;
};
