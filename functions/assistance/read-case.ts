import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { readCase } from './case-routes.ts';
import { findCase } from './case-store.ts';
import { viewCase } from './case-view.ts';

export const readCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readCase, deps, async ({ params, officer, now }) => {
    const known = await findCase(deps.table, params.caseNo);
    if (!known) return refuse('CASE_NOT_FOUND');
    if (!maySee(officer, known.areaCode)) return refuse('OUTSIDE_AREA');
    return reply(200, viewCase(known, await seals(), monthOfDate(dateAt(now))));
  });

export const handler = composed(() => readCaseHandler(httpDeps(), sealsFromEnvironment()));
