import { randomUUID } from 'node:crypto';
import { RecountAsked } from '../../events/reporting.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { startRecount } from './figure-routes.ts';
import { type Recount, recountItem, viewRecount } from './recount-record.ts';

/** Asks for a recount of all figures; its own event starts the worker. */
export const startRecountHandler = (deps: HttpDeps, newId: () => string) =>
  handle(startRecount, deps, async ({ officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const recountId = newId();
    const recount: Recount = { recountId, state: 'running', askedBy: officer.id, askedAt: now, version: 1 };
    const data = { recountId, askedBy: officer.id };
    const fact = { subject: `recount/${recountId}`, which: 'asked', at: now, correlationId, data };
    const answer = reply(202, viewRecount(recount));
    const outcome = await transact(table, [
      putNew(table, recountItem(recount)),
      announce(table, happened(RecountAsked, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => startRecountHandler(httpDeps(), randomUUID));
