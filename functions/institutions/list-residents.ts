import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findHome } from './home-store.ts';
import { nameOf, recordOfResident } from './institution-view.ts';
import { Account } from './ledger.ts';
import { listResidents } from './resident-routes.ts';
import { findResidents } from './resident-store.ts';
import { livesIn } from './stay.ts';
import { keys } from './table.ts';

export const listResidentsHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listResidents, deps, async ({ params, query, officer }) => {
    const { table } = deps;
    const { creditCode } = params;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const page = await queryPage(
      table,
      { ...within(keys.accountsOf(creditCode)), Limit: query.limit },
      query.cursor,
    );
    const accounts = page.items.map((item) => Account.parse(item));
    const residents = await findResidents(
      table,
      accounts.map(({ caseNo }) => caseNo),
    );
    const open = await seals();
    const items = accounts.flatMap(({ caseNo, balanceFen }) => {
      const resident = residents.get(caseNo);
      if (!resident) return [];
      const livesHere = livesIn(resident, creditCode);
      if (!livesHere && query.with === 'present') return [];
      const stays = resident.stays.filter((stay) => stay.creditCode === creditCode);
      const here = { ...recordOfResident({ ...resident, stays }), livesHere };
      return [{ ...here, name: nameOf(resident, open), balanceFen }];
    });
    return reply(200, { items, next: cursorText(page.next) });
  });

export const handler = composed(() => listResidentsHandler(httpDeps(), sealsFromEnvironment()));
