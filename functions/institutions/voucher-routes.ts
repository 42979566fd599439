import * as z from 'zod';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { Counterparty, Document, Purpose } from './ledger.ts';
import { only } from './problems.ts';
import { caseNo, checkers, makers, ofHome, readers } from './request-parts.ts';
import { HomeStatementView, VoucherView } from './views.ts';
import { LINES_BY_HAND } from './voucher.ts';

/** The money that institutions keep for persons: vouchers and statements. */

const positive = Fen.refine((fen) => fen > 0, '金额必须大于零');

export const proposeMonth = route({
  operationId: 'proposeMonth',
  method: 'post',
  path: '/institutions/homes/{creditCode}/months',
  summary:
    'Prepare the month of an institution: what came in for its residents, or what it is owed by bed-days.',
  description:
    '`receipts` takes what payments recorded for everybody who lived there on the 1st. `settlement` takes bed-days × daily rate and pocket money, out of each person’s balance. Persons already booked for the month are left out, so that it can be asked for again.',
  roles: makers,
  params: ofHome,
  body: z.object({ kind: z.enum(['receipts', 'settlement']), month: Month, document: Document }).meta({
    examples: [
      { kind: 'receipts', month: '2021-07', document: { kind: 'bank-receipt', number: '20210710-001' } },
    ],
  }),
  responses: { 201: answer('Vouchers that wait for a second officer.', pageOf(VoucherView)) },
  problems: only(
    'HOME_NOT_FOUND',
    'OUTSIDE_AREA',
    'MONTH_NOT_OVER',
    'VOUCHER_OPEN',
    'NOTHING_TO_PROPOSE',
    'CHANGED_MEANWHILE',
  ),
});

export const recordVoucher = route({
  operationId: 'recordVoucher',
  method: 'post',
  path: '/institutions/homes/{creditCode}/vouchers',
  summary: 'Prepare other entries, or the refund of who has left.',
  description: 'A refund takes the whole balance, after every month of the stay is settled.',
  roles: makers,
  params: ofHome,
  body: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('entries'),
        month: Month,
        document: Document,
        lines: z
          .array(
            z.object({
              caseNo,
              purpose: Purpose.exclude(['settlement', 'refund']),
              amountFen: positive,
              counterparty: Counterparty,
            }),
          )
          .min(1)
          .max(LINES_BY_HAND),
      }),
      z.object({
        kind: z.literal('refund'),
        caseNo,
        document: Document,
        counterparty: Counterparty.extract(['resident', 'treasury', 'estate']),
      }),
    ])
    .meta({
      examples: [
        {
          kind: 'entries',
          month: '2021-07',
          document: { kind: 'invoice', number: 'ZJ0001' },
          lines: [
            {
              caseNo: '330702-TK-2021-000001',
              purpose: 'medical',
              amountFen: 12000,
              counterparty: 'hospital',
            },
          ],
        },
      ],
    }),
  responses: { 201: answer('A voucher that waits for a second officer.', VoucherView) },
  problems: only(
    'HOME_NOT_FOUND',
    'RESIDENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'COUNTERPARTY_REFUSED',
    'STILL_RESIDENT',
    'MONTHS_UNSETTLED',
    'NOTHING_TO_PROPOSE',
    'CHANGED_MEANWHILE',
  ),
});

export const listVouchers = route({
  operationId: 'listVouchers',
  method: 'get',
  path: '/institutions/homes/{creditCode}/vouchers',
  summary: 'Vouchers of an institution, newest first; by default those that wait.',
  roles: readers,
  params: ofHome,
  query: z.object({ ...page, state: z.enum(['proposed', 'decided']).default('proposed') }),
  responses: { 200: answer('A page of vouchers.', pageOf(VoucherView)) },
  problems: only('HOME_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const decideVoucher = route({
  operationId: 'decideVoucher',
  method: 'post',
  path: '/institutions/vouchers/{voucherId}/decisions',
  summary: 'A second officer books a voucher, all of it or nothing, or sends it back.',
  roles: checkers,
  params: z.object({ voucherId: z.string().max(64) }),
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('approve') }),
    z.object({ decision: z.literal('reject'), reason }),
  ]),
  responses: { 200: answer('The voucher.', VoucherView) },
  problems: only(
    'VOUCHER_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'MAKER_IS_CHECKER',
    'BALANCE_TOO_LOW',
    'BALANCE_CHANGED',
    'BOOKED_ALREADY',
    'RESIDENT_CHANGED',
    'CHANGED_MEANWHILE',
  ),
});

export const readHomeStatement = route({
  operationId: 'readHomeStatement',
  method: 'get',
  path: '/institutions/homes/{creditCode}/statements/{month}',
  summary: 'The statement of an institution for a month, and whether its books balance now.',
  roles: readers,
  params: ofHome.extend({ month: Month }),
  responses: { 200: answer('The statement.', HomeStatementView) },
  problems: only('HOME_NOT_FOUND', 'OUTSIDE_AREA'),
});
