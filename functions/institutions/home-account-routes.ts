import * as z from 'zod';
import { bankOf } from '../../shared/bank.ts';
import { parseAccount } from '../../shared/bank-account.ts';
import { answer, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { checkers, makers, ofHome, readers } from './request-parts.ts';
import { HomeAccountView } from './views.ts';

/** The accounts of institutions, to which the entitlement of their residents is paid (B11). */

/** Fields of the bank file are parted by `|` and its lines by control characters. */
const bankFileText = z
  .string()
  .trim()
  .min(2)
  .max(60)
  .regex(/^[^|\p{Cc}]*$/u, '不能含“|”或换行等控制字符');

export const proposeHomeAccount = route({
  operationId: 'proposeHomeAccount',
  method: 'post',
  path: '/institutions/homes/{creditCode}/account-changes',
  summary: 'Propose the account that payments for residents go to; a second officer decides.',
  description:
    'The entitlement of who lives in the institution on the 1st of a month is paid to it for that month. Until there is one, those payments are held.',
  roles: makers,
  params: ofHome,
  body: z
    .object({
      account: z
        .string()
        .transform((text) => parseAccount(text.normalize('NFKC')) ?? '')
        .refine((digits) => digits !== '', '账号应为8至32位数字')
        .meta({ type: 'string' }),
      accountName: bankFileText.optional().meta({ description: 'Defaults to the name of the institution.' }),
      bank: bankFileText.refine((text) => bankOf(text).name !== '', '请填写开户银行'),
      proof: reason,
    })
    .meta({
      examples: [
        {
          account: '19660101040012345',
          bank: '农业银行金华罗店支行',
          proof: '开户许可证复印件存档,2021年第3号',
        },
      ],
    }),
  responses: { 201: answer('The account with the change that waits.', HomeAccountView) },
  problems: only(
    'HOME_NOT_FOUND',
    'OUTSIDE_AREA',
    'ACCOUNT_CHANGE_WAITS',
    'ACCOUNT_UNCHANGED',
    'CHANGED_MEANWHILE',
  ),
});

export const decideHomeAccount = route({
  operationId: 'decideHomeAccount',
  method: 'post',
  path: '/institutions/homes/{creditCode}/account-changes/{number}/decisions',
  summary: 'A second officer lets payments go to the proposed account, or sends it back.',
  description: 'Runs that are opened from then on use it, and supplements of runs that are open.',
  roles: checkers,
  params: ofHome.extend({
    number: z.coerce
      .number()
      .int()
      .min(1)
      .meta({ examples: [1] }),
  }),
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('approve') }),
    z.object({ decision: z.literal('reject'), reason }),
  ]),
  responses: { 200: answer('The account as it is now.', HomeAccountView) },
  problems: only(
    'HOME_NOT_FOUND',
    'OUTSIDE_AREA',
    'ACCOUNT_CHANGE_NOT_FOUND',
    'WRONG_STATE',
    'MAKER_IS_CHECKER',
    'CHANGED_MEANWHILE',
  ),
});

export const readHomeAccount = route({
  operationId: 'readHomeAccount',
  method: 'get',
  path: '/institutions/homes/{creditCode}/account',
  summary: 'The account of an institution with every change of it, newest first.',
  roles: readers,
  params: ofHome,
  responses: { 200: answer('The account; without changes, none was ever proposed.', HomeAccountView) },
  problems: only('HOME_NOT_FOUND', 'OUTSIDE_AREA'),
});
