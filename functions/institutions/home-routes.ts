import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf } from '../../shared/request-parts.ts';
import { preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { Home } from './home.ts';
import { only } from './problems.ts';
import { ofHome, readers } from './request-parts.ts';
import { HomeView } from './views.ts';

/** Care institutions. */

export const recordCareHome = route({
  operationId: 'recordCareHome',
  method: 'put',
  path: '/institutions/homes/{creditCode}',
  summary: 'Record a care institution, or what has changed of it.',
  description:
    'Repeating it changes nothing. One with residents, or with money of persons, cannot be closed.',
  roles: preparingRoles,
  params: ofHome,
  body: Home.pick({ areaCode: true, kind: true, beds: true })
    .extend({ name: z.string().trim().min(2).max(60), state: z.enum(['open', 'closed']).default('open') })
    .meta({ examples: [{ name: '罗店镇敬老院', areaCode: '330702100000', kind: 'public', beds: 120 }] }),
  responses: { 200: answer('The institution.', HomeView) },
  problems: only('OUTSIDE_AREA', 'AREA_UNKNOWN', 'HOME_OCCUPIED', 'BEDS_TAKEN', 'CHANGED_MEANWHILE'),
});

export const listCareHomes = route({
  operationId: 'listCareHomes',
  method: 'get',
  path: '/institutions/homes',
  summary: 'Care institutions of an area, town by town.',
  roles: readers,
  query: z.object({
    ...page,
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
  }),
  responses: { 200: answer('A page of institutions.', pageOf(HomeView)) },
  problems: only('OUTSIDE_AREA'),
});
