import { composed } from '../../shared/composed.ts';
import type { Table } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { scopeOf } from './area-scope.ts';
import type { Reserve } from './reserve.ts';
import { listReserves } from './reserve-routes.ts';
import { otherBalances, reservesOf } from './reserve-store.ts';
import { viewReserve } from './reserve-view.ts';

/** Whether every year's accounts are nothing together: what left the district lies in a township or was given as relief. */
const isWhole = async (table: Table, reserves: readonly Reserve[]): Promise<boolean> => {
  const [district, relief] = await Promise.all([
    otherBalances(table, 'district'),
    otherBalances(table, 'relief'),
  ]);
  const years = new Set([...district.keys(), ...relief.keys(), ...reserves.map(({ year }) => year)]);
  return [...years].every((year) => {
    const towns = reserves.reduce((sum, each) => (each.year === year ? sum + each.balanceFen : sum), 0);
    return towns + (district.get(year) ?? 0) + (relief.get(year) ?? 0) === 0;
  });
};

export const listReservesHandler = (deps: HttpDeps) =>
  handle(listReserves, deps, async ({ query, officer }) => {
    const seen = scopeOf(officer, query.areaCode);
    if (!seen) return refuse('OUTSIDE_AREA');
    const all = (await Promise.all(seen.towns.map((town) => reservesOf(deps.table, town)))).flat();
    const shown = all.filter(({ year }) => query.year === undefined || year === query.year);
    return reply(200, {
      reserves: shown.map(viewReserve),
      balanceFen: shown.reduce((sum, { balanceFen }) => sum + balanceFen, 0),
      balanced: actsForDistrict(seen.scope) ? await isWhole(deps.table, all) : undefined,
    });
  });

export const handler = composed(() => listReservesHandler(httpDeps()));
