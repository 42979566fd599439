import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { BankReturn } from './return.ts';
import { listReturns } from './return-routes.ts';
import { viewReturn } from './return-view.ts';
import { listings } from './table.ts';

export const listReturnsHandler = (deps: HttpDeps) =>
  handle(listReturns, deps, async ({ query, officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const { items, next } = await listPage(deps.table, listings.returns, query);
    return reply(200, {
      items: items.map((item) => viewReturn(BankReturn.parse(item))),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listReturnsHandler(httpDeps()));
