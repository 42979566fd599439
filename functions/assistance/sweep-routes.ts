import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Cursor } from '../../shared/cursor.ts';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { PriceFigures } from './price-index.ts';
import { only } from './problems.ts';
import { ProposalPlace } from './sweep-block.ts';
import { PriceIndexView, ProposalView, SweepDetailView, SweepOrder, SweepView } from './sweep-views.ts';

/** Sweeps: jobs over the whole register, and the price indices that set some of them off. */

const ofSweep = z.object({
  sweepId: z
    .string()
    .max(80)
    .meta({ examples: ['full-amount-2021-03'] }),
});
const ofMonth = z.object({ month: Month });

export const startSweep = route({
  operationId: 'startSweep',
  method: 'post',
  path: '/assistance/sweeps',
  summary:
    'Reckon every household anew, or prepare aid for all of them. Starting it again gives the same sweep.',
  description:
    'Nothing is written to a case before a section chief and then a bureau leader have approved. A new standard starts its sweep by itself; by hand it is started again after one was sent back.',
  roles: preparingRoles,
  body: SweepOrder,
  responses: {
    200: answer('It was under way already.', SweepView),
    202: answer('Reckoning has begun.', SweepView),
  },
  problems: only('OUTSIDE_AREA', 'CUT_OFF_AHEAD', 'NO_SUBSIDY_DUE', 'SWEEP_STARTED', 'CHANGED_MEANWHILE'),
});

export const listSweeps = route({
  operationId: 'listSweeps',
  method: 'get',
  path: '/assistance/sweeps',
  summary: 'Sweeps, newest month first.',
  roles: officerRoles,
  query: z.object({ ...page, month: Month.optional() }),
  responses: { 200: answer('A page of sweeps.', pageOf(SweepView)) },
  problems: {},
});

export const readSweep = route({
  operationId: 'readSweep',
  method: 'get',
  path: '/assistance/sweeps/{sweepId}',
  summary: 'One sweep: its progress, and by town what it changes; only the area of the token.',
  roles: officerRoles,
  params: ofSweep,
  responses: { 200: answer('The sweep.', SweepDetailView) },
  problems: only('SWEEP_NOT_FOUND'),
});

export const listProposals = route({
  operationId: 'listProposals',
  method: 'get',
  path: '/assistance/sweeps/{sweepId}/proposals',
  summary: 'What a sweep changes, household by household, or the households it leaves to people.',
  description: 'A page may hold fewer items than `limit`; go on while there is `next`.',
  roles: officerRoles,
  params: ofSweep,
  query: z.object({
    limit: page.limit,
    cursor: Cursor.pipe(z.object({ at: z.int().min(0), start: ProposalPlace.optional() })).optional(),
    areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
    list: z.enum(['changed', 'apart']).default('changed').meta({
      description: 'apart: those that would get less, or are no longer eligible, or now fit the allowance.',
    }),
  }),
  responses: { 200: answer('A page of proposals.', pageOf(ProposalView)) },
  problems: only('SWEEP_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const approveSweep = route({
  operationId: 'approveSweep',
  method: 'post',
  path: '/assistance/sweeps/{sweepId}/approvals',
  summary: 'Approve a sweep: the section chief first, then the bureau leader, upon which it is applied.',
  roles: approvingRoles,
  params: ofSweep,
  responses: { 200: answer('The sweep with this approval.', SweepView) },
  problems: only(
    'SWEEP_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'NOT_THIS_LEVEL',
    'MAKER_IS_CHECKER',
    'ALREADY_APPROVED',
    'OTHER_SWEEP_APPLYING',
    'NEWER_SWEEP_APPLIED',
    'CHANGED_MEANWHILE',
  ),
});

export const rejectSweep = route({
  operationId: 'rejectSweep',
  method: 'post',
  path: '/assistance/sweeps/{sweepId}/rejections',
  summary: 'Send a sweep back; nothing of it is written. It can be started again.',
  roles: [...preparingRoles, ...approvingRoles],
  params: ofSweep,
  body: z.object({ reason }),
  responses: { 200: answer('The rejected sweep.', SweepView) },
  problems: only('SWEEP_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const recordPriceIndex = route({
  operationId: 'recordPriceIndex',
  method: 'put',
  path: '/assistance/price-indices/{month}',
  summary: 'Enter the price indices of a month; until they are approved they can be entered again.',
  roles: preparingRoles,
  params: ofMonth,
  body: PriceFigures,
  responses: { 200: answer('The indices, and what they would set off.', PriceIndexView) },
  problems: only('OUTSIDE_AREA', 'INDEX_APPROVED', 'INDEX_INCOMPLETE', 'CHANGED_MEANWHILE'),
});

export const approvePriceIndex = route({
  operationId: 'approvePriceIndex',
  method: 'post',
  path: '/assistance/price-indices/{month}/approvals',
  summary: 'Confirm the price indices of a month; if one reaches its trigger, the subsidy is prepared.',
  roles: approvingRoles,
  params: ofMonth,
  responses: { 200: answer('The indices, and the sweep they set off.', PriceIndexView) },
  problems: only(
    'INDEX_NOT_FOUND',
    'OUTSIDE_AREA',
    'INDEX_APPROVED',
    'INDEX_INCOMPLETE',
    'MAKER_IS_CHECKER',
    'CHANGED_MEANWHILE',
  ),
});

export const listPriceIndices = route({
  operationId: 'listPriceIndices',
  method: 'get',
  path: '/assistance/price-indices',
  summary: 'Price indices, newest month first, and what they set off.',
  roles: officerRoles,
  query: z.object(page),
  responses: { 200: answer('A page of indices.', pageOf(PriceIndexView)) },
  problems: {},
});
