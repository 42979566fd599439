import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findHome } from './home-store.ts';
import { viewReconciliation } from './institution-view.ts';
import { Reconciliation } from './reconciliation.ts';
import { listReconciliations } from './reconciliation-routes.ts';
import { keys } from './table.ts';

export const listReconciliationsHandler = (deps: HttpDeps) =>
  handle(listReconciliations, deps, async ({ params, query, officer }) => {
    const { creditCode } = params;
    const home = await findHome(deps.table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const selection = {
      ...within(keys.reconciliationsOf(creditCode)),
      ScanIndexForward: false,
      Limit: query.limit,
    };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    return reply(200, {
      items: items.map((item) => viewReconciliation(Reconciliation.parse(item))),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listReconciliationsHandler(httpDeps()));
