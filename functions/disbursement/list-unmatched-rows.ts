import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { UnmatchedRow } from './return.ts';
import { listUnmatchedRows } from './return-routes.ts';
import { findReturn } from './return-store.ts';
import { viewRow } from './return-view.ts';
import { keys } from './table.ts';

export const listUnmatchedRowsHandler = (deps: HttpDeps) =>
  handle(listUnmatchedRows, deps, async ({ params, query, officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    if (!(await findReturn(deps.table, params.returnId))) return refuse('RETURN_NOT_FOUND');
    const selection = { ...within(keys.return(params.returnId).pk, 'ROW#'), Limit: query.limit };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    return reply(200, {
      items: items.map((item) => viewRow(UnmatchedRow.parse(item))),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listUnmatchedRowsHandler(httpDeps()));
