import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readRun } from './run-routes.ts';
import { findRun } from './run-store.ts';
import { viewRunDetail } from './run-view.ts';

export const readRunHandler = (deps: HttpDeps) =>
  handle(readRun, deps, async ({ params, officer }) => {
    const run = await findRun(deps.table, params.runId);
    return run ? reply(200, await viewRunDetail(deps.table, run, officer)) : refuse('RUN_NOT_FOUND');
  });

export const handler = composed(() => readRunHandler(httpDeps()));
