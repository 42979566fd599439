import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readReport } from './report-routes.ts';
import { findReport } from './report-store.ts';
import { viewReport } from './report-views.ts';

export const readReportHandler = (deps: HttpDeps) =>
  handle(readReport, deps, async ({ params, officer }) => {
    const record = await findReport(deps.table, params.reportId);
    if (!record) return refuse('REPORT_NOT_FOUND');
    return maySee(officer, record.areaCode) ? reply(200, viewReport(record)) : refuse('OUTSIDE_AREA');
  });

export const handler = composed(() => readReportHandler(httpDeps()));
