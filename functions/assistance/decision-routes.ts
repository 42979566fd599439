import * as z from 'zod';
import { Fen } from '../../shared/money.ts';
import { answer } from '../../shared/request-parts.ts';
import { approvingRoles, preparingRoles, townshipRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { Reconsideration } from './application.ts';
import { ProgressView } from './application-answers.ts';
import { AidCode } from './evaluation.ts';
import { only } from './problems.ts';

/** From the publicity to the decision, and what may follow it. */

const ofApplication = z.object({ applicationNo: z.string().max(40) });
const reasons = z.string().trim().min(4).max(1000);

export const forwardApplication = route({
  operationId: 'forwardApplication',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/forwardings',
  summary: 'Send an application up for its decision, once the publicity has ended without objection.',
  roles: townshipRoles,
  params: ofApplication,
  body: z
    .object({ note: z.string().trim().max(500).optional() })
    .meta({ examples: [{ note: '公示期内无异议' }] }),
  responses: { 200: answer('Where the application stands.', ProgressView) },
  problems: only(
    'APPLICATION_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'PUBLICITY_RUNNING',
    'CHANGED_MEANWHILE',
  ),
});

export const decideApplication = route({
  operationId: 'decideApplication',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/decisions',
  summary: 'Approve (a case and its first determination), refuse with reasons, or send back to the township.',
  description:
    'By an officer who had no hand in it; by the township’s leader where the district has delegated it. The amount is reckoned anew for the first benefit month; if it is no longer the proposed one, the answer says so and the approver repeats with `amountFen`.',
  roles: [...approvingRoles, 'township-leader'],
  params: ofApplication,
  body: z
    .discriminatedUnion('decision', [
      z.object({
        decision: z.literal('approve'),
        amountFen: Fen.optional().meta({
          description: 'What the approver agrees to; defaults to what was proposed.',
        }),
        reasons: reasons.optional(),
      }),
      z.object({ decision: z.literal('refuse'), reasons }),
      z.object({ decision: z.literal('return'), reasons }),
    ])
    .meta({
      examples: [{ decision: 'approve' }, { decision: 'refuse', reasons: '家庭货币财产超过规定限额' }],
    }),
  responses: {
    200: answer(
      'Where the application stands, the case, and which other programmes were told.',
      ProgressView.extend({ caseNo: z.string().optional(), referredTo: z.array(AidCode) }),
    ),
  },
  problems: only(
    'APPLICATION_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'NOT_DELEGATED',
    'MAKER_IS_CHECKER',
    'OPINION_AGAINST',
    'DISTRICT_VISIT_MISSING',
    'CHECK_MISSING',
    'NOT_ELIGIBLE',
    'NUMBERS_CHANGED',
    'IN_EXCLUSIVE_PROGRAMME',
    'CHANGED_MEANWHILE',
  ),
});

export const recordNotice = route({
  operationId: 'recordNotice',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/notices',
  summary:
    'Record that the letter of refusal was delivered; from then on 60 days for a reconsideration (A15).',
  roles: ['township-clerk', ...preparingRoles],
  params: ofApplication,
  body: z
    .object({
      deliveredOn: z.iso.date(),
      manner: z.enum(['direct', 'left', 'post', 'electronic', 'public']).meta({
        description: '直接送达, 留置送达, 邮寄送达, 电子送达, 公告送达.',
      }),
    })
    .meta({ examples: [{ deliveredOn: '2021-06-07', manner: 'direct' }] }),
  responses: {
    200: answer('Where the application stands.', ProgressView.extend({ reconsiderUntil: z.iso.date() })),
  },
  problems: only('APPLICATION_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'DATE_REFUSED', 'CHANGED_MEANWHILE'),
});

export const recordReconsideration = route({
  operationId: 'recordReconsideration',
  method: 'post',
  path: '/assistance/applications/{applicationNo}/reconsiderations',
  summary:
    'Record a reconsideration of a refusal; one that revokes it sends the application back to the survey.',
  roles: [...preparingRoles, ...approvingRoles],
  params: ofApplication,
  body: Reconsideration.omit({ by: true })
    .extend({ note: reasons })
    .meta({ examples: [{ outcome: 'filed', on: '2021-06-20', note: '申请人向区政府申请行政复议' }] }),
  responses: { 200: answer('Where the application stands.', ProgressView) },
  problems: only('APPLICATION_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'DATE_REFUSED', 'CHANGED_MEANWHILE'),
});
