import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { assess } from './assessment.ts';
import { actingOf, caseFor, writeStep } from './case-step.ts';
import { historyOf, writeGrants } from './case-store.ts';
import { summaryOf } from './case-view.ts';
import { payInAdvance } from './decision.ts';
import { payReliefInAdvance } from './procedure-routes.ts';
import { writeEntry } from './reserve-store.ts';
import { lostWhich, paidEvent, spendingOf } from './spending.ts';

/** 先行救助 (C08): the money leaves the reserve in the transaction in which the case says so. */
export const payReliefInAdvanceHandler = (deps: HttpDeps) =>
  handle(payReliefInAdvance, deps, async (call) => {
    const { table } = deps;
    const { body, officer } = call;
    const known = await caseFor(table, call, call.params.caseNo);
    if (typeof known === 'string') return refuse(known);
    const acting = await actingOf(table, call);
    const asked = { ...known, amountFen: body.amountFen };
    const { others, grants } = await historyOf(table, known);
    const paying = { ...body, reserveYear: body.reserveYear ?? Number(acting.date.slice(0, 4)) };
    const assessment = assess(asked, others, acting);
    const next = payInAdvance(known, paying, { role: officer.role, assessment }, acting);
    if (typeof next === 'string') return refuse(next);
    const { caseNo, cause, causeDate, amountFen } = next;
    const entry = spendingOf(next, call);
    const outcome = await writeStep(table, next, 'advance', call, [
      ...writeEntry(table, entry),
      announce(table, paidEvent(next, entry, call)),
      ...writeGrants(table, grants, { caseNo, cause, causeDate, on: acting.date, amountFen }),
    ]);
    return outcome.committed ? reply(200, summaryOf(next)) : refuse(lostWhich(outcome));
  });

export const handler = composed(() => payReliefInAdvanceHandler(httpDeps()));
