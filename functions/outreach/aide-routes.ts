import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { AideKind } from './aide.ts';
import { only } from './problems.ts';
import { organisers, personName, phone, readers } from './request-parts.ts';
import { AideRecord, AideView } from './views.ts';

/** Who stays in touch with households. */

export const registerAide = route({
  operationId: 'registerAide',
  method: 'post',
  path: '/outreach/aides',
  summary: 'Register an aide of a village; one who had retired takes up the work again.',
  roles: organisers,
  body: z
    .object({
      kind: AideKind,
      areaCode: AreaCode.meta({ description: 'Village or community.' }),
      name: personName,
      phone,
      contractNo: z
        .string()
        .trim()
        .min(1)
        .max(60)
        .optional()
        .meta({ description: 'Of contracted staff: the contract of the purchased service.' }),
    })
    .refine(({ kind, contractNo }) => (kind === 'contracted-staff') === (contractNo !== undefined), {
      path: ['contractNo'],
      message: '购买服务人员须填写合同编号,其他人员不填',
    })
    .meta({
      examples: [{ kind: 'party-member', areaCode: '330702100200', name: '张三', phone: '12012345678' }],
    }),
  responses: { 201: answer('The record, without the person.', AideRecord) },
  problems: only('OUTSIDE_AREA', 'AREA_UNKNOWN', 'AIDE_KNOWN', 'CHANGED_MEANWHILE'),
});

export const listAides = route({
  operationId: 'listAides',
  method: 'get',
  path: '/outreach/aides',
  summary: 'Aides of an area, village by village.',
  roles: readers,
  query: z.object({
    ...page,
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
    kind: AideKind.optional(),
    state: z.enum(['active', 'retired']).default('active'),
  }),
  responses: { 200: answer('A page of aides.', pageOf(AideView)) },
  problems: only('OUTSIDE_AREA'),
});

export const retireAide = route({
  operationId: 'retireAide',
  method: 'post',
  path: '/outreach/aides/{aideId}/retirements',
  summary: 'End the work of an aide who has no households any more.',
  roles: organisers,
  params: z.object({ aideId: z.string().max(64) }),
  responses: { 200: answer('The record, without the person.', AideRecord) },
  problems: only('AIDE_NOT_FOUND', 'OUTSIDE_AREA', 'AIDE_RETIRED', 'AIDE_STILL_PAIRED', 'CHANGED_MEANWHILE'),
});
