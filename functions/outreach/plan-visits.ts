import { VisitPlanChanged } from '../../events/outreach.ts';
import { isKnownArea } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { planVisits } from './plan-routes.ts';
import { findPlanned, movesOf, writePlanned } from './plan-store.ts';
import { viewPlanned } from './plan-view.ts';
import { move } from './screening.ts';
import { planned } from './visit-plan.ts';

/** Puts a household into the plan by hand. What says nothing new changes nothing, so that a repetition is not a change. */
export const planVisitsHandler = (deps: HttpDeps) =>
  handle(planVisits, deps, async ({ params, body, officer, now, correlationId }) => {
    const { table } = deps;
    const { caseNo } = params;
    const { areaCode, visitClass } = body;
    if (!isKnownArea(areaCode)) return refuse('AREA_UNKNOWN');
    const existing = await findPlanned(table, caseNo);
    const areas = [areaCode, ...(existing ? [existing.areaCode] : [])];
    if (!areas.every((area) => maySee(officer, area))) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    if (
      existing?.state === 'planned' &&
      existing.areaCode === areaCode &&
      existing.visitClass === visitClass
    ) {
      return reply(200, viewPlanned(existing, today));
    }

    const next = planned(existing, { caseNo, areaCode, visitClass }, today, await parametersOf(table));
    const households = [{ caseNo, areaCode, state: next.state, visitClass }];
    const data = { origin: `officer/${officer.id}`, households };
    const fact = { subject: `plan/${caseNo}`, which: String(next.version), at: now, correlationId, data };
    const outcome = await transact(table, [
      writePlanned(table, next),
      announce(table, happened(VisitPlanChanged, fact)),
      ...[...movesOf(existing, next)].flatMap(([town, standing]) => move(table, town, standing)),
    ]);
    return outcome.committed ? reply(200, viewPlanned(next, today)) : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => planVisitsHandler(httpDeps()));
