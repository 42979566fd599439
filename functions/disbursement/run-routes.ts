import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { ChangeKind } from './change.ts';
import { LineId } from './line.ts';
import { only } from './problems.ts';
import { approvers, everyone, makers, ofRun } from './request-parts.ts';
import { RunKind } from './run.ts';
import {
  BatchView,
  ChangeView,
  EventView,
  ExceptionView,
  LineState,
  LineView,
  RunDetailView,
  RunView,
} from './views.ts';

/** Runs: from opening to closing. */

export const openRun = route({
  operationId: 'openRun',
  method: 'post',
  path: '/disbursement/runs',
  summary: 'Open the run of a programme and month. Opening it again gives the same run.',
  roles: makers,
  body: z.object({ programme: ProgrammeCode, month: Month, kind: RunKind.default('regular') }),
  responses: {
    200: answer('The run was open already.', RunView),
    202: answer('Planning has begun.', RunView),
  },
  problems: only('OUTSIDE_AREA'),
});

export const listRuns = route({
  operationId: 'listRuns',
  method: 'get',
  path: '/disbursement/runs',
  summary: 'Runs, newest month first; totals only of the area of the token.',
  roles: everyone,
  query: z.object({ ...page, month: Month.optional() }),
  responses: { 200: answer('A page of runs.', pageOf(RunView)) },
  problems: {},
});

export const readRun = route({
  operationId: 'readRun',
  method: 'get',
  path: '/disbursement/runs/{runId}',
  summary: 'One run: totals by town, conservation, batches; only the area of the token.',
  roles: everyone,
  params: ofRun,
  responses: { 200: answer('The run.', RunDetailView) },
  problems: only('RUN_NOT_FOUND'),
});

export const listLines = route({
  operationId: 'listLines',
  method: 'get',
  path: '/disbursement/runs/{runId}/lines',
  summary: 'Payment lines of a run by area, with where their money stands.',
  description: 'A page may hold fewer items than `limit` when `state` is given; go on while there is `next`.',
  roles: everyone,
  params: ofRun,
  query: z.object({ ...page, areaCode: AreaCode.optional(), state: LineState.optional() }),
  responses: { 200: answer('A page of lines.', pageOf(LineView)) },
  problems: only('RUN_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const readLine = route({
  operationId: 'readLine',
  method: 'get',
  path: '/disbursement/runs/{runId}/lines/{lineId}',
  summary: 'One payment line.',
  roles: everyone,
  params: ofRun.extend({ lineId: LineId }),
  responses: { 200: answer('The line.', LineView) },
  problems: only('LINE_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const decideLine = route({
  operationId: 'decideLine',
  method: 'post',
  path: '/disbursement/runs/{runId}/lines/{lineId}/decisions',
  summary: 'Decide on a held or returned line: pay it in the next supplement, or withdraw it.',
  roles: approvers,
  params: ofRun.extend({ lineId: LineId }),
  body: z.object({ decision: z.enum(['pay', 'withdraw']), reason }),
  responses: {
    200: answer('The line.', z.object({ lineId: z.string(), decision: z.enum(['pay', 'withdraw']) })),
  },
  problems: only(
    'LINE_NOT_FOUND',
    'OUTSIDE_AREA',
    'NOT_HELD_OR_RETURNED',
    'WRONG_STATE',
    'CHANGED_MEANWHILE',
  ),
});

export const listExceptions = route({
  operationId: 'listExceptions',
  method: 'get',
  path: '/disbursement/runs/{runId}/exceptions',
  summary: 'What to look at before approving: holds and notices, by area and case.',
  roles: everyone,
  params: ofRun,
  query: z.object(page),
  responses: { 200: answer('A page of exceptions.', pageOf(ExceptionView)) },
  problems: only('RUN_NOT_FOUND'),
});

export const compareRun = route({
  operationId: 'compareRun',
  method: 'get',
  path: '/disbursement/runs/{runId}/changes',
  summary: 'Households that are new, paid otherwise or gone since the run of the month before.',
  description:
    'Main batches are compared, by area and case; a household that moved is the same household. A page may hold fewer items than `limit`, even none; go on while there is `next`.',
  roles: everyone,
  params: ofRun,
  query: z.object({ ...page, areaCode: AreaCode.optional(), kind: ChangeKind.optional() }),
  responses: {
    200: answer(
      'A page of changes.',
      pageOf(ChangeView).extend({
        previousRunId: z
          .string()
          .optional()
          .meta({ description: 'Absent when there is none to compare with.' }),
      }),
    ),
  },
  problems: only('RUN_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listRunEvents = route({
  operationId: 'listRunEvents',
  method: 'get',
  path: '/disbursement/runs/{runId}/events',
  summary: 'Everything that happened to a run, oldest first.',
  roles: [...makers, ...approvers, 'auditor'],
  params: ofRun,
  query: z.object(page),
  responses: { 200: answer('A page of events.', pageOf(EventView)) },
  problems: only('RUN_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const approveBatch = route({
  operationId: 'approveBatch',
  method: 'post',
  path: '/disbursement/runs/{runId}/batches/{batch}/approvals',
  summary:
    'Approve a batch; batch 1 is the run itself. Files are written once it has all approvals it needs.',
  roles: approvers,
  params: ofRun.extend({ batch: z.coerce.number().int().min(1).max(99) }),
  responses: { 200: answer('The batch with this approval.', BatchView) },
  problems: only(
    'BATCH_NOT_FOUND',
    'OUTSIDE_AREA',
    'MAKER_IS_CHECKER',
    'APPROVED_ALREADY',
    'WRONG_STATE',
    'CHANGED_MEANWHILE',
    'CONSERVATION_BROKEN',
  ),
});

export const rejectRun = route({
  operationId: 'rejectRun',
  method: 'post',
  path: '/disbursement/runs/{runId}/rejections',
  summary:
    'Send a planned run back; opening it again makes the next attempt. Later runs of the programme are sent back first.',
  roles: approvers,
  params: ofRun,
  body: z.object({ reason }),
  responses: { 200: answer('The rejected run.', RunView) },
  problems: only('RUN_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'LATER_RUN_OPEN', 'CHANGED_MEANWHILE'),
});

export const prepareSupplement = route({
  operationId: 'prepareSupplement',
  method: 'post',
  path: '/disbursement/runs/{runId}/supplements',
  summary: 'Gather every held or returned line that can be paid by now into a supplementary batch.',
  roles: makers,
  params: ofRun,
  responses: { 202: answer('The batch; read the run for its progress.', BatchView) },
  problems: only('RUN_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'BATCH_OPEN', 'CHANGED_MEANWHILE'),
});

export const closeRun = route({
  operationId: 'closeRun',
  method: 'post',
  path: '/disbursement/runs/{runId}/closings',
  summary: 'Close a run: every line is settled, withdrawn, or carried over into the ledger.',
  roles: makers,
  params: ofRun,
  responses: { 202: answer('Closing has begun.', RunView) },
  problems: only(
    'RUN_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'BATCH_OPEN',
    'STILL_PENDING',
    'CHANGED_MEANWHILE',
    'CONSERVATION_BROKEN',
  ),
});
