import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { listings } from './table.ts';
import { Target } from './target.ts';
import { listTargets } from './target-routes.ts';
import { viewTarget } from './target-store.ts';

export const listTargetsHandler = (deps: HttpDeps) =>
  handle(listTargets, deps, async ({ query, officer, now }) => {
    const { state, areaCode = officer.area } = query;
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const { items, next } = await listPage(deps.table, listings.targets, query, 'oldest-first');
    const seen = items
      .map((item) => Target.parse(item))
      .filter((target) => maySee({ ...officer, area: areaCode }, target.areaCode))
      .filter((target) => state === undefined || target.state === state);
    const today = dateAt(now);
    const views = await Promise.all(seen.map((target) => viewTarget(deps.table, target, today)));
    return reply(200, { items: views, next: cursorText(next) });
  });

export const handler = composed(() => listTargetsHandler(httpDeps()));
