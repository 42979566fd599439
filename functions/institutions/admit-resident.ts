import { ResidentAdmitted } from '../../events/institutions.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type Table, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { Fen } from '../../shared/money.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findAccount, writeAccount } from './book-store.ts';
import type { Home } from './home.ts';
import { findHome, homeUnchanged, standingsOf, takeBed } from './home-store.ts';
import { recordOfResident } from './institution-view.ts';
import type { Account } from './ledger.ts';
import { admitResident } from './resident-routes.ts';
import { findResident, monthsBooked, monthsUnsettled, writeResident } from './resident-store.ts';
import { accountableFrom, admitted, monthsFrom, type Resident, residentOwner } from './stay.ts';

/** The account of a person who moves in: a new one, or the one kept from an earlier stay, open again. */
const openAccount = (
  known: Account | undefined,
  { creditCode, caseNo }: Pick<Account, 'creditCode' | 'caseNo'>,
  on: string,
  today: string,
): Account => ({
  balanceFen: Fen.parse(0),
  entries: 0,
  since: accountableFrom(on, today),
  ...known,
  creditCode,
  caseNo,
  state: 'open',
  version: (known?.version ?? 0) + 1,
});

/** Why a home takes nobody in now; undefined when it does. */
const takesNobody = async (table: Table, { creditCode, state, beds }: Home) => {
  if (state === 'closed') return 'HOME_CLOSED';
  return (await standingsOf(table, [creditCode]))(creditCode).occupied < beds ? undefined : 'NO_BED_FREE';
};

/** A person moves in. One person lives in one place at a time; the database refuses a second admission. */
export const admitResidentHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(admitResident, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { caseNo } = params;
    const { creditCode, on } = body;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const full = await takesNobody(table, home);
    if (full) return refuse(full);
    const today = dateAt(now);
    if (on > today) return refuse('DATE_REFUSED');
    const existing = await findResident(table, caseNo);
    const stays = admitted(existing, { creditCode, areaCode: home.areaCode, on });
    if (typeof stays === 'string') return refuse(stays);
    const known = await findAccount(table, creditCode, caseNo);
    const months = known ? monthsFrom(on, today) : [];
    if ((await monthsBooked(table, 'settlement', { creditCode, caseNo, months })).size > 0)
      return refuse('MONTH_SETTLED');

    const name = (await seals()).seal(residentOwner(caseNo), 'name', body.name);
    const resident: Resident = { caseNo, name, stays: [...stays], version: (existing?.version ?? 0) + 1 };
    const data = { creditCode, areaCode: home.areaCode, caseNo, admittedOn: on, version: resident.version };
    const subject = residentOwner(caseNo);
    const fact = { subject, which: String(resident.version), at: now, correlationId, data };
    const answer = reply(201, recordOfResident(resident));
    const outcome = await transact(table, [
      writeResident(table, resident),
      homeUnchanged(table, home),
      takeBed(table, home),
      writeAccount(table, openAccount(known, { creditCode, caseNo }, on, today)),
      ...monthsUnsettled(table, { creditCode, caseNo, months }),
      announce(table, happened(ResidentAdmitted, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => admitResidentHandler(httpDeps(), sealsFromEnvironment()));
