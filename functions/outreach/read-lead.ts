import { townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { getItems } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { Lead, similarTo } from './lead.ts';
import { readLead } from './lead-routes.ts';
import { findLead, openLeadsIn } from './lead-store.ts';
import { viewLead } from './lead-view.ts';
import { keys } from './table.ts';
import { newestVisits } from './visit.ts';

export const readLeadHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readLead, deps, async ({ params, officer, now }) => {
    const { table } = deps;
    const lead = await findLead(table, params.leadNo);
    if (!lead) return refuse('LEAD_NOT_FOUND');
    if (!maySee(officer, lead.areaCode)) return refuse('OUTSIDE_AREA');
    const open = await openLeadsIn(table, townOf(lead.areaCode));
    const others = await getItems(
      table,
      open.map(({ leadNo }) => keys.lead(leadNo)),
    );
    const similar = similarTo(
      lead,
      others.map((item) => Lead.parse(item)),
    );
    const first =
      lead.visitId === undefined ? [] : await newestVisits(table, `household/${lead.caseNo ?? ''}`);
    const visits = [
      ...(await newestVisits(table, `lead/${lead.leadNo}`)),
      ...first.filter(({ visitId }) => visitId === lead.visitId),
    ];
    return reply(200, viewLead(lead, { similar, visits }, dateAt(now), await seals()));
  });

export const handler = composed(() => readLeadHandler(httpDeps(), sealsFromEnvironment()));
