import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { Grade, PaymentMethod, Receipt, Sha256 } from './relief-case.ts';
import { district, fieldRoles, moved, ofCase } from './request-parts.ts';
import { PublicityView } from './views.ts';

/** The steps of a case, from the survey to the money. */

const step = ['CASE_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'] as const;
const assessed = [
  'NOT_ON_REGISTER',
  'ABOVE_CAP',
  'SAME_CAUSE_THIS_YEAR',
  'NEEDS_EXCEPTION',
  'BEYOND_TOWNSHIP',
  'NEEDS_LEADER',
  'NOTHING_TO_GRANT',
] as const;
const paying = [
  'MAKER_IS_CHECKER',
  'EMERGENCY_ONLY',
  'ACCOUNT_MISSING',
  'RECEIPT_MISSING',
  'PAID_BY_BANK',
] as const;

const secondSurveyor = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ description: 'The officer who went along; a survey has two signatures.' });
const photoSha256 = Sha256.meta({ description: 'SHA-256 of the photo in the file.' });
const reserveYear = z
  .int()
  .min(2000)
  .max(2100)
  .optional()
  .meta({ description: 'The budget year of the reserve that pays; this year’s by default.' });
const Positive = Fen.refine((fen) => fen > 0, '金额必须大于零');

export const surveyReliefCase = route({
  operationId: 'surveyReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/surveys',
  summary: 'Record the home visit of two persons with the grade and the amount they propose.',
  roles: fieldRoles,
  params: ofCase,
  body: z.object({
    secondSurveyor,
    grade: Grade,
    special: z
      .boolean()
      .default(false)
      .meta({ description: 'Special difficulty: the higher cap, decided by the bureau’s leader (C04).' }),
    amountFen: Fen,
    photoSha256: photoSha256.optional(),
  }),
  responses: moved,
  problems: only(...step, 'SAME_SURVEYOR'),
});

export const giveReliefOpinion = route({
  operationId: 'giveReliefOpinion',
  method: 'post',
  path: '/relief/cases/{caseNo}/opinions',
  summary: 'The township’s first opinion, with the amount that is to be published.',
  roles: ['township-leader'],
  params: ofCase,
  body: z.object({ agrees: z.boolean(), grade: Grade, amountFen: Fen, note: reason }),
  responses: moved,
  problems: only(...step, 'MAKER_IS_CHECKER'),
});

export const publishReliefCase = route({
  operationId: 'publishReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/publicities',
  summary: 'Post the case in its village and on the public page for the statutory days.',
  roles: fieldRoles,
  params: ofCase,
  body: z.object({ photoSha256 }),
  responses: moved,
  problems: only(...step),
});

export const objectToReliefCase = route({
  operationId: 'objectToReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/objections',
  summary: 'Record an objection from the public; the case is surveyed again.',
  roles: [...fieldRoles, 'township-leader', ...district],
  params: ofCase,
  body: z.object({ text: reason }),
  responses: moved,
  problems: only(...step),
});

export const submitReliefCase = route({
  operationId: 'submitReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/submissions',
  summary: 'Hand a case up to the district: published long enough, or with a first opinion against it.',
  roles: ['township-clerk', 'township-leader'],
  params: ofCase,
  responses: moved,
  problems: only(...step, 'PUBLICITY_RUNNING', 'PUBLICITY_NEEDED'),
});

export const checkReliefCase = route({
  operationId: 'checkReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/checks',
  summary: 'The bureau’s clerk records what the check of the file showed.',
  roles: ['district-clerk'],
  params: ofCase,
  body: z.object({ passes: z.boolean(), note: reason }),
  responses: moved,
  problems: only(...step, 'MAKER_IS_CHECKER'),
});

