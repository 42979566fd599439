import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { standingOf } from './line-standing.ts';
import { viewLine } from './line-view.ts';
import { readLine } from './run-routes.ts';
import { findRun } from './run-store.ts';

export const readLineHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readLine, deps, async ({ params, officer }) => {
    const run = await findRun(deps.table, params.runId);
    if (!run || params.lineId.runId !== run.runId) return refuse('LINE_NOT_FOUND');
    if (!maySee(officer, params.lineId.areaCode)) return refuse('OUTSIDE_AREA');
    const [standing] = await standingOf(deps.table, run, [params.lineId]);
    return standing ? reply(200, viewLine(standing, await seals())) : refuse('LINE_NOT_FOUND');
  });

export const handler = composed(() => readLineHandler(httpDeps(), sealsFromEnvironment()));
