import { ReportIssued } from '../../events/reporting.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { keepFiles } from './report-files.ts';
import { issuingFault, type ReportRecord } from './report-record.ts';
import { issueReport } from './report-routes.ts';
import { findReport, reportItem, standingReport } from './report-store.ts';
import { viewReport } from './report-views.ts';
import { keys } from './table.ts';

/** From now on this report stands for its period and area; of two issued at the same moment the second is told CHANGED_MEANWHILE. */
const takeStand = (
  table: Table,
  { reportId, period, areaCode }: ReportRecord,
  before: string | undefined,
): Write => ({
  Put: {
    TableName: table.name,
    Item: { ...keys.standing(period, areaCode), reportId },
    ...(before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'reportId = :before', ExpressionAttributeValues: { ':before': before } }),
  },
});

const supersede = (table: Table, old: ReportRecord | undefined, by: string): Write[] =>
  old
    ? [
        putOver(
          table,
          reportItem({ ...old, state: 'superseded', supersededBy: by, version: old.version + 1 }),
          old.version,
        ),
      ]
    : [];

/** Issues a report: its files are put first, then the report names their hashes, and the older one gives way. */
export const issueReportHandler = (deps: HttpDeps, objects: Objects) =>
  handle(issueReport, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const prepared = await findReport(table, params.reportId);
    if (!prepared) return refuse('REPORT_NOT_FOUND');
    if (!maySee(officer, prepared.areaCode)) return refuse('OUTSIDE_AREA');
    const fault = issuingFault(prepared, officer.id);
    if (fault) return refuse(fault);
    const { reportId, period, areaCode } = prepared;
    const sha256 = await keepFiles(objects, reportId, prepared.report);
    const supersedes = await standingReport(table, period, areaCode);
    const old = supersedes === undefined ? undefined : await findReport(table, supersedes);
    const issued: ReportRecord = {
      ...prepared,
      ...{ state: 'issued', issuedBy: officer.id, issuedAt: now, sha256, supersedes },
      version: prepared.version + 1,
    };
    const data = { reportId, period, areaCode, sha256, supersedes, issuedBy: officer.id };
    const fact = { subject: `report/${reportId}`, which: 'issued', at: now, correlationId, data };
    const answer = reply(200, viewReport(issued));
    const outcome = await transact(table, [
      putOver(table, reportItem(issued), prepared.version),
      takeStand(table, issued, supersedes),
      ...supersede(table, old, reportId),
      announce(table, happened(ReportIssued, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() =>
  issueReportHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
