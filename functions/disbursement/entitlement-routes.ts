import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { LedgerKind } from './ledger.ts';
import { only } from './problems.ts';
import { approvers, deliverers, everyone, makers, ofCase } from './request-parts.ts';
import { EntitlementView, LedgerEntryView, PaymentView, ResidenceView, VersionView } from './views.ts';

/** Entitlements and the ledger. */

export const listEntitlements = route({
  operationId: 'listEntitlements',
  method: 'get',
  path: '/disbursement/entitlements',
  summary: 'Entitlements of a programme in an area, or of one person.',
  roles: everyone,
  query: z.object({
    ...page,
    programme: ProgrammeCode,
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
  }),
  responses: { 200: answer('A page of entitlements.', pageOf(EntitlementView)) },
  problems: only('OUTSIDE_AREA'),
});

export const readEntitlement = route({
  operationId: 'readEntitlement',
  method: 'get',
  path: '/disbursement/entitlements/{programme}/{caseNo}',
  summary: 'One entitlement with all its versions.',
  roles: everyone,
  params: ofCase,
  responses: {
    200: answer(
      'The entitlement.',
      EntitlementView.extend({ versions: z.array(VersionView), livesIn: ResidenceView.optional() }),
    ),
  },
  problems: only('ENTITLEMENT_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listPayments = route({
  operationId: 'listPayments',
  method: 'get',
  path: '/disbursement/entitlements/{programme}/{caseNo}/payments',
  summary: 'What a case was paid in the last two years, newest month first, and where that money stands.',
  roles: everyone,
  params: ofCase,
  responses: { 200: answer('The payments.', z.object({ items: z.array(PaymentView) })) },
  problems: only('ENTITLEMENT_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const recordEntitlement = route({
  operationId: 'recordEntitlement',
  method: 'put',
  path: '/disbursement/entitlements/{programme}/{caseNo}',
  summary: 'Record what a case is entitled to, as its next version.',
  description:
    'The fields of a roster row, by their Chinese headers, checked by the same rules. Repeating it changes nothing.',
  roles: deliverers,
  params: ofCase,
  body: z
    .record(z.string(), z.string())
    .meta({ examples: [{ 姓名: '张三', 月金额: '900.00', 起始月: '2021-07' }] }),
  responses: { 200: answer('The entitlement as it is now.', EntitlementView) },
  problems: {
    ...only('OUTSIDE_AREA', 'CHANGED_MEANWHILE'),
    ROW_REFUSED: { status: 422, title: 'The row breaks a rule.', detail: '该行内容不符合要求。' },
  },
});

export const correctAccount = route({
  operationId: 'correctAccount',
  method: 'post',
  path: '/disbursement/entitlements/{programme}/{caseNo}/accounts',
  summary: 'Record a new or corrected account; held and returned lines can then go into a supplement.',
  roles: makers,
  params: ofCase,
  body: z.object({
    account: z.string().min(8).max(40),
    accountName: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .optional()
      .meta({ description: 'Defaults to the name of the person.' }),
    bank: z.string().trim().min(2).max(60),
    proof: reason,
  }),
  responses: { 200: answer('The entitlement as it is now.', EntitlementView) },
  problems: {
    ...only('ENTITLEMENT_NOT_FOUND', 'OUTSIDE_AREA', 'CHANGED_MEANWHILE'),
    ACCOUNT_REFUSED: { status: 422, title: 'Not an account number.', detail: '账号格式不正确。' },
  },
});

export const unmaskEntitlement = route({
  operationId: 'unmaskEntitlement',
  method: 'post',
  path: '/disbursement/entitlements/{programme}/{caseNo}/unmaskings',
  summary: 'Show sealed fields in full, for a reason that is logged.',
  roles: [...makers, ...approvers, 'auditor'],
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
  problems: only('ENTITLEMENT_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listLedger = route({
  operationId: 'listLedger',
  method: 'get',
  path: '/disbursement/ledger',
  summary: 'Arrears and recoveries of a programme.',
  roles: everyone,
  query: z.object({ ...page, programme: ProgrammeCode, caseNo: z.string().max(64).optional() }),
  responses: { 200: answer('A page of entries.', pageOf(LedgerEntryView)) },
  problems: {},
});

export const recordLedgerEntry = route({
  operationId: 'recordLedgerEntry',
  method: 'post',
  path: '/disbursement/ledger',
  summary: 'Enter arrears or a recovery for a case; the next run takes it up.',
  roles: makers,
  body: z.object({
    programme: ProgrammeCode,
    caseNo: z.string().min(1).max(64),
    kind: LedgerKind,
    amountFen: Fen.refine((fen) => fen > 0, '金额必须大于零'),
    reason,
  }),
  responses: { 201: answer('The entry.', LedgerEntryView) },
  problems: only('ENTITLEMENT_NOT_FOUND', 'OUTSIDE_AREA', 'CHANGED_MEANWHILE'),
});
