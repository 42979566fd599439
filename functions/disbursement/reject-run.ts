import { RunRejected } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { getItem, putOver, transact, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { rejectRun } from './run-routes.ts';
import { batchItem, findBatch, findRun, standingRunsOf, stepRun } from './run-store.ts';
import { viewRun } from './run-view.ts';
import { keys } from './table.ts';

/**
 * An approver sends a planned run back. It stays on record, is never paid, and makes room for the next attempt. Refused once
 * a later run of the programme is open, for that one reckons with what this one planned (ADR 0011).
 */
export const rejectRunHandler = (deps: HttpDeps) =>
  handle(rejectRun, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const run = await findRun(table, params.runId);
    if (!run) return refuse('RUN_NOT_FOUND');
    const batch = await findBatch(table, run.runId, 1);
    if (run.state !== 'planned' || !batch) return refuse('WRONG_STATE');

    const slotKey = keys.runSlot(run.programme, run.month, run.kind);
    const slot = await getItem(table, slotKey);
    const standing = await standingRunsOf(table, run.programme);
    if (standing.some(({ asOf }) => asOf > run.asOf)) return refuse('LATER_RUN_OPEN');
    const followers = slot?.followers as number | undefined;
    const rejected = [...((slot?.rejected as string[] | undefined) ?? []), run.runId];
    const slotWrite: Write = {
      Update: {
        TableName: table.name,
        Key: slotKey,
        UpdateExpression: 'SET rejected = :rejected',
        // Lost to a later run that was opened in between and settles differences to what this one planned.
        ConditionExpression: `runId = :run AND ${followers === undefined ? 'attribute_not_exists(followers)' : 'followers = :followers'}`,
        ExpressionAttributeValues: {
          ':rejected': rejected,
          ':run': run.runId,
          ...(followers === undefined ? {} : { ':followers': followers }),
        },
      },
    };
    const data = { runId: run.runId, programme: run.programme, month: run.month, rejectedBy: officer.id };
    const fact = { subject: `run/${run.runId}`, which: 'rejected', at: now, correlationId, data };
    const answer = reply(200, await viewRun(table, { ...run, state: 'rejected' }, officer));
    const outcome = await transact(table, [
      stepRun(table, run, 'rejected', { rejection: { reason: body.reason, officerId: officer.id, at: now } }),
      putOver(table, batchItem({ ...batch, state: 'rejected', version: batch.version + 1 }), batch.version),
      slotWrite,
      announce(table, happened(RunRejected, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => rejectRunHandler(httpDeps()));
