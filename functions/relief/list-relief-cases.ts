import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { listedIn, type Walk, walkIndex } from '../../shared/listing.ts';
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
    const { year } = query;
    const prefix = year === undefined ? undefined : `${scope.area.slice(0, 6)}-LS-${year}-`;
    const { items, next } = await walkIndex(deps.table, {
      partitions: towns.map((town) => listedIn(listings.casesIn(town), prefix, 'newest-first')),
      from: (query.cursor as Walk | undefined) ?? { at: 0 },
      limit: query.limit,
      keep: (item) => {
        const relief = ReliefCase.parse(item);
        const isAsked = query.state === undefined || relief.state === query.state;
        return isAsked && maySee(scope, relief.areaCode) ? [relief] : [];
      },
    });
    const open = await seals();
    return reply(200, { items: items.map((each) => viewListed(each, open)), next: cursorText(next) });
  });

export const handler = composed(() => listReliefCasesHandler(httpDeps(), sealsFromEnvironment()));
