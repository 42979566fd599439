import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { actingOf, caseFor, writeStep } from './case-step.ts';
import { summaryOf } from './case-view.ts';
import { refundCase } from './decision.ts';
import { refundReliefCase } from './procedure-routes.ts';
import { writeEntry } from './reserve-store.ts';
import { sealText } from './sealed-case.ts';
import { refundedEvent, refundOf } from './spending.ts';

/** Money that came back; two refunds at once cannot together exceed what was paid, for both change the case. */
export const refundReliefCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(refundReliefCase, deps, async (call) => {
    const { table } = deps;
    const { amountFen } = call.body;
    const known = await caseFor(table, call, call.params.caseNo);
    if (typeof known === 'string') return refuse(known);
    const place = `refund-${known.refunds.length}`;
    const reason = sealText(await seals(), known.caseNo, place, call.body.reason);
    const next = refundCase(known, { amountFen, reason }, await actingOf(table, call));
    if (typeof next === 'string') return refuse(next);
    const entry = refundOf(next, amountFen, call);
    const outcome = await writeStep(table, next, 'refund', call, [
      ...writeEntry(table, entry),
      announce(table, refundedEvent(next, entry, call)),
    ]);
    return outcome.committed ? reply(200, summaryOf(next)) : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => refundReliefCaseHandler(httpDeps(), sealsFromEnvironment()));
