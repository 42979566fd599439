import { isKnownArea } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { receiveLead } from './lead-routes.ts';
import { receive } from './lead-store.ts';
import { recordOfLead } from './lead-view.ts';
import { sealTold } from './told.ts';

/** Takes down a lead for a family of the officer's area. */
export const receiveLeadHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(receiveLead, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { source, areaCode, situations, caseNo } = body;
    if (!isKnownArea(areaCode)) return refuse('AREA_UNKNOWN');
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const open = await seals();
    const parameters = await parametersOf(table);
    const lead = await receive(
      { table, parameters, at: now, by: officer.id, correlationId },
      areaCode,
      (leadNo) => ({ source, situations, caseNo, ...sealTold(open, leadNo, body) }),
      (made) => remember(reply(201, recordOfLead(made, dateAt(now)))),
    );
    return lead === 'LOST' ? refuse('CHANGED_MEANWHILE') : reply(201, recordOfLead(lead, dateAt(now)));
  });

export const handler = composed(() => receiveLeadHandler(httpDeps(), sealsFromEnvironment()));
