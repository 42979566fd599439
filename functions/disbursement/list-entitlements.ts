import { townOf, townsOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { listedIn, type Walk, walkIndex } from '../../shared/listing.ts';
import { actsForDistrict, maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { newestVersion } from './entitlement.ts';
import { listEntitlements } from './entitlement-routes.ts';
import { entitlementFrom } from './entitlement-store.ts';
import { viewEntitlement } from './entitlement-view.ts';
import { keys } from './table.ts';

export const listEntitlementsHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listEntitlements, deps, async ({ query, officer }) => {
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const towns = actsForDistrict({ ...officer, area }) ? townsOf(area) : [townOf(area)];
    const prefix = area.endsWith('000') ? undefined : `${area}#`;
    const { items, next } = await walkIndex(deps.table, {
      partitions: towns.map((town) =>
        listedIn(keys.entitlementsInTown(query.programme, town), prefix, 'oldest-first'),
      ),
      from: (query.cursor as Walk | undefined) ?? { at: 0 },
      limit: query.limit,
      keep: (item) => {
        const entitlement = entitlementFrom(item);
        return maySee(officer, newestVersion(entitlement).areaCode) ? [entitlement] : [];
      },
    });
    const open = await seals();
    return reply(200, { items: items.map((each) => viewEntitlement(each, open)), next: cursorText(next) });
  });

export const handler = composed(() => listEntitlementsHandler(httpDeps(), sealsFromEnvironment()));
