import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { RowFinding } from '../../shared/request-parts.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findRoster } from './roster.ts';
import { listFindings } from './roster-routes.ts';
import { keys } from './table.ts';

export const listFindingsHandler = (deps: HttpDeps) =>
  handle(listFindings, deps, async ({ params, query, officer }) => {
    const roster = await findRoster(deps.table, params.rosterId);
    if (!roster) return refuse('ROSTER_NOT_FOUND');
    if (!maySee(officer, roster.area)) return refuse('OUTSIDE_AREA');
    const selection = { ...within(keys.roster(params.rosterId).pk, 'FINDING#'), Limit: query.limit };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    return reply(200, { items: items.map((item) => RowFinding.parse(item)), next: cursorText(next) });
  });

export const handler = composed(() => listFindingsHandler(httpDeps()));
