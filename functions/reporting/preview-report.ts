import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { askedArea, isRefusal } from './asked-area.ts';
import { previewReport } from './report-routes.ts';
import { writeReport } from './report-store.ts';

export const previewReportHandler = (deps: HttpDeps) =>
  handle(previewReport, deps, async ({ query, officer, now }) => {
    const area = askedArea(officer, query.areaCode);
    if (isRefusal(area)) return refuse(area);
    return reply(200, await writeReport(deps.table, { period: query.period, area, asOf: now }));
  });

export const handler = composed(() => previewReportHandler(httpDeps()));
