import { SweepRejected } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { isOpen } from './sweep.ts';
import { rejectSweep } from './sweep-routes.ts';
import { sweepFact } from './sweep-starting.ts';
import { findSweep, stepSweep } from './sweep-store.ts';
import { viewSweep } from './sweep-view.ts';

/** Sends a sweep back, by an approver or by who prepared it. What was approved twice is being applied and cannot be called back. */
export const rejectSweepHandler = (deps: HttpDeps) =>
  handle(rejectSweep, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const sweep = await findSweep(table, params.sweepId);
    if (!sweep) return refuse('SWEEP_NOT_FOUND');
    if (!isOpen(sweep)) return refuse('WRONG_STATE');
    const rejection = { reason: body.reason, officerId: officer.id, at: now };
    const fact = sweepFact(sweep, 'rejected', now, correlationId);
    const answer = reply(200, viewSweep({ ...sweep, state: 'rejected', rejection }, officer));
    const outcome = await transact(table, [
      stepSweep(table, sweep, 'rejected', { rejection }),
      announce(table, happened(SweepRejected, { ...fact, data: { ...fact.data, rejectedBy: officer.id } })),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => rejectSweepHandler(httpDeps()));
