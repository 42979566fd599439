import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { firstDayOf } from '../../shared/month.ts';
import { isParameterKey } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { changesOf } from './change-store.ts';
import { documentIdsOf } from './document-store.ts';
import { weigh } from './judgement.ts';
import { readParameter } from './parameter-routes.ts';
import { historyOf, viewChange, viewParameter } from './parameter-view.ts';

/** One rule number: what it is for a month or on a day, and everything that was ever set or proposed. */
export const readParameterHandler = (deps: HttpDeps) =>
  handle(readParameter, deps, async ({ params, query, now }) => {
    const { table } = deps;
    const { key } = params;
    if (!isParameterKey(key)) return refuse('PARAMETER_UNKNOWN');
    const today = dateAt(now);
    const date = query.month ? firstDayOf(query.month) : (query.date ?? today);
    const set = await parametersOf(table);
    const changes = await changesOf(table, key);
    const documentIds = await documentIdsOf(
      table,
      changes.map(({ sourceDocument }) => sourceDocument),
    );
    const undecided = changes.filter(({ state }) => state !== 'approved');
    const shown = undecided.map(async (change) =>
      viewChange(change, set, await weigh(table, set, change, today)),
    );
    return reply(200, {
      ...viewParameter(set, key, date),
      history: historyOf(key, changes, documentIds),
      changes: await Promise.all(shown),
    });
  });

export const handler = composed(() => readParameterHandler(httpDeps()));
