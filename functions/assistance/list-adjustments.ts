import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { Adjustment, viewAdjustmentRow } from './adjustment.ts';
import { listAdjustments } from './adjustment-routes.ts';
import { listedInArea } from './case-walk.ts';
import { listings } from './table.ts';

/** Changes and reviews of an area, those that wait for a decision among them. */
export const listAdjustmentsHandler = (deps: HttpDeps) =>
  handle(listAdjustments, deps, async ({ query, officer }) => {
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const { items, next } = await listedInArea(
      deps.table,
      area,
      listings.adjustmentsIn,
      { ...query, prefix: '', order: 'newest-first' },
      (item) => {
        const adjustment = Adjustment.parse(item);
        const isAsked = query.state === undefined || adjustment.state === query.state;
        return isAsked && maySee({ ...officer, area }, adjustment.areaCode) ? [adjustment] : [];
      },
    );
    return reply(200, { items: items.map(viewAdjustmentRow), next });
  });

export const handler = composed(() => listAdjustmentsHandler(httpDeps()));
