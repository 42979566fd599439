import { TargetDecided } from '../../events/reporting.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { Target } from './target.ts';
import { decideTarget } from './target-routes.ts';
import { findTarget, targetItem, viewTarget } from './target-store.ts';

export const decideTargetHandler = (deps: HttpDeps) =>
  handle(decideTarget, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const proposed = await findTarget(table, params.targetId);
    if (!proposed) return refuse('TARGET_NOT_FOUND');
    if (!maySee(officer, proposed.areaCode)) return refuse('OUTSIDE_AREA');
    if (proposed.state !== 'proposed') return refuse('WRONG_STATE');
    if (proposed.proposedBy === officer.id) return refuse('MAKER_IS_CHECKER');
    const state = body.decision === 'approve' ? 'agreed' : 'rejected';
    const decided: Target = { ...proposed, state, decidedBy: officer.id, version: proposed.version + 1 };
    const { targetId, areaCode } = decided;
    const data = { targetId, areaCode, decision: body.decision, decidedBy: officer.id };
    const fact = { subject: `target/${targetId}`, which: 'decided', at: now, correlationId, data };
    const answer = reply(200, await viewTarget(table, decided, dateAt(now)));
    const outcome = await transact(table, [
      putOver(table, targetItem(decided), proposed.version),
      announce(table, happened(TargetDecided, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => decideTargetHandler(httpDeps()));