export const decideReliefCase = route({
  operationId: 'decideReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/decisions',
  summary: 'Approve, refuse or return a case; a township leader decides small amounts.',
  roles: ['township-leader', 'section-chief', 'bureau-leader'],
  params: ofCase,
  body: z.object({
    decision: z.enum(['approve', 'reject', 'return']),
    amountFen: Positive.optional().meta({ description: 'Lower than published, if at all.' }),
    reason,
    exceptionReason: reason
      .optional()
      .meta({ description: 'Why relief beyond the usual frequency is granted all the same (C09).' }),
  }),
  responses: moved,
  problems: only(
    ...step,
    ...assessed,
    'MAKER_IS_CHECKER',
    'EMERGENCY_ONLY',
    'ACCOUNT_MISSING',
    'CHECK_NEEDED',
    'PUBLICITY_RUNNING',
    'NOT_PUBLISHED',
    'ABOVE_PUBLISHED',
  ),
});

export const withdrawReliefCase = route({
  operationId: 'withdrawReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/withdrawals',
  summary: 'The applicant takes the application back.',
  roles: ['township-clerk'],
  params: ofCase,
  responses: moved,
  problems: only(...step),
});

export const payReliefInAdvance = route({
  operationId: 'payReliefInAdvance',
  method: 'post',
  path: '/relief/cases/{caseNo}/advances',
  summary: 'Help at once from the township’s reserve; the papers follow (先行救助).',
  roles: ['township-leader', 'section-chief', 'bureau-leader'],
  params: ofCase,
  body: z.object({
    amountFen: Positive,
    method: PaymentMethod,
    reserveYear,
    receipt: Receipt.optional(),
  }),
  responses: moved,
  problems: only(...step, ...assessed, ...paying, 'URGENT_ONLY', 'RESERVE_TOO_LOW'),
});

export const supplementReliefCase = route({
  operationId: 'supplementReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/supplements',
  summary: 'Complete the papers of a case that was paid in advance.',
  roles: fieldRoles,
  params: ofCase,
  body: z.object({ secondSurveyor, grade: Grade, photoSha256: photoSha256.optional() }),
  responses: moved,
  problems: only(...step, 'SAME_SURVEYOR', 'MAKER_IS_CHECKER'),
});

export const payReliefCase = route({
  operationId: 'payReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/payments',
  summary: 'Pay an approved case from the township’s reserve.',
  roles: ['township-clerk'],
  params: ofCase,
  body: z.object({ reserveYear, receipt: Receipt.optional() }),
  responses: moved,
  problems: only(...step, ...paying, 'RESERVE_TOO_LOW'),
});

export const refundReliefCase = route({
  operationId: 'refundReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/refunds',
  summary: 'Record money that came back to the reserve it was paid from.',
  roles: ['township-clerk'],
  params: ofCase,
  body: z.object({ amountFen: Positive, reason }),
  responses: moved,
  problems: only(...step, 'REFUND_TOO_HIGH'),
});

export const closeReliefCase = route({
  operationId: 'closeReliefCase',
  method: 'post',
  path: '/relief/cases/{caseNo}/closures',
  summary: 'Close a case that was paid from the reserve, once its file is complete.',
  roles: ['district-clerk'],
  params: ofCase,
  responses: moved,
  problems: only(...step, 'MAKER_IS_CHECKER'),
});

export const listReliefPublicities = route({
  operationId: 'listReliefPublicities',
  method: 'get',
  path: '/relief/publicities',
  summary: 'What is posted in a township today, for everybody.',
  roles: 'public',
  query: z.object({
    ...page,
    areaCode: AreaCode.meta({ description: 'The township, or one of its villages.' }),
  }),
  responses: { 200: answer('A page of publicities.', pageOf(PublicityView)) },
  problems: {},
});

export const readReliefPublicity = route({
  operationId: 'readReliefPublicity',
  method: 'get',
  path: '/relief/publicities/{publicityId}',
  summary: 'One publicity, for everybody, as long as it lasts.',
  roles: 'public',
  params: z.object({ publicityId: z.string().max(64) }),
  responses: { 200: answer('The publicity.', PublicityView) },
  problems: only('PUBLICITY_NOT_FOUND'),
});
