import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { ApplicationState, DocumentKind } from './application.ts';
import {
  ApplicationDetailView,
  ApplicationView,
  DueEntryView,
  ProgressView,
  SubmittedView,
} from './application-answers.ts';
import { Amendment, Submission } from './application-requests.ts';
import { Evaluation } from './evaluation.ts';
import { only } from './problems.ts';

/** Applications: from the desk to the survey. */

const ofApplication = z.object({
  applicationNo: z
    .string()
    .max(40)
    .meta({ examples: ['330702-SQ-2021-000001'] }),
});

export const submitApplication = route({
  operationId: 'submitApplication',
  method: 'post',
  path: '/assistance/applications',
  summary: 'Hand in a household’s application, for every programme at once.',
  description:
    'A village helps its own people, a citizen applies for himself, another system hands in what it took. Persons who are known already are pointed out.',
  roles: ['village-helper', 'township-clerk', 'integration', 'citizen'],
  body: Submission,
  responses: { 201: answer('The application and what is still missing.', SubmittedView) },
  problems: only('OUTSIDE_AREA', 'AREA_UNKNOWN', 'HOUSEHOLD_REFUSED', 'CHANGED_MEANWHILE'),
});

export const listApplications = route({
  operationId: 'listApplications',
  method: 'get',
  path: '/assistance/applications',
  summary: 'Applications of an area, newest first in each town.',
  description:
    'A page may hold fewer items than `limit` when `state` or `related` is given; go on while there is `next`.',
  roles: ['village-helper', ...officerRoles],
  query: z.object({
    ...page,
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
    state: ApplicationState.optional(),
    related: z.enum(['yes', 'no']).optional().meta({
      description:
        'Whether the applicant is a near relative of an officer: those are registered apart (0.3.5).',
    }),
  }),
  responses: { 200: answer('A page of applications.', pageOf(ApplicationView)) },
  problems: only('OUTSIDE_AREA'),
});

export const readApplication = route({
  operationId: 'readApplication',
  method: 'get',
  path: '/assistance/applications/{applicationNo}',
  summary: 'One application: facts, persons (masked), what the registers and visitors found, and every step.',
  roles: officerRoles,
  params: ofApplication,
  responses: { 200: answer('The application.', ApplicationDetailView) },
  problems: only('APPLICATION_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const readEvaluation = route({
  operationId: 'readEvaluation',
  method: 'get',
  path: '/assistance/applications/{applicationNo}/evaluation',
  summary: 'What the household would get of every programme, with every step of the reckoning.',
  roles: officerRoles,
  params: ofApplication,
  query: z.object({
    month: Month.optional().meta({
      description: 'Defaults to the first benefit month if approved today (A06).',
    }),
  }),
  responses: { 200: answer('The verdict of every programme.', Evaluation) },
  problems: only('APPLICATION_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const amendApplication = route({
  operationId: 'amendApplication',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/amendments',
  summary: 'Add papers or correct the facts, e.g. adopt what the registers found; or submit a draft.',
  description:
    'Who handed it in may do so until it is accepted, the township until its first opinion. Every version of the facts is kept.',
  roles: ['village-helper', 'township-clerk', 'integration', 'citizen'],
  params: ofApplication,
  body: Amendment,
  responses: { 200: answer('Where the application stands.', ProgressView) },
  problems: only(
    'APPLICATION_NOT_FOUND',
    'OUTSIDE_AREA',
    'AREA_UNKNOWN',
    'WRONG_STATE',
    'HOUSEHOLD_REFUSED',
    'CHANGED_MEANWHILE',
  ),
});

export const acceptApplication = route({
  operationId: 'acceptApplication',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/acceptances',
  summary: 'Accept an application, which starts the clock of the survey; or say at once all that is missing.',
  roles: ['township-clerk'],
  params: ofApplication,
  body: z
    .object({
      missing: z
        .array(DocumentKind)
        .default([])
        .meta({ description: 'Papers to bring; empty accepts (A04).' }),
      note: z.string().trim().max(500).optional(),
    })
    .meta({ examples: [{}, { missing: ['application-form'], note: '申请表缺少核对授权书签字' }] }),
  responses: { 200: answer('Where the application stands.', ProgressView) },
  problems: only(
    'APPLICATION_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'DOCUMENTS_MISSING',
    'CHANGED_MEANWHILE',
  ),
});

export const withdrawApplication = route({
  operationId: 'withdrawApplication',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/withdrawals',
  summary: 'Withdraw an application before it is decided on, by the applicant or for him.',
  roles: ['citizen', 'township-clerk'],
  params: ofApplication,
  body: z.object({ reason }).meta({ examples: [{ reason: '申请人家庭情况好转,自愿撤回' }] }),
  responses: { 200: answer('Where the application stands.', ProgressView) },
  problems: only('APPLICATION_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const listDue = route({
  operationId: 'listDue',
  method: 'get',
  path: '/assistance/due',
  summary:
    'What an area must do until a day, by town, the longest overdue first: steps of applications, and reviews.',
  roles: officerRoles,
  query: z.object({
    ...page,
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
    until: z.iso.date().optional().meta({ description: 'Defaults to today.' }),
  }),
  responses: { 200: answer('A page of what is due.', pageOf(DueEntryView)) },
  problems: only('OUTSIDE_AREA'),
});

export const unmaskApplication = route({
  operationId: 'unmaskApplication',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/unmaskings',
  summary: 'Show sealed fields in full, for a reason that is logged.',
  roles: ['township-clerk', ...preparingRoles, ...approvingRoles, 'auditor'],
  params: ofApplication,
  body: z
    .object({
      memberId: z.string().max(12).optional().meta({ description: 'Defaults to the head.' }),
      fields: z.array(z.enum(['identityNumber', 'phone', 'account'])).min(1),
      reason,
    })
    .meta({ examples: [{ fields: ['phone'], reason: '电话核实家庭收入' }] }),
  responses: {
    200: answer(
      'The fields asked for, as far as there are any.',
      z.object({
        identityNumber: z.string().optional(),
        phone: z.string().optional(),
        account: z.string().optional(),
      }),
    ),
  },
  problems: only('APPLICATION_NOT_FOUND', 'OUTSIDE_AREA'),
});
