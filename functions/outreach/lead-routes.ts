import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { approvingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { LeadSource, Referral } from './lead.ts';
import { only } from './problems.ts';
import { caseNo, ofLead, organisers, personName, phone, readers, visitors } from './request-parts.ts';
import { SituationCode } from './situation.ts';
import { LeadRecord, LeadView } from './views.ts';

/** Leads: who may need help and has not asked for it. */

const told = {
  areaCode: AreaCode.meta({ description: 'Where the household lives: town, village or community.' }),
  situations: z.array(SituationCode).min(1).max(8),
  text: z.string().trim().min(4).max(500).meta({ description: 'Sealed at rest.' }),
};

export const receiveLead = route({
  operationId: 'receiveLead',
  method: 'post',
  path: '/outreach/leads',
  summary: 'Take down a lead: from the hotline, or what an officer came upon.',
  roles: [...visitors, 'integration'],
  body: z
    .object({
      ...told,
      source: z.enum(['hotline', 'officer']),
      caseNo: caseNo.optional(),
      personName: personName.optional().meta({ description: 'Who may need help.' }),
      contactName: personName.optional(),
      contactPhone: phone.optional(),
    })
    .meta({
      examples: [
        {
          source: 'hotline',
          areaCode: '330702100200',
          situations: ['elder-alone'],
          text: '独居老人近日未出门,邻居反映无人照应。',
          contactPhone: '12012345678',
        },
      ],
    }),
  responses: { 201: answer('The lead, without the persons.', LeadRecord) },
  problems: only('OUTSIDE_AREA', 'AREA_UNKNOWN', 'CHANGED_MEANWHILE'),
});

export const reportNeed = route({
  operationId: 'reportNeed',
  method: 'post',
  path: '/outreach/reports',
  summary: 'Tell the bureau of somebody who may need help.',
  description: 'Who tells may stay unnamed; a contact is sealed and seen only by who deals with it.',
  roles: 'public',
  body: z
    .object({
      ...told,
      personName: personName.optional(),
      contactName: personName.optional(),
      contactPhone: phone.optional(),
    })
    .meta({
      examples: [
        {
          areaCode: '330702100200',
          situations: ['serious-illness'],
          text: '邻居家顶梁柱生了大病,一家没有收入。',
        },
      ],
    }),
  responses: {
    201: answer(
      'Received; quote the number when asking about it.',
      z.object({ leadNo: z.string(), dueOn: z.iso.date().meta({ description: 'Dealt with by then.' }) }),
    ),
  },
  problems: only('AREA_UNKNOWN', 'CHANGED_MEANWHILE'),
});

export const listLeads = route({
  operationId: 'listLeads',
  method: 'get',
  path: '/outreach/leads',
  summary: 'Leads of an area: open ones by due date, overdue first; closed ones newest first.',
  roles: readers,
  query: z.object({
    ...page,
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
    state: z.enum(['open', 'closed']).default('open'),
    source: LeadSource.optional(),
    waiting: z
      .enum(['with', 'without'])
      .default('without')
      .meta({ description: 'Whether warnings whose day has not come yet are listed too.' }),
  }),
  responses: { 200: answer('A page of leads, without the persons.', pageOf(LeadRecord)) },
  problems: only('OUTSIDE_AREA'),
});

export const readLead = route({
  operationId: 'readLead',
  method: 'get',
  path: '/outreach/leads/{leadNo}',
  summary: 'One lead with its visits and with open leads that may tell of the same household.',
  roles: readers,
  params: ofLead,
  responses: { 200: answer('The lead.', LeadView) },
  problems: only('LEAD_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const assignLead = route({
  operationId: 'assignLead',
  method: 'post',
  path: '/outreach/leads/{leadNo}/assignments',
  summary: 'Ask an aide to look into a lead; asking another takes it from the first.',
  roles: organisers,
  params: ofLead,
  body: z.object({ aideId: z.string().max(64) }),
  responses: { 200: answer('The lead, without the persons.', LeadRecord) },
  problems: only(
    'LEAD_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'AIDE_NOT_FOUND',
    'AIDE_RETIRED',
    'AIDE_ELSEWHERE',
    'CHANGED_MEANWHILE',
  ),
});

export const closeLead = route({
  operationId: 'closeLead',
  method: 'post',
  path: '/outreach/leads/{leadNo}/closings',
  summary: 'Close a lead: helped to apply, passed on, not so, or known already.',
  description: 'A lead is helped or not so only after a visit, and who visited may not find it not so.',
  roles: organisers,
  params: ofLead,
  body: z
    .discriminatedUnion('outcome', [
      z.object({
        outcome: z.literal('helped'),
        applicationNo: z
          .string()
          .regex(/^\d{6}-[A-Z]{2}-\d{4}-\d{6}$/, '申请编号格式应为 330702-SQ-2021-000001'),
      }),
      z.object({ outcome: z.literal('referred'), referredTo: Referral, reason }),
      z.object({ outcome: z.literal('unfounded'), reason }),
      z.object({ outcome: z.literal('duplicate'), duplicateOf: z.string().max(40) }),
    ])
    .meta({ examples: [{ outcome: 'helped', applicationNo: '330702-SQ-2021-000001' }] }),
  responses: { 200: answer('The lead, without the persons.', LeadRecord) },
  problems: only('LEAD_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'MAKER_IS_CHECKER', 'CHANGED_MEANWHILE'),
});

export const unmaskLead = route({
  operationId: 'unmaskLead',
  method: 'post',
  path: '/outreach/leads/{leadNo}/unmaskings',
  summary: 'Show the phone number of who told, for a reason that is logged.',
  roles: [...organisers, ...approvingRoles, 'auditor'],
  params: ofLead,
  body: z.object({ reason }),
  responses: { 200: answer('The contact.', z.object({ contactPhone: z.string() })) },
  problems: only('LEAD_NOT_FOUND', 'OUTSIDE_AREA', 'NOTHING_TO_SHOW'),
});
