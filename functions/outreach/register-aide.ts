import { randomUUID } from 'node:crypto';
import { AideRegistered } from '../../events/outreach.ts';
import { isKnownArea, townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type Aide, aideOwner } from './aide.ts';
import { registerAide } from './aide-routes.ts';
import { findByPhone, writeRegistered } from './aide-store.ts';
import { recordOfAide } from './aide-view.ts';
import { move } from './screening.ts';

/** Registers an aide once for each village and phone number; who had retired comes back under the id he had. */
export const registerAideHandler = (deps: HttpDeps, seals: () => Promise<Seals>, newId: () => string) =>
  handle(registerAide, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { kind, areaCode, contractNo } = body;
    if (!isKnownArea(areaCode) || areaCode === townOf(areaCode)) return refuse('AREA_UNKNOWN');
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const open = await seals();
    const phoneIndex = open.index('phone', body.phone);
    const known = await findByPhone(table, areaCode, phoneIndex);
    if (known?.state === 'active') return refuse('AIDE_KNOWN');

    const aideId = known?.aideId ?? newId();
    const aide: Aide = {
      aideId,
      kind,
      areaCode,
      name: open.seal(aideOwner(aideId), 'name', body.name),
      phone: open.seal(aideOwner(aideId), 'phone', body.phone),
      contractNo,
      state: 'active',
      households: 0,
      since: dateAt(now),
      version: (known?.version ?? 0) + 1,
    };
    const data = { aideId, kind, areaCode };
    const fact = { subject: aideOwner(aideId), which: String(aide.version), at: now, correlationId, data };
    const answer = reply(201, recordOfAide(aide));
    const outcome = await transact(table, [
      ...writeRegistered(table, aide, phoneIndex),
      announce(table, happened(AideRegistered, fact)),
      ...move(table, areaCode, { aides: 1, [`aides-${kind}`]: 1 }),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => registerAideHandler(httpDeps(), sealsFromEnvironment(), randomUUID));
