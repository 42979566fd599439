import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { reply } from '../../shared/route.ts';
import { listImports } from './import-routes.ts';
import { RegisterImport, viewImport } from './register-import.ts';
import { listings } from './table.ts';

export const listImportsHandler = (deps: HttpDeps) =>
  handle(listImports, deps, async ({ query, officer }) => {
    const { items, next } = await listPage(deps.table, listings.registerImports, query);
    const own = items.map((item) => RegisterImport.parse(item)).filter(({ area }) => maySee(officer, area));
    return reply(200, { items: own.map(viewImport), next: cursorText(next) });
  });

export const handler = composed(() => listImportsHandler(httpDeps()));
