import { isCounty } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { askedArea, isRefusal } from './asked-area.ts';
import { parseKept, placeOf } from './entry.ts';
import { listKeptEvents } from './figure-routes.ts';
import { keys } from './table.ts';

/** Events that name several towns are the district's, and shown to who may see all of it. */
export const listKeptEventsHandler = (deps: HttpDeps) =>
  handle(listKeptEvents, deps, async ({ query, officer }) => {
    const { context, month, limit, cursor } = query;
    const area = askedArea(officer, query.areaCode);
    if (isRefusal(area)) return refuse(area);
    const { items, next } = await queryPage(
      deps.table,
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :area)',
        ExpressionAttributeValues: {
          ':pk': keys.keptIn(context, month),
          ':area': isCounty(area) ? area.slice(0, 6) : area,
        },
        Limit: limit,
      },
      cursor,
    );
    return reply(200, {
      items: items.map(parseKept).map((event) => {
        const { id: eventId, type, subject, time, data } = event;
        return { eventId, type, subject, time, areaCode: placeOf(event), data };
      }),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listKeptEventsHandler(httpDeps()));
