import { ApprovalGiven, BatchApproved } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { approve } from './batch.ts';
import { approveBatch } from './run-routes.ts';
import { allConserved, batchItem, findBatch, findRun, stepRun, townsOf } from './run-store.ts';
import { viewBatch } from './run-view.ts';

/** A second officer approves a batch; with the last approval it needs, its files may be written. */
export const approveBatchHandler = (deps: HttpDeps) =>
  handle(approveBatch, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const run = await findRun(table, params.runId);
    const batch = await findBatch(table, params.runId, params.batch);
    if (!run || !batch) return refuse('BATCH_NOT_FOUND');
    const next = approve(batch, { officerId: officer.id, name: officer.name, at: now });
    if (next === 'NOT_WAITING') return refuse('WRONG_STATE');
    if (typeof next === 'string') return refuse(next);
    if (!allConserved(await townsOf(table, run.runId))) {
      log('CONSERVATION_BROKEN', { runId: run.runId });
      return refuse('CONSERVATION_BROKEN');
    }

    const data = { runId: run.runId, programme: run.programme, month: run.month, batch: batch.batch };
    const fact = { subject: `run/${run.runId}`, at: now, correlationId };
    const which = `batch-${batch.batch}`;
    const given = { ...data, approvedBy: officer.id };
    const complete = next.state === 'approved';
    const answer = reply(200, viewBatch(next));
    const outcome = await transact(table, [
      putOver(table, batchItem(next), batch.version),
      announce(
        table,
        happened(ApprovalGiven, { ...fact, which: `${which}-${next.approvals.length}`, data: given }),
      ),
      ...(complete ? [announce(table, happened(BatchApproved, { ...fact, which, data }))] : []),
      ...(complete && batch.batch === 1 ? [stepRun(table, run, 'approved')] : []),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => approveBatchHandler(httpDeps()));
