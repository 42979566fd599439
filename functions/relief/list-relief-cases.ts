import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { listPage, type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { scopeOf } from './area-scope.ts';
import { listReliefCases } from './case-routes.ts';
import { viewListed } from './case-view.ts';
import { ReliefCase } from './relief-case.ts';
import { listings } from './table.ts';

export const listReliefCasesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listReliefCases, deps, async ({ query, officer }) => {
    const seen = scopeOf(officer, query.areaCode);
    if (!seen) return refuse('OUTSIDE_AREA');
    const { scope, towns } = seen;
    const prefix = query.year === undefined ? {} : { prefix: `${scope.area.slice(0, 6)}-LS-${query.year}-` };
    const readTown = async (at: number, limit: number, cursor: Item | undefined) => {
      const partition = listings.casesIn(towns[at] ?? scope.area);
      const { items, next } = await listPage(deps.table, partition, { limit, cursor, ...prefix });
      const own = items
        .map((item) => ReliefCase.parse(item))
        .filter(
          ({ areaCode, state }) =>
            maySee(scope, areaCode) && (query.state === undefined || state === query.state),
        );
      return { items: own, next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    const open = await seals();
    return reply(200, { items: items.map((each) => viewListed(each, open)), next: cursorText(next) });
  });

export const handler = composed(() => listReliefCasesHandler(httpDeps(), sealsFromEnvironment()));
