import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { approvingRoles, preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { CaseState, Cause, PaymentMethod, Register, ReliefKind, Residence } from './relief-case.ts';
import { everyone, fieldRoles, inArea, moved, ofCase, readers } from './request-parts.ts';
import { CaseListedView, CaseSummaryView, CaseView, DueView } from './views.ts';

/** Applications and the look at them. */

const PersonBody = z.object({
  name: z.string().trim().min(1).max(60),
  identityNumber: z.string().min(15).max(18),
});
const AccountBody = z.object({
  account: z.string().min(8).max(40),
  accountName: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .meta({ description: 'Defaults to the applicant.' }),
  bank: z.string().trim().min(2).max(60),
});
const Opening = z.object({
  areaCode: AreaCode.meta({ description: 'The village or community.' }),
  form: z.enum(['family', 'individual']).meta({ description: '家庭 or 个人对象 (C01).' }),
  kind: ReliefKind,
  cause: Cause,
  causeDate: z.iso.date(),
  description: z.string().trim().min(4).max(2000),
  urgent: z.boolean().default(false).meta({ description: 'Help first, papers later (C08).' }),
  residence: Residence.default('registered'),
  register: Register.optional(),
  applicant: PersonBody.extend({ phone: z.string().trim().min(5).max(20).optional() }),
  members: z.array(PersonBody).max(15).default([]).meta({ description: 'Further persons who are helped.' }),
  method: PaymentMethod.default('bank'),
  account: AccountBody.optional(),
});

export const openReliefCase = route({
  operationId: 'openReliefCase',
  method: 'post',
  path: '/relief/cases',
  summary: 'Take in an application for temporary relief.',
  description:
    'From a township clerk it is accepted at once and its clock runs; from a village helper it is a draft that the township accepts.',
  roles: fieldRoles,
  body: Opening.refine(({ form, members }) => form === 'family' || members.length === 0, {
    message: '个人对象没有共同受助人',
    path: ['members'],
  })
    .refine(({ urgent, kind }) => !urgent || kind === 'emergency', {
      message: '只有急难型可以紧急救助',
      path: ['urgent'],
    })
    .refine(({ kind, register }) => kind === 'emergency' || register !== undefined, {
      message: '支出型须登记低保、低保边缘等在册案号',
      path: ['register'],
    })
    .refine(({ kind, method }) => kind === 'emergency' || (method !== 'cash' && method !== 'goods'), {
      message: '现金、实物救助只用于急难型',
      path: ['method'],
    }),
  responses: { 201: answer('The case.', CaseSummaryView) },
  problems: only(
    'OUTSIDE_AREA',
    'AREA_UNKNOWN',
    'IDENTITY_REFUSED',
    'PERSON_TWICE',
    'ACCOUNT_REFUSED',
    'CAUSE_IN_FUTURE',
    'CHANGED_MEANWHILE',
  ),
});

export const acceptReliefCase = route({
  operationId: 'acceptReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/acceptances',
  summary: 'Accept a draft of a village helper; the clock of the survey begins.',
  roles: ['township-clerk'],
  params: ofCase,
  responses: moved,
  problems: only('CASE_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const listReliefCases = route({
  operationId: 'listReliefCases',
  method: 'get',
  path: '/relief/cases',
  summary: 'Cases of an area, newest first within each town.',
  roles: everyone,
  query: z.object({
    ...page,
    ...inArea,
    state: CaseState.optional(),
    year: z.coerce.number().int().optional(),
  }),
  responses: { 200: answer('A page of cases.', pageOf(CaseListedView)) },
  problems: only('OUTSIDE_AREA'),
});

export const findReliefCases = route({
  operationId: 'findReliefCases',
  method: 'post',
  path: '/relief/look-ups',
  summary: 'The cases in which a person was helped, by identity number.',
  description: 'A POST, because an identity number in an address ends up in logs.',
  roles: everyone,
  body: z.object({ identityNumber: z.string().min(15).max(18) }),
  responses: {
    200: answer('The cases in the area of the token.', z.object({ items: z.array(CaseListedView) })),
  },
  problems: only('IDENTITY_REFUSED'),
});

export const readReliefCase = route({
  operationId: 'readReliefCase',
  method: 'get',
  path: '/relief/cases/{caseNo}',
  summary: 'One case with every step and the explanation of its amount.',
  roles: everyone,
  params: ofCase,
  responses: { 200: answer('The case.', CaseView) },
  problems: only('CASE_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listReliefCaseEvents = route({
  operationId: 'listReliefCaseEvents',
  method: 'get',
  path: '/relief/cases/{caseNo}/events',
  summary: 'Everything that happened to a case, oldest first.',
  roles: readers,
  params: ofCase,
  query: z.object(page),
  responses: {
    200: answer(
      'A page of events.',
      pageOf(
        z.object({
          id: z.string(),
          type: z.string(),
          time: z.iso.datetime(),
          data: z.record(z.string(), z.unknown()),
        }),
      ),
    ),
  },
  problems: only('CASE_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const changeReliefAccount = route({
  operationId: 'changeReliefAccount',
  method: 'post',
  path: '/relief/cases/{caseNo}/accounts',
  summary: 'Enter or correct where the money goes, until the case is decided.',
  description: 'After that, money through the bank goes by the account that payments know; correct it there.',
  roles: fieldRoles,
  params: ofCase,
  body: AccountBody.extend({ method: PaymentMethod.optional() }),
  responses: moved,
  problems: only(
    'CASE_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'ACCOUNT_REFUSED',
    'EMERGENCY_ONLY',
    'CHANGED_MEANWHILE',
  ),
});

export const unmaskReliefCase = route({
  operationId: 'unmaskReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/unmaskings',
  summary: 'Show sealed fields of the applicant in full, for a reason that is logged.',
  roles: ['township-clerk', ...preparingRoles, ...approvingRoles, 'auditor'],
  params: ofCase,
  body: z.object({ fields: z.array(z.enum(['identityNumber', 'account', 'phone'])).min(1), reason }),
  responses: {
    200: answer(
      'The fields asked for, as far as there are any.',
      z.object({
        identityNumber: z.string().optional(),
        account: z.string().optional(),
        phone: z.string().optional(),
      }),
    ),
  },
  problems: only('CASE_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listReliefDue = route({
  operationId: 'listReliefDue',
  method: 'get',
  path: '/relief/due',
  summary: 'What must be done in an area by a date, the most overdue first within each town.',
  roles: readers,
  query: z.object({
    ...page,
    ...inArea,
    until: z.iso.date().optional().meta({ description: 'Defaults to everything that has a date.' }),
  }),
  responses: { 200: answer('A page of what is due.', pageOf(DueView)) },
  problems: only('OUTSIDE_AREA'),
});
