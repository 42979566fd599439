import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readImport } from './import-routes.ts';
import { findImport, viewImport } from './register-import.ts';

export const readImportHandler = (deps: HttpDeps) =>
  handle(readImport, deps, async ({ params, officer }) => {
    const known = await findImport(deps.table, params.importId);
    if (!known) return refuse('IMPORT_NOT_FOUND');
    return maySee(officer, known.area) ? reply(200, viewImport(known)) : refuse('OUTSIDE_AREA');
  });

export const handler = composed(() => readImportHandler(httpDeps()));
