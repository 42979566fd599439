import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { readHomeAccount } from './home-account-routes.ts';
import { findHomeAccount } from './home-account-store.ts';
import { findHome } from './home-store.ts';
import { viewHomeAccount } from './institution-view.ts';

export const readHomeAccountHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readHomeAccount, deps, async ({ params, officer }) => {
    const { creditCode } = params;
    const home = await findHome(deps.table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const known = await findHomeAccount(deps.table, creditCode);
    return reply(200, viewHomeAccount(creditCode, known, await seals()));
  });

export const handler = composed(() => readHomeAccountHandler(httpDeps(), sealsFromEnvironment()));
