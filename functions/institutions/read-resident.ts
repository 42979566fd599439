import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findAccount } from './book-store.ts';
import { nameOf, recordOfResident } from './institution-view.ts';
import { readResident } from './resident-routes.ts';
import { findResident } from './resident-store.ts';
import { bedDays, lastStay } from './stay.ts';

export const readResidentHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readResident, deps, async ({ params, query, officer, now }) => {
    const { table } = deps;
    const resident = await findResident(table, params.caseNo);
    if (!resident) return refuse('RESIDENT_NOT_FOUND');
    const { creditCode, areaCode } = lastStay(resident);
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const month = query.month ?? monthOfDate(dateAt(now));
    const parameters = await parametersOf(table);
    const dischargeDayCounts = numberFor(parameters, 'institution.discharge_day_counts', month) === 1;
    const account = await findAccount(table, creditCode, resident.caseNo);
    return reply(200, {
      ...recordOfResident(resident),
      name: nameOf(resident, await seals()),
      balanceFen: account?.balanceFen ?? 0,
      bedDays: { month, ...bedDays(resident, creditCode, month, dischargeDayCounts) },
    });
  });

export const handler = composed(() => readResidentHandler(httpDeps(), sealsFromEnvironment()));
