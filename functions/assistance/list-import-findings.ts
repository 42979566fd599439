import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { RowFinding } from '../../shared/request-parts.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { listImportFindings } from './import-routes.ts';

import { findImport } from './register-import.ts';
import { keys } from './table.ts';

export const listImportFindingsHandler = (deps: HttpDeps) =>
  handle(listImportFindings, deps, async ({ params, query, officer }) => {
    const known = await findImport(deps.table, params.importId);
    if (!known) return refuse('IMPORT_NOT_FOUND');
    if (!maySee(officer, known.area)) return refuse('OUTSIDE_AREA');
    const selection = {
      ...within(keys.registerImport(params.importId).pk, 'FINDING#'),
      Limit: query.limit,
    };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    return reply(200, { items: items.map((item) => RowFinding.parse(item)), next: cursorText(next) });
  });

export const handler = composed(() => listImportFindingsHandler(httpDeps()));
