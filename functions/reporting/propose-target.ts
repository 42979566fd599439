import { randomUUID } from 'node:crypto';
import { TargetProposed } from '../../events/reporting.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { askedArea, isRefusal } from './asked-area.ts';
import { indicatorFor } from './indicators.ts';
import type { Target } from './target.ts';
import { proposeTarget } from './target-routes.ts';
import { targetItem, viewTarget } from './target-store.ts';

export const proposeTargetHandler = (deps: HttpDeps, newId: () => string) =>
  handle(proposeTarget, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const areaCode = askedArea(officer, body.areaCode);
    if (isRefusal(areaCode)) return refuse(areaCode);
    const { indicatorId } = body;
    if (indicatorId !== undefined && !indicatorFor(indicatorId)) return refuse('INDICATOR_NOT_FOUND');
    const proposed = { state: 'proposed', proposedBy: officer.id, version: 1 } as const;
    const target: Target = { ...body, areaCode, targetId: newId(), ...proposed };
    const { targetId, plan, dueOn } = target;
    const data = { targetId, areaCode, plan, dueOn, indicatorId, proposedBy: officer.id };
    const fact = { subject: `target/${targetId}`, which: 'proposed', at: now, correlationId, data };
    const answer = reply(201, await viewTarget(table, target, dateAt(now)));
    const outcome = await transact(table, [
      putNew(table, targetItem(target)),
      announce(table, happened(TargetProposed, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => proposeTargetHandler(httpDeps(), randomUUID));
