import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { answerFinding } from './finding.ts';
import { findFinding, findingItem, findingMoved } from './finding-store.ts';
import { answerReliefFinding } from './inspection-routes.ts';
import { viewFinding } from './reserve-view.ts';

/** The township says what it has put right. */
export const answerReliefFindingHandler = (deps: HttpDeps) =>
  handle(answerReliefFinding, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now, remember } = call;
    const known = await findFinding(table, params.areaCode, params.findingId);
    if (!known) return refuse('FINDING_NOT_FOUND');
    if (!maySee(officer, known.town)) return refuse('OUTSIDE_AREA');
    const next = answerFinding(known, { at: now, by: officer.id, text: body.text });
    if (typeof next === 'string') return refuse(next);
    const answer = reply(200, viewFinding(next, dateAt(now)));
    const outcome = await transact(table, [
      // Loses to whoever wrote to the finding in between: CHANGED_MEANWHILE.
      putOver(table, findingItem(next), known.version),
      announce(table, findingMoved(next, call)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => answerReliefFindingHandler(httpDeps()));
