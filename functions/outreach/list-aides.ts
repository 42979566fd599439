import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { Aide } from './aide.ts';
import { listAides } from './aide-routes.ts';
import { viewAide } from './aide-view.ts';
import { listings } from './table.ts';
import { listTowns } from './town-listing.ts';

export const listAidesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listAides, deps, async ({ query, officer }) => {
    const { areaCode: area = officer.area, kind, state, limit, cursor } = query;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const { items, next } = await listTowns(deps.table, {
      area,
      limit,
      cursor,
      partition: listings.aidesIn,
      order: 'oldest-first',
      parse: (item) => Aide.parse(item),
      keep: (aide) =>
        maySee({ ...officer, area }, aide.areaCode) &&
        aide.state === state &&
        (kind === undefined || aide.kind === kind),
    });
    const open = await seals();
    return reply(200, { items: items.map((aide) => viewAide(aide, open)), next });
  });

export const handler = composed(() => listAidesHandler(httpDeps(), sealsFromEnvironment()));
