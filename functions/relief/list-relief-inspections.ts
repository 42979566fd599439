import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type Item, queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { scopeOf } from './area-scope.ts';
import { Inspection } from './inspection.ts';
import { listReliefInspections } from './inspection-routes.ts';
import { viewInspection } from './reserve-view.ts';
import { keys } from './table.ts';

export const listReliefInspectionsHandler = (deps: HttpDeps) =>
  handle(listReliefInspections, deps, async ({ query, officer }) => {
    const seen = scopeOf(officer, query.areaCode);
    if (!seen) return refuse('OUTSIDE_AREA');
    const { scope, towns } = seen;
    const readTown = async (at: number, limit: number, start: Item | undefined) => {
      const partition = keys.inspectionsOf(towns[at] ?? scope.area);
      const selection = { ...within(partition), ScanIndexForward: false, Limit: limit };
      const page = await queryPage(deps.table, selection, start);
      const own = page.items.map((item) => Inspection.parse(item)).filter(({ town }) => maySee(scope, town));
      return { items: own, next: page.next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    return reply(200, { items: items.map(viewInspection), next: cursorText(next) });
  });

export const handler = composed(() => listReliefInspectionsHandler(httpDeps()));
