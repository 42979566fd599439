import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { listVisitPlan } from './plan-routes.ts';
import { viewPlanned } from './plan-view.ts';
import { listings } from './table.ts';
import { listTowns } from './town-listing.ts';
import { PlannedHousehold } from './visit-plan.ts';

export const listVisitPlanHandler = (deps: HttpDeps) =>
  handle(listVisitPlan, deps, async ({ query, officer, now }) => {
    const { areaCode: area = officer.area, aideId, until, limit, cursor } = query;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const { items, next } = await listTowns(deps.table, {
      area,
      limit,
      cursor,
      partition: listings.planIn,
      order: 'oldest-first',
      parse: (item) => PlannedHousehold.parse(item),
      keep: (household) =>
        maySee({ ...officer, area }, household.areaCode) &&
        household.state === 'planned' &&
        (aideId === undefined || household.pairing?.aideId === aideId),
      isBeyond: ({ nextVisitOn }) => until !== undefined && nextVisitOn > until,
    });
    return reply(200, { items: items.map((household) => viewPlanned(household, dateAt(now))), next });
  });

export const handler = composed(() => listVisitPlanHandler(httpDeps()));
