import { AideRetired } from '../../events/outreach.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { aideOwner, retired } from './aide.ts';
import { retireAide } from './aide-routes.ts';
import { findAide, writeRetired } from './aide-store.ts';
import { recordOfAide } from './aide-view.ts';
import { move } from './screening.ts';

export const retireAideHandler = (deps: HttpDeps) =>
  handle(retireAide, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const aide = await findAide(table, params.aideId);
    if (!aide) return refuse('AIDE_NOT_FOUND');
    if (!maySee(officer, aide.areaCode)) return refuse('OUTSIDE_AREA');
    const next = retired(aide, dateAt(now));
    if (typeof next === 'string') return refuse(next);

    const { aideId, kind, areaCode } = next;
    const data = { aideId, kind, areaCode };
    const fact = { subject: aideOwner(aideId), which: String(next.version), at: now, correlationId, data };
    const answer = reply(200, recordOfAide(next));
    const outcome = await transact(table, [
      writeRetired(table, next),
      announce(table, happened(AideRetired, fact)),
      ...move(table, areaCode, { aides: -1, [`aides-${kind}`]: -1 }),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => retireAideHandler(httpDeps()));
