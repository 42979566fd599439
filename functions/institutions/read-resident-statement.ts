import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { addMonths, monthsBetween } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { entriesOf, findAccount } from './book-store.ts';
import { findHome } from './home-store.ts';
import { nameOf, viewEntry } from './institution-view.ts';
import { sumOf } from './ledger.ts';
import { readResidentStatement } from './resident-routes.ts';
import { findResident } from './resident-store.ts';
import { bedDays } from './stay.ts';

const LONGEST_MONTHS = 12;

/** The statement of a person in one institution, for the person, the family and the auditor. */
export const readResidentStatementHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readResidentStatement, deps, async ({ params, query, officer }) => {
    const { table } = deps;
    const { creditCode, caseNo } = params;
    const { from, to } = query;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const length = monthsBetween(from, to) + 1;
    if (length < 1 || length > LONGEST_MONTHS) return refuse('PERIOD_REFUSED');
    const account = await findAccount(table, creditCode, caseNo);
    const resident = account && (await findResident(table, caseNo));
    if (!resident) return refuse('RESIDENT_NOT_FOUND');

    const since = await entriesOf(table, creditCode, caseNo, from);
    const own = since.filter(({ bookedOn }) => bookedOn.slice(0, 7) <= to);
    const parameters = await parametersOf(table);
    const months = Array.from({ length }, (_, index) => addMonths(from, index));
    // What was booked while this was read is in neither balance: both are counted from the entries that were read.
    const last = since.at(-1);
    const now = last?.balanceFen ?? account.balanceFen;
    const openingFen = now - sumOf(since);
    return reply(200, {
      caseNo,
      creditCode,
      name: nameOf(resident, await seals()),
      from,
      to,
      openingFen,
      closingFen: openingFen + sumOf(own),
      bedDays: months.map((month) => {
        const dischargeDayCounts = numberFor(parameters, 'institution.discharge_day_counts', month) === 1;
        return { month, ...bedDays(resident, creditCode, month, dischargeDayCounts) };
      }),
      entries: own.map(viewEntry),
    });
  });

export const handler = composed(() => readResidentStatementHandler(httpDeps(), sealsFromEnvironment()));
