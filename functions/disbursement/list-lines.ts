import { type AreaCode, covers, isCounty } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, type Table, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { parseLineKey } from './block.ts';
import { Line } from './line.ts';
import { type Standing, standingOf } from './line-standing.ts';
import { viewLine } from './line-view.ts';
import { type OpenLine, openLinesOf } from './open-lines.ts';
import type { Run } from './run.ts';
import { listLines } from './run-routes.ts';
import { findRun, linePartitions, townsOf } from './run-store.ts';
import { keys } from './table.ts';
import type { LineState } from './views.ts';

type Asked = { readonly table: Table; readonly run: Run; readonly area: AreaCode; readonly limit: number };
type LinePage = { readonly items: readonly Standing[]; readonly next: Record<string, unknown> | undefined };

/** Every line of an area, town after town, as each now stands; of one state only when it is named. */
const pageOfAll = async (
  { table, run, area, limit }: Asked,
  from: Walk,
  state: LineState | undefined,
): Promise<LinePage> => {
  const { pk, prefix } = keys.linesInArea(run, 1, area);
  const selections = isCounty(area)
    ? linePartitions(
        run,
        1,
        (await townsOf(table, run.runId)).map(({ areaCode }) => areaCode),
      ).map((partition) => within(partition))
    : [within(pk, prefix)];
  return walkPartitions(selections.length, from, limit, async (at, most, start) => {
    const selection = selections[at] ?? within(pk, prefix);
    const { items, next } = await queryPage(table, { ...selection, Limit: most }, start);
    const lines = items.map((item) => Line.parse(item));
    const standings = await standingOf(table, run, lines);
    return { items: standings.filter((each) => state === undefined || each.state === state), next };
  });
};

type OpenState = Extract<LineState, 'held' | 'returned' | 'withdrawn'>;
const isOpen = (state: LineState | undefined): state is OpenState =>
  state === 'held' || state === 'returned' || state === 'withdrawn';

const stateOf = ({ was, decision }: OpenLine): OpenState =>
  decision?.decision === 'withdraw' ? 'withdrawn' : was;

/**
 * Lines whose money did not arrive are few among many: they are found by the banks' answers and the exceptions, in the same
 * order, without reading the others.
 */
const pageOfOpen = async (
  { table, run, area, limit }: Asked,
  { after = '' }: { readonly after?: string },
  state: OpenState,
): Promise<LinePage> => {
  const open = (await openLinesOf(table, run))
    .filter((line) => stateOf(line) === state)
    .map(({ lineKey }) => lineKey)
    .filter((lineKey) => lineKey > after && covers(area, parseLineKey(lineKey).areaCode))
    .toSorted();
  const page = open.slice(0, limit);
  const items = await standingOf(table, run, page.map(parseLineKey));
  const last = open.length > page.length ? page.at(-1) : undefined;
  return { items, next: last === undefined ? undefined : { after: last } };
};

export const listLinesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listLines, deps, async ({ params, query, officer }) => {
    const { table } = deps;
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const run = await findRun(table, params.runId);
    if (!run) return refuse('RUN_NOT_FOUND');
    const asked = { table, run, area, limit: query.limit };
    const { items, next } = isOpen(query.state)
      ? await pageOfOpen(asked, query.cursor ?? {}, query.state)
      : await pageOfAll(asked, (query.cursor as Walk | undefined) ?? { at: 0 }, query.state);
    const open = await seals();
    return reply(200, { items: items.map((standing) => viewLine(standing, open)), next: cursorText(next) });
  });

export const handler = composed(() => listLinesHandler(httpDeps(), sealsFromEnvironment()));
