import { townOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type Item, queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { Line } from './line.ts';
import { standingOf } from './line-standing.ts';
import { viewLine } from './line-view.ts';
import { listLines } from './run-routes.ts';
import { findRun, townsOf, villagePrefix } from './run-store.ts';
import { keys } from './table.ts';

export const listLinesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listLines, deps, async ({ params, query, officer }) => {
    const { table } = deps;
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const run = await findRun(table, params.runId);
    if (!run) return refuse('RUN_NOT_FOUND');
    const wide = area.endsWith('000000');
    const towns = wide
      ? (await townsOf(table, run.runId)).map(({ areaCode }) => areaCode).toSorted()
      : [townOf(area)];

    const readTown = async (at: number, limit: number, start: Item | undefined) => {
      const selection = within(keys.linesInTown(run.runId, 1, towns[at] ?? area), villagePrefix(area));
      const { items, next } = await queryPage(table, { ...selection, Limit: limit }, start);
      const standings = await standingOf(
        table,
        run,
        items.map((item) => Line.parse(item)),
      );
      return {
        items: standings.filter(({ state }) => query.state === undefined || state === query.state),
        next,
      };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown);
    const open = await seals();
    return reply(200, { items: items.map((standing) => viewLine(standing, open)), next: cursorText(next) });
  });

export const handler = composed(() => listLinesHandler(httpDeps(), sealsFromEnvironment()));
