import { HouseholdPaired } from '../../events/outreach.ts';
import { townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { fewerHouseholds, findAide, oneMoreHousehold } from './aide-store.ts';
import { pairHousehold } from './plan-routes.ts';
import { findPlanned, movesOf, writePlanned } from './plan-store.ts';
import { viewPlanned } from './plan-view.ts';
import { move } from './screening.ts';
import { paired } from './visit-plan.ts';

/** Pairs a household with an aide of its town. */
export const pairHouseholdHandler = (deps: HttpDeps) =>
  handle(pairHousehold, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { aideId } = body;
    const household = await findPlanned(table, params.caseNo);
    if (!household) return refuse('CASE_NOT_PLANNED');
    if (!maySee(officer, household.areaCode)) return refuse('OUTSIDE_AREA');
    const aide = await findAide(table, aideId);
    if (!aide) return refuse('AIDE_NOT_FOUND');
    if (aide.state === 'retired') return refuse('AIDE_RETIRED');
    if (townOf(aide.areaCode) !== townOf(household.areaCode)) return refuse('AIDE_ELSEWHERE');
    const today = dateAt(now);
    const next = paired(household, { aideId, since: today, pairedBy: officer.id }, body.reason);
    if (typeof next === 'string') return refuse(next);

    const { caseNo, areaCode } = next;
    const data = { caseNo, areaCode, aideId, pairedBy: officer.id };
    const fact = { subject: `plan/${caseNo}`, which: String(next.version), at: now, correlationId, data };
    const answer = reply(201, viewPlanned(next, today));
    const before = household.pairing?.aideId;
    const outcome = await transact(table, [
      writePlanned(table, next),
      // Loses when the aide retires at this moment: the household keeps the aide it had.
      oneMoreHousehold(table, aideId),
      ...(before === undefined ? [] : [fewerHouseholds(table, before, 1)]),
      ...[...movesOf(household, next)].flatMap(([town, standing]) => move(table, town, standing)),
      announce(table, happened(HouseholdPaired, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => pairHouseholdHandler(httpDeps()));
