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
import { Application } from './application.ts';
import { todayOf } from './application-command.ts';
import { listApplications } from './application-routes.ts';
import { viewApplication } from './application-view.ts';
import { listings } from './table.ts';

export const listApplicationsHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listApplications, deps, async ({ query, officer, now }) => {
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const towns = actsForDistrict({ ...officer, area }) ? townsOf(area) : [townOf(area)];
    const readTown = async (at: number, limit: number, cursor: Item | undefined) => {
      const partition = listings.applicationsIn(towns[at] ?? area);
      const { items, next } = await listPage(deps.table, partition, { limit, cursor });
      const seen = items
        .map((item) => Application.parse(item))
        // Of a town's applications those of one village; the index may also lag behind one that has moved.
        .filter(({ areaCode }) => maySee({ ...officer, area }, areaCode))
        .filter(({ state }) => query.state === undefined || state === query.state)
        .filter(({ relatedToOfficer: related }) => !query.related || related === (query.related === 'yes'));
      return { items: seen, next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    const open = await seals();
    const today = todayOf({ now });
    return reply(200, {
      items: items.map((application) => viewApplication(application, open, today)),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listApplicationsHandler(httpDeps(), sealsFromEnvironment()));
