import * as z from 'zod';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { approvingRoles, preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { inArea, ofTown, readers } from './request-parts.ts';
import { Movement, MovementKind } from './reserve.ts';
import {
  MovementView,
  RecallView,
  ReconciliationView,
  ReserveOverview,
  StatementView,
} from './reserve-views.ts';

/** The reserves of the townships (C10, C11). */

const year = z.int().min(2000).max(2100);
const ofYear = ofTown.extend({ year: z.coerce.number().int().min(2000).max(2100) });

export const listReserves = route({
  operationId: 'listReserves',
  method: 'get',
  path: '/relief/reserves',
  summary: 'The reserves of the townships of an area, by budget year.',
  roles: readers,
  query: z.object({ ...inArea, year: z.coerce.number().int().optional() }),
  responses: { 200: answer('The accounts.', ReserveOverview) },
  problems: only('OUTSIDE_AREA'),
});

export const readReserveStatement = route({
  operationId: 'readReserveStatement',
  method: 'get',
  path: '/relief/reserves/{areaCode}/{year}',
  summary: 'The statement of a township’s reserve for a budget year, or for days of it.',
  roles: readers,
  params: ofYear,
  query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
  responses: { 200: answer('The statement, oldest entry first.', StatementView) },
  problems: only('OUTSIDE_AREA', 'TOWN_NEEDED'),
});

export const proposeReserveMovement = route({
  operationId: 'proposeReserveMovement',
  method: 'post',
  path: '/relief/reserves/{areaCode}/movements',
  summary: 'Propose an allotment, replenishment or recall; a second officer lets it happen.',
  roles: preparingRoles,
  params: ofTown,
  body: z.object({
    kind: MovementKind,
    year,
    amountFen: Fen.refine((fen) => fen > 0, '金额必须大于零'),
    reason,
  }),
  responses: { 201: answer('The proposal.', MovementView) },
  problems: only('OUTSIDE_AREA', 'TOWN_NEEDED', 'CHANGED_MEANWHILE'),
});

export const proposeReserveRecalls = route({
  operationId: 'proposeReserveRecalls',
  method: 'post',
  path: '/relief/recalls',
  summary: 'Propose the recall of what townships have left of prior budget years.',
  description:
    'One proposal for each account with something left. Repeated, it adds only what is not proposed yet. Reports sum the recalls that were approved.',
  roles: preparingRoles,
  body: z.object({
    allPriorYears: z
      .boolean()
      .default(false)
      .meta({ description: 'Not only what finance takes back by law, but every prior year (C11).' }),
    reason,
  }),
  responses: { 200: answer('What was proposed now.', RecallView) },
  problems: only('OUTSIDE_AREA'),
});

export const listReserveMovements = route({
  operationId: 'listReserveMovements',
  method: 'get',
  path: '/relief/movements',
  summary: 'Allotments, replenishments and recalls of an area, oldest first within each town.',
  roles: readers,
  query: z.object({ ...page, ...inArea, state: Movement.shape.state.optional() }),
  responses: { 200: answer('A page of movements.', pageOf(MovementView)) },
  problems: only('OUTSIDE_AREA'),
});

export const decideReserveMovement = route({
  operationId: 'decideReserveMovement',
  method: 'post',
  path: '/relief/reserves/{areaCode}/movements/{movementId}/decisions',
  summary: 'A second officer lets a movement of a reserve happen, or not.',
  roles: approvingRoles,
  params: ofTown.extend({ movementId: z.string().max(64) }),
  body: z
    .object({ decision: z.enum(['approve', 'reject']), reason: reason.optional() })
    .refine(({ decision, reason: why }) => decision === 'approve' || why !== undefined, {
      message: '退回须说明理由',
      path: ['reason'],
    }),
  responses: { 200: answer('The movement.', MovementView) },
  problems: only(
    'MOVEMENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'MAKER_IS_CHECKER',
    'RESERVE_TOO_LOW',
    'CHANGED_MEANWHILE',
  ),
});

export const reconcileReserve = route({
  operationId: 'reconcileReserve',
  method: 'put',
  path: '/relief/reserves/{areaCode}/reconciliations/{month}',
  summary: 'Enter the bank’s balance at the end of a month; a difference becomes a finding.',
  roles: ['township-clerk', ...preparingRoles],
  params: ofTown.extend({ month: Month }),
  body: z.object({ bankFen: Fen }),
  responses: { 200: answer('The comparison.', ReconciliationView) },
  problems: only('OUTSIDE_AREA', 'TOWN_NEEDED', 'MONTH_NOT_OVER', 'CHANGED_MEANWHILE'),
});
