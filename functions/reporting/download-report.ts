import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { LINK_SECONDS, linkExpiry } from '../../shared/upload.ts';
import { fileKey } from './report-record.ts';
import { downloadReport } from './report-routes.ts';
import { findReport } from './report-store.ts';

/** A link to a file as it was issued; a superseded report keeps its files. */
export const downloadReportHandler = (deps: HttpDeps, objects: Objects) =>
  handle(downloadReport, deps, async ({ params, officer, now }) => {
    const { reportId, format } = params;
    const record = await findReport(deps.table, reportId);
    if (!record) return refuse('REPORT_NOT_FOUND');
    if (!maySee(officer, record.areaCode)) return refuse('OUTSIDE_AREA');
    if (!record.sha256) return refuse('WRONG_STATE');
    const sha256 = record.sha256[format];
    const name = `${record.report.title}.${format}`;
    const url = await objects.presign('GET', fileKey(reportId, format, sha256), LINK_SECONDS, name);
    return reply(200, { url, sha256, expiresAt: linkExpiry(now) });
  });

export const handler = composed(() =>
  downloadReportHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
