import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { askedArea, isRefusal } from './asked-area.ts';
import { figureFor } from './figure.ts';
import { listFigures } from './figure-routes.ts';
import { viewFigure } from './figure-view.ts';
import { indicators } from './indicators.ts';

export const listFiguresHandler = (deps: HttpDeps) =>
  handle(listFigures, deps, async ({ query, officer }) => {
    const { period, programme } = query;
    const area = askedArea(officer, query.areaCode);
    if (isRefusal(area)) return refuse(area);
    const items = await Promise.all(
      indicators.map(async (indicator) => {
        const figure = await figureFor(deps.table, { indicator, span: period, area, programme });
        return viewFigure(indicator, period, area, figure);
      }),
    );
    return reply(200, { items });
  });

export const handler = composed(() => listFiguresHandler(httpDeps()));
