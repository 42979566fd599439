import { SupplementRequested } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { Batch } from './batch.ts';
import { prepareSupplement } from './run-routes.ts';
import { batchItem, changeRun, findRun } from './run-store.ts';
import { viewBatch } from './run-view.ts';

/** Opens the next batch of a run; its lines are gathered by the consumer of the event, since there may be many. */
export const prepareSupplementHandler = (deps: HttpDeps) =>
  handle(prepareSupplement, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const run = await findRun(table, params.runId);
    if (!run) return refuse('RUN_NOT_FOUND');
    if (run.state !== 'issued') return refuse('WRONG_STATE');
    if (run.openBatch !== undefined) return refuse('BATCH_OPEN');

    const batch: Batch = {
      runId: run.runId,
      batch: run.batches + 1,
      state: 'gathering',
      lines: 0,
      amountFen: 0,
      preparedBy: officer.id,
      preparedAt: now,
      approvalsNeeded: 1,
      approvals: [],
      files: [],
      version: 1,
    };
    const data = {
      runId: run.runId,
      programme: run.programme,
      month: run.month,
      batch: batch.batch,
      requestedBy: officer.id,
    };
    const fact = { subject: `run/${run.runId}`, which: `batch-${batch.batch}`, at: now, correlationId, data };
    const answer = reply(202, viewBatch(batch));
    const outcome = await transact(table, [
      changeRun(table, run, { batches: batch.batch, openBatch: batch.batch }),
      putNew(table, batchItem(batch)),
      announce(table, happened(SupplementRequested, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => prepareSupplementHandler(httpDeps()));
