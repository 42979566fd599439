import { LeadAssigned } from '../../events/outreach.ts';
import { townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findAide } from './aide-store.ts';
import { leadOwner, stepped } from './lead.ts';
import { assignLead } from './lead-routes.ts';
import { findLead, writeLead } from './lead-store.ts';
import { recordOfLead } from './lead-view.ts';

export const assignLeadHandler = (deps: HttpDeps) =>
  handle(assignLead, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { aideId } = body;
    const lead = await findLead(table, params.leadNo);
    if (!lead) return refuse('LEAD_NOT_FOUND');
    if (!maySee(officer, lead.areaCode)) return refuse('OUTSIDE_AREA');
    const aide = await findAide(table, aideId);
    if (!aide) return refuse('AIDE_NOT_FOUND');
    if (aide.state === 'retired') return refuse('AIDE_RETIRED');
    if (townOf(aide.areaCode) !== townOf(lead.areaCode)) return refuse('AIDE_ELSEWHERE');
    const next = stepped(lead, 'assigned', { at: now, by: officer.id }, { aideId });
    if (typeof next === 'string') return refuse(next);

    const { leadNo, areaCode } = next;
    const data = { leadNo, areaCode, aideId, assignedBy: officer.id };
    const fact = { subject: leadOwner(leadNo), which: String(next.version), at: now, correlationId, data };
    const answer = reply(200, recordOfLead(next, dateAt(now)));
    const outcome = await transact(table, [
      writeLead(table, next),
      announce(table, happened(LeadAssigned, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => assignLeadHandler(httpDeps()));
