import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { listCases } from './case-routes.ts';
import { standingFrom, withDossiers } from './case-store.ts';
import { viewCaseRow } from './case-view.ts';
import { listedInArea } from './case-walk.ts';
import { listings } from './table.ts';

/** Cases of a programme in an area the officer may see. */
export const listCasesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listCases, deps, async ({ query, officer }) => {
    const { programme, state } = query;
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const { items, next } = await listedInArea(
      deps.table,
      area,
      (town) => listings.casesIn(programme, town),
      { ...query, order: 'oldest-first' },
      (item) => {
        const standing = standingFrom(item);
        return maySee(officer, standing.areaCode) && (!state || standing.state === state) ? [standing] : [];
      },
    );
    const open = await seals();
    const cases = await withDossiers(deps.table, items);
    // One that moved between the two reads may be another officer's now.
    const seen = cases.filter(({ areaCode }) => maySee(officer, areaCode));
    return reply(200, { items: seen.map((known) => viewCaseRow(known, open)), next });
  });

export const handler = composed(() => listCasesHandler(httpDeps(), sealsFromEnvironment()));
