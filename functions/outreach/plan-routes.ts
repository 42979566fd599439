import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { officerRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { Giving } from './gift-campaign.ts';
import { only } from './problems.ts';
import { caseNo, ofCase, organisers, readers, visitors } from './request-parts.ts';
import { FindingCode } from './situation.ts';
import { PlanDetailView, PlanView, ScreeningView, VisitRecord } from './views.ts';
import { VisitClass } from './visit-plan.ts';

/** The visit plan, its pairings and visits, and the figures of a month. */

export const planVisits = route({
  operationId: 'planVisits',
  method: 'put',
  path: '/outreach/households/{caseNo}',
  summary: 'Put a household into the visit plan, or change how often it is visited.',
  description:
    'Households that are granted aid come into the plan by themselves, and leave it when their aid stops. Repeating it changes nothing.',
  roles: organisers,
  params: ofCase,
  body: z.object({ areaCode: AreaCode, visitClass: VisitClass }),
  responses: { 200: answer('The household in the plan.', PlanView) },
  problems: only('OUTSIDE_AREA', 'AREA_UNKNOWN', 'CHANGED_MEANWHILE'),
});

export const pairHousehold = route({
  operationId: 'pairHousehold',
  method: 'post',
  path: '/outreach/households/{caseNo}/pairings',
  summary: 'Pair a household with an aide, in place of the one it has.',
  roles: organisers,
  params: ofCase,
  body: z.object({ aideId: z.string().max(64), reason }),
  responses: { 201: answer('The household in the plan.', PlanView) },
  problems: only(
    'CASE_NOT_PLANNED',
    'OUTSIDE_AREA',
    'AIDE_NOT_FOUND',
    'AIDE_RETIRED',
    'AIDE_ELSEWHERE',
    'PAIRED_ALREADY',
    'CHANGED_MEANWHILE',
  ),
});

export const listVisitPlan = route({
  operationId: 'listVisitPlan',
  method: 'get',
  path: '/outreach/households',
  summary: 'Households of an area in the order in which they must be visited, overdue ones first.',
  roles: readers,
  query: z.object({
    ...page,
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
    aideId: z.string().max(64).optional(),
    until: z.iso.date().optional().meta({ description: 'Only those due by this day.' }),
  }),
  responses: { 200: answer('A page of households.', pageOf(PlanView)) },
  problems: only('OUTSIDE_AREA'),
});

export const readVisitPlan = route({
  operationId: 'readVisitPlan',
  method: 'get',
  path: '/outreach/households/{caseNo}',
  summary: 'One household: who looks after it, who did before, and what visits found.',
  roles: readers,
  params: ofCase,
  responses: { 200: answer('The household.', PlanDetailView) },
  problems: only('CASE_NOT_PLANNED', 'OUTSIDE_AREA'),
});

export const recordOutreachVisit = route({
  operationId: 'recordOutreachVisit',
  method: 'post',
  path: '/outreach/visits',
  summary: 'Record a visit to a household of the plan or on a lead.',
  description: 'When a household needs follow-up, a lead is opened with the visit.',
  roles: visitors,
  body: z
    .object({
      caseNo: caseNo.optional(),
      leadNo: z.string().max(40).optional(),
      visitedOn: z.iso.date(),
      aideId: z.string().max(64).optional().meta({ description: 'The aide who went, if one did.' }),
      findings: z.array(FindingCode).min(1).max(8),
      needsFollowUp: z.boolean().default(false),
      text: z.string().trim().min(1).max(500).optional().meta({ description: 'Sealed at rest.' }),
      gift: Giving.optional().meta({ description: 'Goods or cash handed over in a campaign (走访慰问).' }),
    })
    .refine((visit) => (visit.caseNo === undefined) !== (visit.leadNo === undefined), {
      path: ['caseNo'],
      message: '案号与线索编号填且只填一项',
    })
    .refine(({ leadNo, gift }) => leadNo === undefined || gift === undefined, {
      path: ['gift'],
      message: '走访慰问须填写走访计划内家庭的案号',
    })
    .refine(({ findings }) => !findings.includes('unchanged') || findings.length === 1, {
      path: ['findings'],
      message: '“情况稳定无变化”不能与其他情况同时选择',
    })
    .refine(({ findings, text }) => !findings.includes('other') || text !== undefined, {
      path: ['text'],
      message: '选择“其他情况”时须填写说明',
    })
    .refine(({ findings, needsFollowUp }) => !needsFollowUp || !findings.includes('unchanged'), {
      path: ['needsFollowUp'],
      message: '需要跟进时须选择发现的情况',
    })
    .refine(({ leadNo, needsFollowUp }) => leadNo === undefined || !needsFollowUp, {
      path: ['needsFollowUp'],
      message: '线索走访后请直接办理线索,不再另行跟进',
    })
    .meta({
      examples: [
        {
          caseNo: '330702-DB-2021-000001',
          visitedOn: '2021-07-05',
          findings: ['serious-illness'],
          needsFollowUp: true,
        },
      ],
    }),
  responses: { 201: answer('The visit is recorded.', VisitRecord) },
  problems: only(
    'CASE_NOT_PLANNED',
    'LEAD_NOT_FOUND',
    'OUTSIDE_AREA',
    'VISIT_IN_FUTURE',
    'AIDE_NOT_FOUND',
    'AIDE_ELSEWHERE',
    'CAMPAIGN_NOT_FOUND',
    'CAMPAIGN_NOT_OPEN',
    'GIFT_GIVEN',
    'GIFT_TOO_HIGH',
    'GIFT_BEYOND_BUDGET',
    'WRONG_STATE',
    'CHANGED_MEANWHILE',
  ),
});

export const readScreening = route({
  operationId: 'readScreening',
  method: 'get',
  path: '/outreach/screenings/{month}',
  summary: 'The screening of a month: visits, leads and what came of them, town by town.',
  roles: officerRoles,
  params: z.object({ month: Month }),
  query: z.object({
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
  }),
  responses: { 200: answer('The figures.', ScreeningView) },
  problems: only('OUTSIDE_AREA'),
});
