import { PersonalDataShown } from '../../events/outreach.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { leadOwner } from './lead.ts';
import { unmaskLead } from './lead-routes.ts';
import { findLead } from './lead-store.ts';
import { keys } from './table.ts';

/** Shows who told. The record of who saw it and why is written first: no record, no look (rulebook I.7, PIPL 51). */
export const unmaskLeadHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(unmaskLead, deps, async ({ params, body, officer, now, correlationId }) => {
    const { table } = deps;
    const lead = await findLead(table, params.leadNo);
    if (!lead) return refuse('LEAD_NOT_FOUND');
    if (!maySee(officer, lead.areaCode)) return refuse('OUTSIDE_AREA');
    if (!lead.contact) return refuse('NOTHING_TO_SHOW');

    const { leadNo } = lead;
    const fields = ['phone'];
    const which = `${officer.id}-${correlationId}`;
    const data = { leadNo, fields, shownTo: officer.id };
    const fact = { subject: leadOwner(leadNo), which, at: now, correlationId, data };
    const look = { ...keys.look(leadNo, `${now}#${which}`), fields, reason: body.reason };
    // The same request twice at the same moment is one look; the second finds it written and shows nothing.
    const recorded = await transact(table, [
      putNew(table, look),
      announce(table, happened(PersonalDataShown, fact)),
    ]);
    if (!recorded.committed) throw new Error('The look was not recorded, so nothing is shown.');
    log('PERSONAL_DATA_SHOWN', { officer: officer.id, fields: fields.join(','), correlationId });

    const open = await seals();
    return reply(200, { contactPhone: open.open(leadOwner(leadNo), 'phone', lead.contact.phone) });
  });

export const handler = composed(() => unmaskLeadHandler(httpDeps(), sealsFromEnvironment()));
