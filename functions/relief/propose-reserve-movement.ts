import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { isTown } from './area-scope.ts';
import { proposalOf, writeProposal } from './proposal.ts';
import { proposeReserveMovement } from './reserve-routes.ts';
import { movementsOf } from './reserve-store.ts';
import { viewMovement } from './reserve-view.ts';

/** Puts an allotment, replenishment or recall before a second officer. Whether the money is there is asked when it moves. */
export const proposeReserveMovementHandler = (deps: HttpDeps) =>
  handle(proposeReserveMovement, deps, async (call) => {
    const { table } = deps;
    const { areaCode } = call.params;
    if (!isTown(areaCode)) return refuse('TOWN_NEEDED');
    if (!maySee(call.officer, areaCode)) return refuse('OUTSIDE_AREA');
    const movement = proposalOf(await movementsOf(table, areaCode), { ...call.body, town: areaCode }, call);
    const answer = reply(201, viewMovement(movement));
    const outcome = await transact(table, [
      ...writeProposal(table, movement, call),
      ...call.remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => proposeReserveMovementHandler(httpDeps()));
