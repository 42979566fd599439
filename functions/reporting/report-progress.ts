import { ProgressReported } from '../../events/reporting.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { Target } from './target.ts';
import { reportProgress } from './target-routes.ts';
import { findTarget, targetItem, viewTarget } from './target-store.ts';

/** The newest report takes the place of the one before, which stays in the events of the target. */
export const reportProgressHandler = (deps: HttpDeps) =>
  handle(reportProgress, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const agreed = await findTarget(table, params.targetId);
    if (!agreed) return refuse('TARGET_NOT_FOUND');
    if (!maySee(officer, agreed.areaCode)) return refuse('OUTSIDE_AREA');
    if (agreed.state !== 'agreed') return refuse('WRONG_STATE');
    if (agreed.indicatorId !== undefined) return refuse('TARGET_MEASURED');
    const next: Target = { ...agreed, reported: { ...body, by: officer.id }, version: agreed.version + 1 };
    const { targetId, areaCode } = next;
    const data = { targetId, areaCode, ...body, reportedBy: officer.id };
    const fact = { subject: `target/${targetId}`, which: String(next.version), at: now, correlationId, data };
    const answer = reply(200, await viewTarget(table, next, dateAt(now)));
    const outcome = await transact(table, [
      putOver(table, targetItem(next), agreed.version),
      announce(table, happened(ProgressReported, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => reportProgressHandler(httpDeps()));
