import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { reply } from '../../shared/route.ts';
import { listReports } from './report-routes.ts';
import { parseReport } from './report-store.ts';
import { viewReportRow } from './report-views.ts';
import { listings } from './table.ts';

export const listReportsHandler = (deps: HttpDeps) =>
  handle(listReports, deps, async ({ query, officer }) => {
    const { items, next } = await listPage(deps.table, listings.reports, query);
    const seen = items.map(parseReport).filter(({ areaCode }) => maySee(officer, areaCode));
    return reply(200, { items: seen.map(viewReportRow), next: cursorText(next) });
  });

export const handler = composed(() => listReportsHandler(httpDeps()));
