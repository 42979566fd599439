import { isCounty, townOf, townsOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage, type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { Home } from './home.ts';
import { listCareHomes } from './home-routes.ts';
import { standingsOf } from './home-store.ts';
import { viewHome } from './institution-view.ts';
import { listings } from './table.ts';

export const listCareHomesHandler = (deps: HttpDeps) =>
  handle(listCareHomes, deps, async ({ query, officer }) => {
    const { table } = deps;
    const { areaCode: area = officer.area, limit, cursor } = query;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const towns = isCounty(area) ? townsOf(area) : [townOf(area)];
    const { items, next } = await walkPartitions(
      towns.length,
      (cursor as Walk | undefined) ?? { at: 0 },
      limit,
      async (at, left, start) => {
        const town = towns[at] ?? area;
        const page = await listPage(
          table,
          listings.homesIn(town),
          { limit: left, cursor: start },
          'oldest-first',
        );
        const homes = page.items.map((item) => Home.parse(item));
        // The index may lag behind a home that has just moved to another town.
        return { items: homes.filter(({ areaCode }) => areaCode === town), next: page.next };
      },
      towns.length + 1,
    );
    const standingOf = await standingsOf(
      table,
      items.map(({ creditCode }) => creditCode),
    );
    return reply(200, {
      items: items.map((home) => viewHome(home, standingOf(home.creditCode))),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listCareHomesHandler(httpDeps()));
