import { RunClosingRequested } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { closeRun } from './run-routes.ts';
import { allConserved, findRun, stepRun, townsOf } from './run-store.ts';
import { viewRun } from './run-view.ts';

/** Begins to close a run, once the banks have answered for every line; the consumer of the event carries over the rest. */
export const closeRunHandler = (deps: HttpDeps) =>
  handle(closeRun, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const run = await findRun(table, params.runId);
    if (!run) return refuse('RUN_NOT_FOUND');
    if (run.state !== 'issued') return refuse('WRONG_STATE');
    if (run.openBatch !== undefined) return refuse('BATCH_OPEN');
    const towns = await townsOf(table, run.runId);
    if (towns.some(({ totals }) => totals.pendingLines > 0)) return refuse('STILL_PENDING');
    if (!allConserved(towns)) {
      log('CONSERVATION_BROKEN', { runId: run.runId });
      return refuse('CONSERVATION_BROKEN');
    }

    const data = { runId: run.runId, programme: run.programme, month: run.month, requestedBy: officer.id };
    const fact = { subject: `run/${run.runId}`, which: 'closing', at: now, correlationId, data };
    const answer = reply(202, await viewRun(table, { ...run, state: 'closing' }, officer));
    const outcome = await transact(table, [
      stepRun(table, run, 'closing'),
      announce(table, happened(RunClosingRequested, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => closeRunHandler(httpDeps()));
