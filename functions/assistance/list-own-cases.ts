import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { reply } from '../../shared/route.ts';
import { ownRecords, viewOwn } from './own-record.ts';
import { listOwnCases } from './publicity-routes.ts';

/** A citizen's own applications and cases, the newest first. */
export const listOwnCasesHandler = (deps: HttpDeps) =>
  handle(listOwnCases, deps, async ({ officer }) => {
    const records = await ownRecords(deps.table, officer.id);
    return reply(200, { items: records.map(viewOwn).toSorted((a, b) => (a.number > b.number ? -1 : 1)) });
  });

export const handler = composed(() => listOwnCasesHandler(httpDeps()));
