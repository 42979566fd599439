import * as z from 'zod';
import { answer, page, pageOf, RowFinding, UploadView } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { deliverers, district } from './request-parts.ts';
import { RosterView } from './views.ts';

/** Uploads and rosters. */

export const createUpload = route({
  operationId: 'createUpload',
  method: 'post',
  path: '/disbursement/uploads',
  summary: 'Get a link to put a roster or return file to.',
  roles: deliverers,
  body: z.object({ fileName: z.string().trim().min(1).max(200) }),
  responses: { 201: answer('Where to put the file.', UploadView) },
  problems: {},
});

export const receiveRoster = route({
  operationId: 'receiveRoster',
  method: 'post',
  path: '/disbursement/rosters',
  summary: 'Import an uploaded roster (CSV or XLSX).',
  description:
    'Answers at once; read the roster for progress. A bad row is refused alone; importing a file again changes nothing.',
  roles: deliverers,
  body: z.object({ uploadId: z.string(), fileName: z.string().trim().min(1).max(200) }),
  responses: { 202: answer('The import has begun.', RosterView) },
  problems: only('UPLOAD_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listRosters = route({
  operationId: 'listRosters',
  method: 'get',
  path: '/disbursement/rosters',
  summary: 'Rosters, newest first.',
  roles: district,
  query: z.object(page),
  responses: { 200: answer('A page of rosters.', pageOf(RosterView)) },
  problems: only('OUTSIDE_AREA'),
});

export const readRoster = route({
  operationId: 'readRoster',
  method: 'get',
  path: '/disbursement/rosters/{rosterId}',
  summary: 'One roster: how far its import is, and what came of it.',
  roles: district,
  params: z.object({ rosterId: z.string() }),
  responses: { 200: answer('The roster.', RosterView) },
  problems: only('ROSTER_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listFindings = route({
  operationId: 'listFindings',
  method: 'get',
  path: '/disbursement/rosters/{rosterId}/findings',
  summary: 'Refused rows and warnings of a roster: row, column, masked value, reason.',
  roles: district,
  params: z.object({ rosterId: z.string() }),
  query: z.object(page),
  responses: { 200: answer('A page of findings.', pageOf(RowFinding)) },
  problems: only('ROSTER_NOT_FOUND', 'OUTSIDE_AREA'),
});
