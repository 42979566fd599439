import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { reply } from '../../shared/route.ts';
import { Run } from './run.ts';
import { listRuns } from './run-routes.ts';
import { viewRun } from './run-view.ts';
import { listings } from './table.ts';

export const listRunsHandler = (deps: HttpDeps) =>
  handle(listRuns, deps, async ({ query, officer }) => {
    const { month, ...page } = query;
    const { items, next } = await listPage(deps.table, listings.runs, {
      ...page,
      ...(month ? { prefix: month } : {}),
    });
    const runs = await Promise.all(items.map((item) => viewRun(deps.table, Run.parse(item), officer)));
    return reply(200, { items: runs, next: cursorText(next) });
  });

export const handler = composed(() => listRunsHandler(httpDeps()));
