import type * as z from 'zod';
import { LeadClosed } from '../../events/outreach.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type Table, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee, type Officer } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { daysLate, type Lead, leadOwner, stepped } from './lead.ts';
import { closeLead } from './lead-routes.ts';
import { findLead, writeLead } from './lead-store.ts';
import { closingOwner, recordOfLead } from './lead-view.ts';
import { count } from './screening.ts';

const outcomeOf = (
  leadNo: string,
  body: z.output<typeof closeLead.body>,
  seals: Seals,
): NonNullable<Lead['outcome']> => {
  const { outcome: _, ...said } = body;
  return 'reason' in said ? { ...said, reason: seals.seal(closingOwner(leadNo), 'text', said.reason) } : said;
};

/** Why a lead may not be closed like this by this officer; undefined when it may. */
const reproachOf = async (
  table: Table,
  lead: Lead,
  body: z.output<typeof closeLead.body>,
  officer: Officer,
) => {
  if (body.outcome === 'unfounded' && lead.visitedBy === officer.id) return refuse('MAKER_IS_CHECKER');
  if (body.outcome !== 'duplicate') return undefined;
  const other = body.duplicateOf === lead.leadNo ? undefined : await findLead(table, body.duplicateOf);
  return other ? undefined : refuse('LEAD_NOT_FOUND', '没有所填的另一条线索。');
};

/** Closes a lead with what came of it. */
export const closeLeadHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(closeLead, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const lead = await findLead(table, params.leadNo);
    if (!lead) return refuse('LEAD_NOT_FOUND');
    if (!maySee(officer, lead.areaCode)) return refuse('OUTSIDE_AREA');
    const reproach = await reproachOf(table, lead, body, officer);
    if (reproach) return reproach;
    const outcome = outcomeOf(lead.leadNo, body, await seals());
    const next = stepped(lead, body.outcome, { at: now, by: officer.id }, { outcome });
    if (typeof next === 'string') return refuse(next);

    const today = dateAt(now);
    const { leadNo, areaCode, source } = next;
    const { reason: _, ...facts } = outcome;
    const data = {
      leadNo,
      areaCode,
      leadSource: source,
      outcome: body.outcome,
      ...facts,
      overdueDays: daysLate(lead, today),
      closedBy: officer.id,
    };
    const fact = { subject: leadOwner(leadNo), which: 'closed', at: now, correlationId, data };
    const answer = reply(200, recordOfLead(next, today));
    const written = await transact(table, [
      writeLead(table, next),
      announce(table, happened(LeadClosed, fact)),
      count(table, monthOfDate(today), areaCode, { [body.outcome]: 1 }),
      ...remember(answer),
    ]);
    return written.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => closeLeadHandler(httpDeps(), sealsFromEnvironment()));
