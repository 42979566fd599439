import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { reply } from '../../shared/route.ts';
import { Roster, viewRoster } from './roster.ts';
import { listRosters } from './roster-routes.ts';
import { listings } from './table.ts';

export const listRostersHandler = (deps: HttpDeps) =>
  handle(listRosters, deps, async ({ query, officer }) => {
    const { items, next } = await listPage(deps.table, listings.rosters, query);
    const own = items.map((item) => Roster.parse(item)).filter(({ area }) => maySee(officer, area));
    return reply(200, { items: own.map(viewRoster), next: cursorText(next) });
  });

export const handler = composed(() => listRostersHandler(httpDeps()));
