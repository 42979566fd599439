import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type Item, queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { scopeOf } from './area-scope.ts';
import { Finding } from './finding.ts';
import { listReliefFindings } from './inspection-routes.ts';
import { viewFinding } from './reserve-view.ts';
import { keys } from './table.ts';

export const listReliefFindingsHandler = (deps: HttpDeps) =>
  handle(listReliefFindings, deps, async ({ query, officer, now }) => {
    const seen = scopeOf(officer, query.areaCode);
    if (!seen) return refuse('OUTSIDE_AREA');
    const { scope, towns } = seen;
    const readTown = async (at: number, limit: number, start: Item | undefined) => {
      const partition = keys.findingsOf(towns[at] ?? scope.area);
      const page = await queryPage(deps.table, { ...within(partition), Limit: limit }, start);
      const own = page.items
        .map((item) => Finding.parse(item))
        .filter(
          ({ town, state }) => maySee(scope, town) && (query.state === undefined || state === query.state),
        );
      return { items: own, next: page.next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    const shown = items.map((finding) => viewFinding(finding, dateAt(now)));
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listReliefFindingsHandler(httpDeps()));
