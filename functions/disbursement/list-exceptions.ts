import { AreaCode } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { ExceptionCode, exceptionNames, lineIdOf } from './line.ts';
import { standingOf } from './line-standing.ts';
import { listExceptions } from './run-routes.ts';
import { findRun } from './run-store.ts';

/** Town and village officers see their own area's: the keys begin with the area, cut to the length of its level. */
const areaPrefix = (area: AreaCode): string => (area.endsWith('000') ? area.slice(0, 9) : area);

export const listExceptionsHandler = (deps: HttpDeps) =>
  handle(listExceptions, deps, async ({ params, query, officer }) => {
    const run = await findRun(deps.table, params.runId);
    if (!run) return refuse('RUN_NOT_FOUND');
    const prefix = `EXCEPTION#${actsForDistrict(officer) ? '' : areaPrefix(officer.area)}`;
    const selection = { ...within(`RUN#${run.runId}`, prefix), Limit: query.limit };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    const found = items.map((item) => {
      const place = { areaCode: AreaCode.parse(item.areaCode), caseNo: String(item.caseNo) };
      return { ...place, code: ExceptionCode.parse(item.code), amountFen: Number(item.amountFen) };
    });
    const lines = new Map(
      found.map((exception) => [lineIdOf({ runId: run.runId, ...exception }), exception]),
    );
    const standings = await standingOf(deps.table, run, [...lines.values()]);
    const stands = new Map(standings.map((standing) => [lineIdOf(standing.line), standing]));
    const shown = found.map((exception) => {
      const lineId = lineIdOf({ runId: run.runId, ...exception });
      const { state, decision } = stands.get(lineId) ?? {};
      return { lineId, ...exception, detail: exceptionNames[exception.code], state, decision };
    });
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listExceptionsHandler(httpDeps()));
