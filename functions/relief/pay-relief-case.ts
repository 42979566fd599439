import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { actingOf, caseFor, writeStep } from './case-step.ts';
import { summaryOf } from './case-view.ts';
import { payCase } from './decision.ts';
import { payReliefCase } from './procedure-routes.ts';
import { writeEntry } from './reserve-store.ts';
import { lostWhich, paidEvent, spendingOf } from './spending.ts';

/** Pays an approved case from the reserve: the money leaves it in the transaction in which the case says so. */
export const payReliefCaseHandler = (deps: HttpDeps) =>
  handle(payReliefCase, deps, async (call) => {
    const { table } = deps;
    const { body } = call;
    const known = await caseFor(table, call, call.params.caseNo);
    if (typeof known === 'string') return refuse(known);
    const acting = await actingOf(table, call);
    const paying = { ...body, reserveYear: body.reserveYear ?? Number(acting.date.slice(0, 4)) };
    const next = payCase(known, paying, acting);
    if (typeof next === 'string') return refuse(next);
    const entry = spendingOf(next, call);
    const outcome = await writeStep(table, next, 'payment', call, [
      ...writeEntry(table, entry),
      announce(table, paidEvent(next, entry, call)),
    ]);
    return outcome.committed ? reply(200, summaryOf(next)) : refuse(lostWhich(outcome));
  });

export const handler = composed(() => payReliefCaseHandler(httpDeps()));
