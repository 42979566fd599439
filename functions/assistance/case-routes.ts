import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { officerRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { CaseNo, CaseState } from './case.ts';
import { CaseExplanation, CaseRow, CaseView, RegisterCounts, ReviewDue } from './case-views.ts';
import { RegisterProgramme } from './evaluation.ts';
import { only } from './problems.ts';

/** The register of households: who is on it, why, and what it counts. */

const areaCode = AreaCode.optional().meta({
  description: 'A district, town or village; defaults to the area of the token.',
});

export const listCases = route({
  operationId: 'listCases',
  method: 'get',
  path: '/assistance/cases',
  summary: 'Cases of a programme, by village and number.',
  roles: officerRoles,
  query: z.object({ ...page, programme: RegisterProgramme, areaCode, state: CaseState.optional() }),
  responses: { 200: answer('A page of cases; it may be short and still have a next one.', pageOf(CaseRow)) },
  problems: only('OUTSIDE_AREA'),
});

export const findCases = route({
  operationId: 'findCases',
  method: 'post',
  path: '/assistance/cases/look-ups',
  summary: 'Cases a person belongs or belonged to, by identity number or by name.',
  description:
    'The number travels in the body: addresses are kept in logs. Cases of other areas are left out.',
  roles: officerRoles,
  body: z
    .object({
      identityNumber: z
        .string()
        .trim()
        .max(40)
        .optional()
        .meta({ examples: ['33079919500101001X'] }),
      name: z.string().trim().min(1).max(60).optional().meta({ description: 'In full.' }),
    })
    .refine(({ identityNumber, name }) => (identityNumber === undefined) !== (name === undefined), {
      path: ['identityNumber'],
      message: '身份证号码与姓名填且只填一项',
    }),
  responses: { 200: answer('The cases.', z.object({ items: z.array(CaseRow) })) },
  problems: only('PERSON_REFUSED'),
});

export const readCase = route({
  operationId: 'readCase',
  method: 'get',
  path: '/assistance/cases/{caseNo}',
  summary: 'One case: members, facts, and everything that was ever determined.',
  roles: officerRoles,
  params: z.object({ caseNo: CaseNo }),
  responses: { 200: answer('The case.', CaseView) },
  problems: only('CASE_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const readCaseExplanation = route({
  operationId: 'readCaseExplanation',
  method: 'get',
  path: '/assistance/cases/{caseNo}/explanation',
  summary: 'Why a case gets what it gets in a month, line by line.',
  description:
    'The determination in force for the month, reckoned again from the facts and the numbers it was made with. `agrees` says whether that comes to the same.',
  roles: officerRoles,
  params: z.object({ caseNo: CaseNo }),
  query: z.object({
    month: Month.optional().meta({
      description: 'A benefit month; defaults to the present one.',
      examples: ['2021-07'],
    }),
  }),
  responses: { 200: answer('The explanation.', CaseExplanation) },
  problems: only('CASE_NOT_FOUND', 'NO_DETERMINATION', 'OUTSIDE_AREA'),
});

export const unmaskCase = route({
  operationId: 'unmaskCase',
  method: 'post',
  path: '/assistance/cases/{caseNo}/unmaskings',
  summary: 'See sealed fields of a member or of the household in full.',
  description: 'The look is recorded with its reason before anything is shown.',
  roles: officerRoles,
  params: z.object({ caseNo: CaseNo }),
  body: z.object({
    memberId: z.string().max(12),
    fields: z.array(z.enum(['identityNumber', 'phone', 'account'])).min(1),
    reason,
  }),
  responses: {
    200: answer(
      'The fields.',
      z.object({
        identityNumber: z.string().optional(),
        phone: z.string().optional(),
        account: z.string().optional().meta({ description: 'Of the household.' }),
      }),
    ),
  },
  problems: only('CASE_NOT_FOUND', 'MEMBER_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listReviewsDue = route({
  operationId: 'listReviewsDue',
  method: 'get',
  path: '/assistance/reviews',
  summary: 'Households to be looked at again, town by town, the most overdue first (A60, A61).',
  roles: officerRoles,
  query: z.object({
    ...page,
    areaCode,
    until: Month.optional().meta({ description: 'Due in this month at the latest; defaults to the next.' }),
  }),
  responses: {
    200: answer('A page of cases; it may be short and still have a next one.', pageOf(ReviewDue)),
  },
  problems: only('OUTSIDE_AREA'),
});

export const readRegisterCounts = route({
  operationId: 'readRegisterCounts',
  method: 'get',
  path: '/assistance/counts',
  summary: 'Households, persons and money on the register, by programme and town.',
  roles: officerRoles,
  query: z.object({ areaCode }),
  responses: { 200: answer('The counts as they are now.', RegisterCounts) },
  problems: only('OUTSIDE_AREA'),
});
