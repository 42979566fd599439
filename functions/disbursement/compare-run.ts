import { isCounty } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { kindOf } from './change.ts';
import { viewChange } from './line-view.ts';
import { changesInArea } from './run-changes.ts';
import { compareRun } from './run-routes.ts';
import { findRun, townsOf } from './run-store.ts';

export const compareRunHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(compareRun, deps, async ({ params, query, officer }) => {
    const { table } = deps;
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const run = await findRun(table, params.runId);
    if (!run) return refuse('RUN_NOT_FOUND');
    const previous = run.previousRunId === undefined ? undefined : await findRun(table, run.previousRunId);
    if (!previous || previous.state === 'rejected') return reply(200, { items: [] });
    const pair = { run, previous };
    const inEither = async () =>
      (await Promise.all([townsOf(table, run.runId), townsOf(table, previous.runId)])).flat();
    const areas = isCounty(area)
      ? [...new Set((await inEither()).map(({ areaCode }) => areaCode))].toSorted()
      : [area];

    const readArea = (at: number, limit: number, start: Item | undefined) =>
      changesInArea(
        table,
        pair,
        { area: areas[at] ?? area, after: start && String(start.after) },
        (change) => query.kind === undefined || kindOf(change) === query.kind,
        limit,
      );
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(areas.length, from, query.limit, readArea);
    const open = await seals();
    return reply(200, {
      previousRunId: previous.runId,
      items: items.map((change) => viewChange(change, open)),
      next: cursorText(next),
    });
  });

export const handler = composed(() => compareRunHandler(httpDeps(), sealsFromEnvironment()));
