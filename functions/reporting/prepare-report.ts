import { randomUUID } from 'node:crypto';
import { ReportPrepared } from '../../events/reporting.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { askedArea, isRefusal } from './asked-area.ts';
import type { ReportRecord } from './report-record.ts';
import { prepareReport } from './report-routes.ts';
import { reportItem, writeReport } from './report-store.ts';
import { viewReport } from './report-views.ts';

/** Writes a report and keeps it for a second officer. What is recorded later is not in it. */
export const prepareReportHandler = (deps: HttpDeps, newId: () => string) =>
  handle(prepareReport, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { period, wording } = body;
    const area = askedArea(officer, body.areaCode);
    if (isRefusal(area)) return refuse(area);
    const report = await writeReport(table, { period, area, asOf: now, wording });
    const record: ReportRecord = {
      reportId: newId(),
      period: period.code,
      areaCode: area,
      state: 'prepared',
      report,
      preparedBy: officer.id,
      preparedAt: now,
      version: 1,
    };
    const { reportId } = record;
    const { filled, total } = report;
    const data = { reportId, period: period.code, areaCode: area, filled, total, preparedBy: officer.id };
    const fact = { subject: `report/${reportId}`, which: 'prepared', at: now, correlationId, data };
    const answer = reply(201, viewReport(record));
    const outcome = await transact(table, [
      putNew(table, reportItem(record)),
      announce(table, happened(ReportPrepared, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => prepareReportHandler(httpDeps(), randomUUID));
