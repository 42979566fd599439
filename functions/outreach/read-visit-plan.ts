import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findAide } from './aide-store.ts';
import { viewAide } from './aide-view.ts';
import { readVisitPlan } from './plan-routes.ts';
import { findPlanned } from './plan-store.ts';
import { viewPlanned } from './plan-view.ts';
import { newestVisits, viewVisit } from './visit.ts';

export const readVisitPlanHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readVisitPlan, deps, async ({ params, officer, now }) => {
    const { table } = deps;
    const household = await findPlanned(table, params.caseNo);
    if (!household) return refuse('CASE_NOT_PLANNED');
    if (!maySee(officer, household.areaCode)) return refuse('OUTSIDE_AREA');
    const aide = household.pairing && (await findAide(table, household.pairing.aideId));
    const visits = await newestVisits(table, `household/${household.caseNo}`);
    const open = await seals();
    return reply(200, {
      ...viewPlanned(household, dateAt(now)),
      aide: aide && viewAide(aide, open),
      endedPairings: household.endedPairings,
      visits: visits.map((visit) => viewVisit(visit, open)),
    });
  });

export const handler = composed(() => readVisitPlanHandler(httpDeps(), sealsFromEnvironment()));
