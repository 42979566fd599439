import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { parseKept, recount } from './entry.ts';
import { recountFigures } from './figure-routes.ts';
import { indicators } from './indicators.ts';
import { keys } from './table.ts';

/** Events a request goes through: well below the 28 seconds of a request even when all of them must be counted. */
const EVENTS = 500;

/** Counts what was kept before an indicator was added; may be stopped and repeated at any moment. */
export const recountFiguresHandler = (deps: HttpDeps) =>
  handle(recountFigures, deps, async ({ body, officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const { context, month, cursor } = body;
    const selection = { ...within(keys.keptIn(context, month)), Limit: EVENTS };
    const { items, next } = await queryPage(deps.table, selection, cursor);
    const added = await recount(deps.table, indicators, items.map(parseKept));
    return reply(200, { events: items.length, added, next: cursorText(next) });
  });

export const handler = composed(() => recountFiguresHandler(httpDeps()));
