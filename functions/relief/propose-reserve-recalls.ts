import { type AreaCode, townsOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { Fen } from '../../shared/money.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { proposalOf, writeProposal } from './proposal.ts';
import { type Movement, recallable } from './reserve.ts';
import { proposeReserveRecalls } from './reserve-routes.ts';
import { movementsOf, reservesOf } from './reserve-store.ts';
import { viewMovement } from './reserve-view.ts';

/**
 * Proposes the recall of what is left of prior years, town by town. Dying in between leaves some towns proposed; asked again,
 * it goes on with the others. That is also why its answer is not kept: done again it proposes nothing twice.
 */
export const proposeReserveRecallsHandler = (deps: HttpDeps) =>
  handle(proposeReserveRecalls, deps, async (call) => {
    const { table } = deps;
    const { officer, now, body } = call;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    const byLaw = numberFor(await parametersOf(table), 'temp.reserve_recall_years', monthOfDate(today));
    const minimumYears = body.allPriorYears ? 1 : byLaw;

    const proposed: Movement[] = [];
    let alreadyProposed = 0;
    const proposeIn = async (town: AreaCode): Promise<void> => {
      const known = await movementsOf(table, town);
      const left = recallable(await reservesOf(table, town), Number(today.slice(0, 4)), minimumYears);
      for (const { year, balanceFen } of left) {
        const waits = known.some(
          (each) => each.kind === 'recall' && each.year === year && each.state === 'proposed',
        );
        const amountFen = Fen.parse(balanceFen);
        const movement = proposalOf(
          known,
          { kind: 'recall', town, year, amountFen, reason: body.reason },
          call,
        );
        // Whoever loses its number was overtaken by somebody who proposed the same.
        const own = !waits && (await transact(table, writeProposal(table, movement, call))).committed;
        if (own) proposed.push(movement);
        else alreadyProposed++;
      }
    };
    for (const town of townsOf(officer.area)) await proposeIn(town);
    const total = proposed.reduce((sum, { amountFen }) => sum + amountFen, 0);
    return reply(200, { items: proposed.map(viewMovement), amountFen: Fen.parse(total), alreadyProposed });
  });

export const handler = composed(() => proposeReserveRecallsHandler(httpDeps()));
