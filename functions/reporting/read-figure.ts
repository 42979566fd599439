import { type AreaCode, areaName } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { monthOfDate } from '../../shared/month.ts';
import { programmeName } from '../../shared/programme.ts';
import { refuse, reply } from '../../shared/route.ts';
import { askedArea, isRefusal } from './asked-area.ts';
import { breakDown, byMonth, countedSince, figureFor, partsOf, programmeOf } from './figure.ts';
import { readFigure } from './figure-routes.ts';
import { viewFigure } from './figure-view.ts';
import { indicatorFor } from './indicators.ts';
import { monthsOf, periodBefore } from './period.ts';

export const readFigureHandler = (deps: HttpDeps) =>
  handle(readFigure, deps, async ({ params, query, officer, now }) => {
    const { table } = deps;
    const { period, programme } = query;
    const indicator = indicatorFor(params.indicatorId);
    if (!indicator) return refuse('INDICATOR_NOT_FOUND');
    const area = askedArea(officer, query.areaCode);
    if (isRefusal(area)) return refuse(area);
    const question = { indicator, span: period, area, programme };
    const figure = await figureFor(table, question);
    const before = await figureFor(table, { ...question, span: periodBefore(period) });
    const parts = figure.state === 'counted' ? await partsOf(table, question) : [];
    const present = monthOfDate(dateAt(now));
    const since = await countedSince(table, question, parts);
    // What is determined for months to come counts in the figure and is nothing that was there in them yet.
    const months = monthsOf(period).filter((month) => since && since <= month && month <= present);
    return reply(200, {
      ...viewFigure(indicator, period, area, figure),
      ...(before.state === 'counted' ? { before: before.value } : {}),
      byMonth: byMonth(indicator, parts, months),
      byTown: breakDown(parts, ({ town }) => town).map(({ key, value }) => ({
        areaCode: key as AreaCode,
        areaName: areaName(key as AreaCode),
        value,
      })),
      byProgramme: breakDown(parts, (part) => part.programme).map(({ key, value }) => {
        const code = programmeOf(key);
        return {
          ...(code === undefined ? {} : { programme: code }),
          programmeName: code === undefined ? '不分项目' : programmeName(code),
          value,
        };
      }),
    });
  });

export const handler = composed(() => readFigureHandler(httpDeps()));
