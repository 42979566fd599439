import { ParameterChangeRejected } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { shipped } from '../../shared/parameter.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { decide } from './change.ts';
import { decideChange, findChange } from './change-store.ts';
import { rejectChange } from './parameter-routes.ts';
import { viewChange } from './parameter-view.ts';

/** Turns a proposed value down; it stays on record with the reason. */
export const rejectChangeHandler = (deps: HttpDeps) =>
  handle(rejectChange, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const change = await findChange(table, params.key, params.changeId);
    if (!change) return refuse('CHANGE_NOT_FOUND');
    const next = decide(change, 'rejected', { by: officer.id, at: now, reason: body.reason });
    if (next === 'WRONG_STATE' || next === 'MAKER_IS_CHECKER') return refuse(next);
    if (typeof next === 'string') throw new Error(`A rejection was refused with ${next}.`);
    const { changeId, key, from } = next;
    const data = { changeId, key, from, rejectedBy: officer.id };
    const fact = { subject: `parameter/${key}`, which: changeId, at: now, correlationId, data };
    // A decided change is not judged, so the numbers as they are do not matter to what is shown.
    const answer = reply(200, viewChange(next, shipped, {}));
    const outcome = await transact(table, [
      ...decideChange(table, change, next),
      announce(table, happened(ParameterChangeRejected, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => rejectChangeHandler(httpDeps()));
