import { areaName } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { askedArea, isRefusal } from './asked-area.ts';
import { factsPage } from './drill-down.ts';
import { listFigureFacts } from './figure-routes.ts';
import { indicatorFor } from './indicators.ts';

export const listFigureFactsHandler = (deps: HttpDeps) =>
  handle(listFigureFacts, deps, async ({ params, query, officer }) => {
    const { period, programme, limit, cursor } = query;
    const indicator = indicatorFor(params.indicatorId);
    if (!indicator) return refuse('INDICATOR_NOT_FOUND');
    const area = askedArea(officer, query.areaCode);
    if (isRefusal(area)) return refuse(area);
    const question = { indicator, span: period, area, programme };
    const { items, next } = await factsPage(deps.table, question, { limit, from: cursor });
    return reply(200, {
      items: items.map((fact) => ({ ...fact, areaName: areaName(fact.areaCode) })),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listFigureFactsHandler(httpDeps()));
