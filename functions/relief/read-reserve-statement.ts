import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { isTown } from './area-scope.ts';
import { entryNames, signedFen, statementOf } from './reserve.ts';
import { readReserveStatement } from './reserve-routes.ts';
import { entriesOf, reconciliationsOf } from './reserve-store.ts';
import { viewReconciliation } from './reserve-view.ts';

/** A statement of a budget year. Its money may be spent or recalled in later years, so by default the period has no end. */
export const readReserveStatementHandler = (deps: HttpDeps) =>
  handle(readReserveStatement, deps, async ({ params, query, officer, now }) => {
    const { areaCode, year } = params;
    if (!isTown(areaCode)) return refuse('TOWN_NEEDED');
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const from = query.from ?? `${year}-01-01`;
    const to = query.to ?? dateAt(now);
    const all = await entriesOf(deps.table, areaCode, year);
    const statement = statementOf(all, { from, to }, ({ at }) => dateAt(at));
    let balanceFen = statement.openingFen;
    const entries = statement.entries.map(({ town: _town, ...entry }) => {
      balanceFen += signedFen({ ...entry, town: areaCode });
      return { ...entry, kindName: entryNames[entry.kind], balanceFen };
    });
    const reconciliations = (await reconciliationsOf(deps.table, areaCode)).filter(
      ({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7),
    );
    return reply(200, {
      areaCode,
      year,
      from,
      to,
      openingFen: statement.openingFen,
      closingFen: statement.closingFen,
      sums: statement.sums,
      entries,
      reconciliations: reconciliations.map(viewReconciliation),
    });
  });

export const handler = composed(() => readReserveStatementHandler(httpDeps()));
