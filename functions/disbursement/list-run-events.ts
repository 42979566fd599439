import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import type { Envelope } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { listRunEvents } from './run-routes.ts';
import { findRun } from './run-store.ts';

export const listRunEventsHandler = (deps: HttpDeps) =>
  handle(listRunEvents, deps, async ({ params, query, officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    if (!(await findRun(deps.table, params.runId))) return refuse('RUN_NOT_FOUND');
    const selection = { ...within(`EVENT#run/${params.runId}`), Limit: query.limit };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    const shown = items.map(({ envelope }) => {
      const { id, type, time, data } = JSON.parse(String(envelope)) as Envelope;
      return { id, type, time, data };
    });
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listRunEventsHandler(httpDeps()));
