import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readSweep } from './sweep-routes.ts';
import { findSweep } from './sweep-store.ts';
import { viewSweepDetail } from './sweep-view.ts';

export const readSweepHandler = (deps: HttpDeps) =>
  handle(readSweep, deps, async ({ params, officer }) => {
    const sweep = await findSweep(deps.table, params.sweepId);
    return sweep ? reply(200, await viewSweepDetail(deps.table, sweep, officer)) : refuse('SWEEP_NOT_FOUND');
  });

export const handler = composed(() => readSweepHandler(httpDeps()));
