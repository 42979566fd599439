import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readReturn } from './return-routes.ts';
import { findReturn } from './return-store.ts';
import { viewReturn } from './return-view.ts';

export const readReturnHandler = (deps: HttpDeps) =>
  handle(readReturn, deps, async ({ params, officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const bankReturn = await findReturn(deps.table, params.returnId);
    return bankReturn ? reply(200, viewReturn(bankReturn)) : refuse('RETURN_NOT_FOUND');
  });

export const handler = composed(() => readReturnHandler(httpDeps()));
