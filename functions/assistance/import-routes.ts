import * as z from 'zod';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, RowFinding, reason, UploadView } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { ImportView } from './import-views.ts';
import { only } from './problems.ts';

/** Moving an existing register in: checked first, recorded when a second officer accepts what the check came to. */

const deliverers = ['township-clerk', 'district-clerk', 'integration'] as const;
const fileName = z.string().trim().min(1).max(200);
const ofImport = z.object({ importId: z.string().max(64) });

export const createRegisterUpload = route({
  operationId: 'createRegisterUpload',
  method: 'post',
  path: '/assistance/uploads',
  summary: 'Get a link to put the file of a register to.',
  roles: deliverers,
  body: z.object({ fileName }),
  responses: { 201: answer('Where to put the file.', UploadView) },
  problems: {},
});

export const receiveRegister = route({
  operationId: 'receiveRegister',
  method: 'post',
  path: '/assistance/imports',
  summary: 'Check an uploaded register (CSV or XLSX, one row a member).',
  description:
    'A dry run: nothing is recorded. Read the import for counts and sums, its findings for refused rows and for amounts that the rules reckon otherwise.',
  roles: deliverers,
  body: z.object({
    uploadId: z.string().max(64),
    fileName,
    month: Month.optional().meta({
      description: 'The benefit month whose amounts the file has; defaults to the present one.',
    }),
  }),
  responses: { 202: answer('The check has begun.', ImportView) },
  problems: only('UPLOAD_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const decideImport = route({
  operationId: 'decideImport',
  method: 'post',
  path: '/assistance/imports/{importId}/decisions',
  summary: 'Accept or reject a checked register.',
  description:
    'Accepting records every household that passed as a case, with the amount of the file until its first review. Not by whoever handed it in.',
  roles: approvingRoles,
  params: ofImport,
  body: z.object({ decision: z.enum(['accept', 'reject']), reason }),
  responses: { 200: answer('The import; read it for progress.', ImportView) },
  problems: only('IMPORT_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'MAKER_IS_CHECKER', 'CHANGED_MEANWHILE'),
});

export const readImport = route({
  operationId: 'readImport',
  method: 'get',
  path: '/assistance/imports/{importId}',
  summary: 'One import: what the check came to, and how far the recording is.',
  roles: officerRoles,
  params: ofImport,
  responses: { 200: answer('The import.', ImportView) },
  problems: only('IMPORT_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listImports = route({
  operationId: 'listImports',
  method: 'get',
  path: '/assistance/imports',
  summary: 'Imports of registers, newest first.',
  roles: officerRoles,
  query: z.object(page),
  responses: { 200: answer('A page of imports.', pageOf(ImportView)) },
  problems: {},
});

export const listImportFindings = route({
  operationId: 'listImportFindings',
  method: 'get',
  path: '/assistance/imports/{importId}/findings',
  summary: 'Refused rows and things to look at: row, column, masked value, reason.',
  roles: officerRoles,
  params: ofImport,
  query: z.object(page),
  responses: { 200: answer('A page of findings, by row.', pageOf(RowFinding)) },
  problems: only('IMPORT_NOT_FOUND', 'OUTSIDE_AREA'),
});
