import { ReportWithdrawn } from '../../events/reporting.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { ReportRecord } from './report-record.ts';
import { withdrawReport } from './report-routes.ts';
import { findReport, reportItem } from './report-store.ts';
import { viewReport } from './report-views.ts';

/** Takes a report back that nobody has issued; it stays readable. */
export const withdrawReportHandler = (deps: HttpDeps) =>
  handle(withdrawReport, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const prepared = await findReport(table, params.reportId);
    if (!prepared) return refuse('REPORT_NOT_FOUND');
    if (!maySee(officer, prepared.areaCode)) return refuse('OUTSIDE_AREA');
    if (prepared.state !== 'prepared') return refuse('WRONG_STATE');
    const withdrawn: ReportRecord = { ...prepared, state: 'withdrawn', version: prepared.version + 1 };
    const { reportId, period, areaCode } = withdrawn;
    const data = { reportId, period, areaCode, withdrawnBy: officer.id };
    const fact = { subject: `report/${reportId}`, which: 'withdrawn', at: now, correlationId, data };
    const answer = reply(200, viewReport(withdrawn));
    const outcome = await transact(table, [
      putOver(table, reportItem(withdrawn), prepared.version),
      announce(table, happened(ReportWithdrawn, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => withdrawReportHandler(httpDeps()));
