import * as z from 'zod';
import { answer } from '../../shared/request-parts.ts';
import { preparingRoles, townshipRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { OpinionView, ProgressView } from './application-answers.ts';
import { AidCode } from './evaluation.ts';
import { Difference, Found, Register, registers } from './income-check.ts';
import { only } from './problems.ts';

/** The survey: what the registers know, what two visitors see, and the township's first opinion. */

const ofApplication = z.object({ applicationNo: z.string().max(40) });
const ofCheck = z.object({ requestId: z.string().max(48) });

export const requestIncomeCheck = route({
  operationId: 'requestIncomeCheck',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/income-checks',
  summary: 'Ask the registers what they know of the household’s means; the form authorises it (S1 art. 49).',
  roles: ['township-clerk'],
  params: ofApplication,
  body: z
    .object({
      registers: z
        .array(Register)
        .min(1)
        .default([...registers]),
    })
    .meta({ examples: [{}, { registers: ['bank', 'vehicle', 'social-insurance'] }] }),
  responses: {
    202: answer('Asked; the answer arrives by itself.', ProgressView.extend({ requestId: z.string() })),
  },
  problems: only(
    'APPLICATION_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'CHECK_RUNNING',
    'CHANGED_MEANWHILE',
  ),
});

export const readIncomeCheck = route({
  operationId: 'readIncomeCheck',
  method: 'get',
  path: '/assistance/income-checks/{requestId}',
  summary:
    'What a check asks and about whom, in full, for the system that asks the registers; each look is logged.',
  roles: ['integration'],
  params: ofCheck,
  responses: {
    200: answer(
      'The check.',
      z.object({
        requestId: z.string(),
        applicationNo: z.string(),
        state: z.enum(['requested', 'returned']),
        registers: z.array(Register),
        persons: z.array(z.object({ memberId: z.string(), name: z.string(), identityNumber: z.string() })),
      }),
    ),
  },
  problems: only('CHECK_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const recordIncomeCheck = route({
  operationId: 'recordIncomeCheck',
  method: 'post',
  path: '/assistance/income-checks/{requestId}/results',
  summary: 'Deliver what the registers answered.',
  roles: ['integration'],
  params: ofCheck,
  body: Found.meta({
    examples: [
      {
        incomes: [{ memberId: 'm1', kind: 'wage', monthlyFen: 150000, register: 'social-insurance' }],
        property: { moneyFen: 2000000, vehicles: 0 },
        unanswered: ['securities'],
      },
    ],
  }),
  responses: {
    200: answer(
      'Where it contradicts what was declared.',
      z.object({ requestId: z.string(), differences: z.array(Difference) }),
    ),
  },
  problems: only('CHECK_NOT_FOUND', 'OUTSIDE_AREA', 'CHECK_RETURNED', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const recordHomeVisit = route({
  operationId: 'recordHomeVisit',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/home-visits',
  summary: 'Record what one visitor saw in the home; two officers must have been there on the same day.',
  description:
    'Whoever all visitors of the day name under `stillInNeed` gets the uplift for special groups (A36). A visit of the district before its decision is recorded the same way.',
  roles: ['village-helper', ...townshipRoles, ...preparingRoles],
  params: ofApplication,
  body: z
    .object({
      on: z.iso.date(),
      findings: z.string().trim().min(4).max(2000),
      stillInNeed: z.array(z.string().max(12)).max(30).default([]).meta({ description: 'Member ids.' }),
      photos: z
        .array(z.string().regex(/^[0-9a-f]{64}$/))
        .max(20)
        .default([])
        .meta({ description: 'SHA-256 of each.' }),
    })
    .meta({
      examples: [{ on: '2021-04-28', findings: '住房为砖木结构两间,家中无机动车,收入来源与申报一致' }],
    }),
  responses: { 200: answer('Where the application stands.', ProgressView.extend({ complete: z.boolean() })) },
  problems: only(
    'APPLICATION_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'VISIT_REFUSED',
    'VISITED_ALREADY',
    'CHANGED_MEANWHILE',
  ),
});

export const giveOpinion = route({
  operationId: 'giveOpinion',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/opinions',
  summary: 'The township’s first opinion: to approve, which opens the publicity, or to refuse.',
  roles: ['township-leader'],
  params: ofApplication,
  body: z
    .discriminatedUnion('recommend', [
      z.object({
        recommend: z.literal('approve'),
        programme: AidCode.optional().meta({ description: 'Defaults to what the evaluation recommends.' }),
        reason: z.string().trim().min(4).max(500),
      }),
      z.object({ recommend: z.literal('refuse'), reason: z.string().trim().min(4).max(500) }),
    ])
    .meta({ examples: [{ recommend: 'approve', reason: '经核对和入户调查,符合最低生活保障条件' }] }),
  responses: {
    200: answer('The opinion, the publicity it opened, and where the application stands.', OpinionView),
  },
  problems: only(
    'APPLICATION_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'CHECK_MISSING',
    'VISIT_MISSING',
    'NOT_ELIGIBLE',
    'CHANGED_MEANWHILE',
  ),
});
