import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, putOver, transact } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { naturalDaysAfter } from '../../shared/working-day.ts';
import type { Finding } from './finding.ts';
import { findInspection, findingItem, findingMoved, inspectionItem } from './finding-store.ts';
import { recordReliefFinding } from './inspection-routes.ts';
import { viewFinding } from './reserve-view.ts';

export const recordReliefFindingHandler = (deps: HttpDeps) =>
  handle(recordReliefFinding, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now, remember } = call;
    const known = await findInspection(table, params.areaCode, params.inspectionId);
    if (!known) return refuse('INSPECTION_NOT_FOUND');
    if (!maySee(officer, known.town)) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    const days = numberFor(await parametersOf(table), 'temp.finding_days', monthOfDate(today));
    const usual = naturalDaysAfter(today, days);
    const count = known.findings + 1;
    const finding: Finding = {
      findingId: `${known.inspectionId}-${String(count).padStart(2, '0')}`,
      version: 1,
      state: 'open',
      town: known.town,
      inspectionId: known.inspectionId,
      check: body.check,
      caseNo: body.caseNo,
      text: body.text,
      deadline: body.deadline ?? usual.date,
      certain: body.deadline !== undefined || usual.certain,
      recordedAt: now,
      recordedBy: officer.id,
      answers: [],
      confirmations: [],
    };
    const inspection = { ...known, findings: count, version: known.version + 1 };
    const answer = reply(201, viewFinding(finding, today));
    const outcome = await transact(table, [
      // Loses to another finding of the same inspection, whose number this one would take: CHANGED_MEANWHILE.
      putOver(table, inspectionItem(inspection), known.version),
      putNew(table, findingItem(finding)),
      announce(table, findingMoved(finding, call)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => recordReliefFindingHandler(httpDeps()));
