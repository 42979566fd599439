import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf } from '../../shared/request-parts.ts';
import { townshipRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { OwnDetailView, OwnView, ProgressView, PublicityView } from './application-answers.ts';
import { RegisterProgramme } from './evaluation.ts';
import { only } from './problems.ts';

/** What the public sees and may object to, and what citizens see of their own. */

const ofPublicity = z.object({
  publicityId: z
    .string()
    .max(48)
    .meta({ examples: ['330702-SQ-2021-000001-1'] }),
});
const objection = z.string().trim().min(4).max(1000);
const contactName = z.string().trim().min(1).max(60).optional();
const contactPhone = z
  .string()
  .trim()
  .regex(/^\+?[\d-]{7,20}$/, '联系电话格式不正确')
  .optional();
const anObjection = { text: '该户新购小汽车一辆,不应享受低保', phone: '12800000002' };

export const listPublicities = route({
  operationId: 'listPublicities',
  method: 'get',
  path: '/assistance/publicities',
  summary:
    'What is published in a town or village: proposals open to objection, or households that are on the register.',
  roles: 'public',
  query: z.object({
    ...page,
    areaCode: AreaCode.meta({ description: 'A town or a village.' }),
    stage: z.enum(['proposed', 'approved']).default('proposed'),
    programme: RegisterProgramme.extract(['dibao', 'destitute']).default('dibao').meta({
      description: 'Of households that are on the register.',
    }),
  }),
  responses: { 200: answer('A page of what is published.', pageOf(PublicityView)) },
  problems: only('AREA_UNKNOWN'),
});

export const readPublicity = route({
  operationId: 'readPublicity',
  method: 'get',
  path: '/assistance/publicities/{publicityId}',
  summary: 'One published proposal, until its publicity ends.',
  roles: 'public',
  params: ofPublicity,
  responses: { 200: answer('The proposal.', PublicityView) },
  problems: only('PUBLICITY_NOT_FOUND'),
});

export const raiseObjection = route({
  operationId: 'raiseObjection',
  method: 'post',
  path: '/assistance/publicities/{publicityId}/objections',
  summary:
    'Object to a published proposal. The household is surveyed anew; who objects need not say who he is.',
  roles: 'public',
  params: ofPublicity,
  body: z
    .object({ text: objection, name: contactName, phone: contactPhone })
    .meta({ examples: [anObjection] }),
  responses: {
    201: answer('Received.', z.object({ publicityId: z.string(), handleBy: z.iso.date(), text: z.string() })),
  },
  problems: only('PUBLICITY_NOT_FOUND', 'CHANGED_MEANWHILE'),
});

export const recordObjection = route({
  operationId: 'recordObjection',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/objections',
  summary: 'Record an objection that was made in person, by telephone or letter.',
  roles: ['village-helper', ...townshipRoles],
  params: z.object({ applicationNo: z.string().max(40) }),
  body: z
    .object({ text: objection, name: contactName, phone: contactPhone })
    .meta({ examples: [anObjection] }),
  responses: { 200: answer('Where the application stands.', ProgressView) },
  problems: only('APPLICATION_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const listOwnCases = route({
  operationId: 'listOwnCases',
  method: 'get',
  path: '/assistance/own',
  summary: 'The citizen’s own applications and cases.',
  roles: ['citizen'],
  responses: { 200: answer('All of them.', z.object({ items: z.array(OwnView) })) },
  problems: {},
});

export const readOwnCase = route({
  operationId: 'readOwnCase',
  method: 'get',
  path: '/assistance/own/{number}',
  summary:
    'One of the citizen’s own applications or cases: where it stands, since when, how much, and the letter.',
  roles: ['citizen'],
  params: z.object({ number: z.string().max(40) }),
  responses: { 200: answer('The application or case.', OwnDetailView) },
  problems: only('NOT_YOURS'),
});
