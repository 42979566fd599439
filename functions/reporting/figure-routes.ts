import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Cursor } from '../../shared/cursor.ts';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { FactsStart } from './drill-down.ts';
import { PeriodCode } from './period.ts';
import { only } from './problems.ts';
import { RecountView } from './recount-record.ts';
import { FactView, FigureDetail, FigureView, IndicatorView, KeptEventView } from './views.ts';

/** Figures, and what they count. */

const areaCode = AreaCode.optional().meta({
  description: 'The district or a town; defaults to the area of the token.',
});
const asked = { period: PeriodCode, areaCode, programme: z.string().max(20).optional() };
const ofIndicator = z.object({ indicatorId: z.string().max(80) });

export const listIndicators = route({
  operationId: 'listIndicators',
  method: 'get',
  path: '/reporting/indicators',
  summary: 'Every figure there is: what it is called, what it counts, and from which events.',
  roles: officerRoles,
  responses: { 200: answer('The indicators.', z.object({ items: z.array(IndicatorView) })) },
  problems: {},
});

export const listFigures = route({
  operationId: 'listFigures',
  method: 'get',
  path: '/reporting/figures',
  summary: 'All figures of a period and an area.',
  roles: officerRoles,
  query: z.object(asked),
  responses: { 200: answer('The figures.', z.object({ items: z.array(FigureView) })) },
  problems: only('OUTSIDE_AREA', 'AREA_NOT_COUNTED'),
});

export const readFigure = route({
  operationId: 'readFigure',
  method: 'get',
  path: '/reporting/figures/{indicatorId}',
  summary: 'One figure by month, town and programme, beside the period before.',
  description:
    'Of a stock the months show what there was at the end of each; towns and programmes show the end of the period.',
  roles: officerRoles,
  params: ofIndicator,
  query: z.object(asked),
  responses: { 200: answer('The figure.', FigureDetail) },
  problems: only('INDICATOR_NOT_FOUND', 'OUTSIDE_AREA', 'AREA_NOT_COUNTED'),
});

export const listFigureFacts = route({
  operationId: 'listFigureFacts',
  method: 'get',
  path: '/reporting/figures/{indicatorId}/facts',
  summary: 'The facts a figure counts, newest month first. The sum of all pages is the figure.',
  description: '`limit` counts events and places: a page may hold more facts than that.',
  roles: officerRoles,
  params: ofIndicator,
  query: z.object({ ...asked, limit: page.limit, cursor: Cursor.pipe(FactsStart).optional() }),
  responses: { 200: answer('A page of facts.', pageOf(FactView)) },
  problems: only('INDICATOR_NOT_FOUND', 'OUTSIDE_AREA', 'AREA_NOT_COUNTED'),
});

export const listKeptEvents = route({
  operationId: 'listKeptEvents',
  method: 'get',
  path: '/reporting/events',
  summary: 'Events of a context in a month, as they were announced, by town and time.',
  description:
    'The audit trail across contexts. Events hold ids and facts, no names and no numbers of persons.',
  roles: officerRoles,
  query: z.object({ ...page, context: z.string().max(20), month: Month, areaCode }),
  responses: { 200: answer('A page of events.', pageOf(KeptEventView)) },
  problems: only('OUTSIDE_AREA', 'AREA_NOT_COUNTED'),
});

export const startRecount = route({
  operationId: 'startRecount',
  method: 'post',
  path: '/reporting/recounts',
  summary: 'Count all figures anew from the kept events, and compare.',
  description:
    'Entries that are missing are added: those of a figure that was added later. What differs still is told, and changed by nobody.',
  roles: approvingRoles,
  responses: { 202: answer('Counting has begun.', RecountView) },
  problems: only('OUTSIDE_AREA', 'CHANGED_MEANWHILE'),
});

export const listRecounts = route({
  operationId: 'listRecounts',
  method: 'get',
  path: '/reporting/recounts',
  summary: 'Recounts and what they found, newest first.',
  roles: officerRoles,
  query: z.object(page),
  responses: { 200: answer('A page of recounts.', pageOf(RecountView)) },
  problems: only('OUTSIDE_AREA'),
});

export const readBacklog = route({
  operationId: 'readBacklog',
  method: 'get',
  path: '/reporting/backlog',
  summary: 'What could not be handled and waits for somebody to mend the cause, by function.',
  roles: officerRoles,
  responses: {
    200: answer(
      'The dead letters; functions without any are left out.',
      z.object({
        messages: z.int(),
        items: z.array(z.object({ context: z.string(), function: z.string(), messages: z.int() })),
      }),
    ),
  },
  problems: only('OUTSIDE_AREA'),
});
