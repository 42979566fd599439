import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { listRecounts } from './figure-routes.ts';
import { Recount, viewRecount } from './recount-record.ts';
import { listings } from './table.ts';

export const listRecountsHandler = (deps: HttpDeps) =>
  handle(listRecounts, deps, async ({ query, officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const { items, next } = await listPage(deps.table, listings.recounts, query);
    return reply(200, {
      items: items.map((item) => viewRecount(Recount.parse(item))),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listRecountsHandler(httpDeps()));
