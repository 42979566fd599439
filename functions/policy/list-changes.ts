import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { reply } from '../../shared/route.ts';
import { Change } from './change.ts';
import { weigh } from './judgement.ts';
import { listChanges } from './parameter-routes.ts';
import { viewChange } from './parameter-view.ts';
import { listings } from './table.ts';

export const listChangesHandler = (deps: HttpDeps) =>
  handle(listChanges, deps, async ({ query, now }) => {
    const { table } = deps;
    const { limit, cursor, state } = query;
    const { items, next } = await listPage(table, listings.changes(state), { limit, cursor });
    // The index may lag behind a decision; what is no longer in the asked state is not shown.
    const changes = items.map((item) => Change.parse(item)).filter((change) => change.state === state);
    const set = await parametersOf(table);
    const today = dateAt(now);
    const shown = await Promise.all(
      changes.map(async (change) => viewChange(change, set, await weigh(table, set, change, today))),
    );
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listChangesHandler(httpDeps()));
