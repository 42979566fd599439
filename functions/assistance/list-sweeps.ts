import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { reply } from '../../shared/route.ts';
import { Sweep } from './sweep.ts';
import { listSweeps } from './sweep-routes.ts';
import { viewSweep } from './sweep-view.ts';
import { listings } from './table.ts';

export const listSweepsHandler = (deps: HttpDeps) =>
  handle(listSweeps, deps, async ({ query, officer }) => {
    const { month, ...page } = query;
    const { items, next } = await listPage(deps.table, listings.sweeps, {
      ...page,
      ...(month ? { prefix: month } : {}),
    });
    return reply(200, {
      items: items.map((item) => viewSweep(Sweep.parse(item), officer)),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listSweepsHandler(httpDeps()));
