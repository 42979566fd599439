import { SweepApproved, SweepChecked } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { approveSweep as approve, changesRegister } from './sweep.ts';
import { approveSweep } from './sweep-routes.ts';
import { sweepFact } from './sweep-starting.ts';
import { findSweep, stepSweep } from './sweep-store.ts';
import { takeTurn, turnRefused } from './sweep-turn.ts';
import { viewSweep } from './sweep-view.ts';

/** The section chief checks a sweep, the bureau leader lets it be applied; over the register one sweep at a time. */
export const approveSweepHandler = (deps: HttpDeps) =>
  handle(approveSweep, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const sweep = await findSweep(table, params.sweepId);
    if (!sweep) return refuse('SWEEP_NOT_FOUND');
    const approved = approve(sweep, officer, now);
    if (typeof approved === 'string') return refuse(approved);
    const { step, approvals } = approved;
    const takesTurn = step === 'applying' && changesRegister(sweep);
    const notYet = takesTurn ? await turnRefused(table, sweep) : undefined;
    if (notYet) return refuse(notYet);

    const fact = sweepFact(sweep, step, now, correlationId);
    const event =
      step === 'checked'
        ? happened(SweepChecked, { ...fact, data: { ...fact.data, checkedBy: officer.id } })
        : happened(SweepApproved, { ...fact, data: { ...fact.data, approvedBy: officer.id } });
    const answer = reply(200, viewSweep({ ...sweep, state: step, approvals }, officer));
    const outcome = await transact(table, [
      stepSweep(table, sweep, step, { approvals }),
      ...(takesTurn ? [takeTurn(table, sweep)] : []),
      announce(table, event),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => approveSweepHandler(httpDeps()));
