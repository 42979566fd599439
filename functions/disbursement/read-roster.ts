import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findRoster, viewRoster } from './roster.ts';
import { readRoster } from './roster-routes.ts';

export const readRosterHandler = (deps: HttpDeps) =>
  handle(readRoster, deps, async ({ params, officer }) => {
    const roster = await findRoster(deps.table, params.rosterId);
    if (!roster) return refuse('ROSTER_NOT_FOUND');
    return maySee(officer, roster.area) ? reply(200, viewRoster(roster)) : refuse('OUTSIDE_AREA');
  });

export const handler = composed(() => readRosterHandler(httpDeps()));
