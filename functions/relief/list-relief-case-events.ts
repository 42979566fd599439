import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import type { Envelope } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { listReliefCaseEvents } from './case-routes.ts';
import { caseFor } from './case-step.ts';

export const listReliefCaseEventsHandler = (deps: HttpDeps) =>
  handle(listReliefCaseEvents, deps, async (call) => {
    const { query, params } = call;
    const known = await caseFor(deps.table, call, params.caseNo);
    if (typeof known === 'string') return refuse(known);
    const selection = { ...within(`EVENT#relief/${known.caseNo}`), Limit: query.limit };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    const shown = items.map(({ envelope }) => {
      const { id, type, time, data } = JSON.parse(String(envelope)) as Envelope;
      return { id, type, time, data };
    });
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listReliefCaseEventsHandler(httpDeps()));
