import { ReserveMoved, ReserveMovementRejected } from '../../events/relief.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { factOfMovement } from './proposal.ts';
import { decideMovement, type Entry, type Movement } from './reserve.ts';
import { decideReserveMovement } from './reserve-routes.ts';
import { findMovement, movementItem, writeEntry } from './reserve-store.ts';
import { viewMovement } from './reserve-view.ts';
import { lostWhich } from './spending.ts';

const entryOf = (
  { movementId, kind, town, year, amountFen }: Movement,
  { officer, now }: Call<typeof decideReserveMovement>,
): Entry => ({ entryId: movementId, kind, town, year, amountFen, at: now, by: officer.id, movementId });

const decidedEvent = (movement: Movement, call: Call<typeof decideReserveMovement>) => {
  const { town, year, movementId, kind, amountFen, proposedBy, state } = movement;
  const fact = factOfMovement(movement, state, call);
  const of = { areaCode: town, year, movementId };
  if (state === 'rejected')
    return happened(ReserveMovementRejected, { ...fact, data: { ...of, by: call.officer.id } });
  const priorYear = year < Number(dateAt(call.now).slice(0, 4));
  const data = { ...of, kind, amountFen, priorYear, proposedBy, approvedBy: call.officer.id };
  return happened(ReserveMoved, { ...fact, data });
};

/** The second officer. The money moves in the transaction of his approval, and only if it is there. */
export const decideReserveMovementHandler = (deps: HttpDeps) =>
  handle(decideReserveMovement, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now, remember } = call;
    const known = await findMovement(table, params.areaCode, params.movementId);
    if (!known) return refuse('MOVEMENT_NOT_FOUND');
    if (!maySee(officer, known.town)) return refuse('OUTSIDE_AREA');
    const next = decideMovement(known, { ...body, by: officer.id, at: now });
    if (typeof next === 'string') return refuse(next);
    const answer = reply(200, viewMovement(next));
    const outcome = await transact(table, [
      // Loses to another officer's decision: CHANGED_MEANWHILE.
      putOver(table, movementItem(next), known.version),
      announce(table, decidedEvent(next, call)),
      ...(next.state === 'approved' ? writeEntry(table, entryOf(next, call)) : []),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse(lostWhich(outcome));
  });

export const handler = composed(() => decideReserveMovementHandler(httpDeps()));
