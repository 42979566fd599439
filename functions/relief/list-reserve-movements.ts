import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type Item, queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { scopeOf } from './area-scope.ts';
import { Movement } from './reserve.ts';
import { listReserveMovements } from './reserve-routes.ts';
import { viewMovement } from './reserve-view.ts';
import { keys } from './table.ts';

export const listReserveMovementsHandler = (deps: HttpDeps) =>
  handle(listReserveMovements, deps, async ({ query, officer }) => {
    const seen = scopeOf(officer, query.areaCode);
    if (!seen) return refuse('OUTSIDE_AREA');
    const { scope, towns } = seen;
    const readTown = async (at: number, limit: number, start: Item | undefined) => {
      const { pk, prefix } = keys.movementsOf(towns[at] ?? scope.area);
      const page = await queryPage(deps.table, { ...within(pk, prefix), Limit: limit }, start);
      const own = page.items
        .map((item) => Movement.parse(item))
        .filter(
          ({ town, state }) => maySee(scope, town) && (query.state === undefined || state === query.state),
        );
      return { items: own, next: page.next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    return reply(200, { items: items.map(viewMovement), next: cursorText(next) });
  });

export const handler = composed(() => listReserveMovementsHandler(httpDeps()));
