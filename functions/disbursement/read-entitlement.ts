import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { newestVersion } from './entitlement.ts';
import { readEntitlement } from './entitlement-routes.ts';
import { findEntitlement } from './entitlement-store.ts';
import { viewEntitlement, viewResidence, viewVersion } from './entitlement-view.ts';
import { goesToHomes, livesIn } from './residence.ts';
import { accountsOfHome, movesOfCase } from './residence-store.ts';

export const readEntitlementHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readEntitlement, deps, async ({ params, officer, now }) => {
    const entitlement = await findEntitlement(deps.table, params.programme, params.caseNo);
    if (!entitlement) return refuse('ENTITLEMENT_NOT_FOUND');
    if (!maySee(officer, newestVersion(entitlement).areaCode)) return refuse('OUTSIDE_AREA');
    const open = await seals();
    const shown = viewEntitlement(entitlement, open);
    const living = goesToHomes(params.programme)
      ? livesIn(await movesOfCase(deps.table, params.caseNo), now)
      : undefined;
    const accounts = living ? await accountsOfHome(deps.table, living.creditCode) : [];
    return reply(200, {
      ...shown,
      versions: entitlement.versions.map(viewVersion),
      livesIn: living && viewResidence(living, accounts, now, open),
    });
  });

export const handler = composed(() => readEntitlementHandler(httpDeps(), sealsFromEnvironment()));
