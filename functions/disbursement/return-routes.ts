import * as z from 'zod';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { approvers, deliverers, district, makers, ofRun } from './request-parts.ts';
import { FileView, ReturnView, UnmatchedRowView } from './views.ts';

/** Bank files and their returns. */

export const listFiles = route({
  operationId: 'listFiles',
  method: 'get',
  path: '/disbursement/runs/{runId}/files',
  summary: 'The bank files of a run, with their hashes.',
  roles: district,
  params: ofRun,
  responses: { 200: answer('The files.', pageOf(FileView)) },
  problems: only('RUN_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const downloadFile = route({
  operationId: 'downloadFile',
  method: 'get',
  path: '/disbursement/files/{fileName}/content',
  summary: 'A link to fetch a bank file with; valid for five minutes.',
  roles: [...makers, ...approvers, 'integration'],
  params: z.object({ fileName: z.string().max(120) }),
  responses: {
    200: answer('The link.', z.object({ url: z.url(), sm3: z.string(), expiresAt: z.iso.datetime() })),
  },
  problems: only('FILE_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const receiveReturn = route({
  operationId: 'receiveReturn',
  method: 'post',
  path: '/disbursement/returns',
  summary: 'Import an uploaded return file of a bank.',
  description:
    'Answers at once; read the return for progress. Rows that match nothing are kept for a person.',
  roles: deliverers,
  body: z.object({ uploadId: z.string(), fileName: z.string().trim().min(1).max(200) }),
  responses: { 202: answer('The import has begun.', ReturnView) },
  problems: only('UPLOAD_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listReturns = route({
  operationId: 'listReturns',
  method: 'get',
  path: '/disbursement/returns',
  summary: 'Return files, newest first.',
  roles: district,
  query: z.object(page),
  responses: { 200: answer('A page of returns.', pageOf(ReturnView)) },
  problems: only('OUTSIDE_AREA'),
});

export const readReturn = route({
  operationId: 'readReturn',
  method: 'get',
  path: '/disbursement/returns/{returnId}',
  summary: 'One return file: how far its import is, and what came of it.',
  roles: district,
  params: z.object({ returnId: z.string() }),
  responses: { 200: answer('The return.', ReturnView) },
  problems: only('RETURN_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listUnmatchedRows = route({
  operationId: 'listUnmatchedRows',
  method: 'get',
  path: '/disbursement/returns/{returnId}/rows',
  summary: 'Rows of a return file that matched nothing or contradict what is known.',
  roles: [...makers, ...approvers, 'auditor'],
  params: z.object({ returnId: z.string() }),
  query: z.object(page),
  responses: { 200: answer('A page of rows.', pageOf(UnmatchedRowView)) },
  problems: only('RETURN_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const resolveRow = route({
  operationId: 'resolveRow',
  method: 'post',
  path: '/disbursement/returns/{returnId}/rows/{row}/resolutions',
  summary: 'Deal with an unmatched row: dismiss it, or reverse a settled line the bank sent back later.',
  roles: makers,
  params: z.object({ returnId: z.string(), row: z.coerce.number().int().min(1) }),
  body: z.object({ resolution: z.enum(['dismiss', 'reverse']), reason }),
  responses: { 200: answer('The row.', UnmatchedRowView) },
  problems: only(
    'ROW_NOT_FOUND',
    'OUTSIDE_AREA',
    'ROW_RESOLVED',
    'ROW_NOT_REVERSIBLE',
    'WRONG_STATE',
    'CHANGED_MEANWHILE',
  ),
});
