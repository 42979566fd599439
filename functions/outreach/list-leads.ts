import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { isOpen, Lead } from './lead.ts';
import { listLeads } from './lead-routes.ts';
import { recordOfLead } from './lead-view.ts';
import { listings } from './table.ts';
import { listTowns } from './town-listing.ts';

export const listLeadsHandler = (deps: HttpDeps) =>
  handle(listLeads, deps, async ({ query, officer, now }) => {
    const { areaCode: area = officer.area, state, source, waiting, limit, cursor } = query;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    const waits = ({ notBefore }: Lead): boolean => notBefore !== undefined && notBefore > today;
    const { items, next } = await listTowns(deps.table, {
      area,
      limit,
      cursor,
      partition: listings.leadsIn,
      prefix: state === 'open' ? 'OPEN#' : 'CLOSED#',
      order: state === 'open' ? 'oldest-first' : 'newest-first',
      parse: (item) => Lead.parse(item),
      keep: (lead) =>
        maySee({ ...officer, area }, lead.areaCode) &&
        isOpen(lead) === (state === 'open') &&
        (source === undefined || lead.source === source) &&
        (waiting === 'with' || !waits(lead)),
    });
    return reply(200, { items: items.map((lead) => recordOfLead(lead, today)), next });
  });

export const handler = composed(() => listLeadsHandler(httpDeps()));
