import { townOf, townsOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { listPage, type Walk, walkPartitions } from '../../shared/listing.ts';
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
    const prefix = area.endsWith('000') ? {} : { prefix: `${area}#` };
    const readTown = async (at: number, limit: number, cursor: Item | undefined) => {
      const partition = keys.entitlementsInTown(query.programme, towns[at] ?? area);
      const { items, next } = await listPage(
        deps.table,
        partition,
        { limit, cursor, ...prefix },
        'oldest-first',
      );
      const seen = items
        .map((item) => entitlementFrom(item))
        // The index may lag behind a case that has just moved to another area.
        .filter((entitlement) => maySee(officer, newestVersion(entitlement).areaCode));
      return { items: seen, next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    const open = await seals();
    return reply(200, { items: items.map((each) => viewEntitlement(each, open)), next: cursorText(next) });
  });

export const handler = composed(() => listEntitlementsHandler(httpDeps(), sealsFromEnvironment()));
