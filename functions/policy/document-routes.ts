import * as z from 'zod';
import { answer, page, pageOf, reason, UploadView } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { DocumentKind, DocumentState, Ending, Sha256 } from './document.ts';
import { DocumentNumber, NumberPrefix, OWN_PREFIX } from './number.ts';
import { only } from './problems.ts';
import { approvers, Day, everyone, makers, ofDocument } from './request-parts.ts';
import { DocumentRow, DocumentView } from './views.ts';

/** Documents, from the draft to the day they end. */

const written = {
  kind: DocumentKind,
  title: z.string().trim().min(4).max(200),
  text: z.string().trim().min(1).max(30_000),
  ends: z
    .array(Ending)
    .max(10)
    .default([])
    .meta({ description: 'Older documents that end on the day this one comes into force.' }),
};

const changed = answer('The document as it is now; read it for all of it.', DocumentRow);

export const createDocumentUpload = route({
  operationId: 'createDocumentUpload',
  method: 'post',
  path: '/policy/uploads',
  summary: 'Get a link to put an attachment to.',
  roles: makers,
  body: z.object({}),
  responses: { 201: answer('Where to put the file.', UploadView) },
  problems: only('OUTSIDE_AREA'),
});

export const draftDocument = route({
  operationId: 'draftDocument',
  method: 'post',
  path: '/policy/documents',
  summary: 'Begin to draft a document.',
  roles: makers,
  body: z.object(written),
  responses: { 201: changed },
  problems: only('OUTSIDE_AREA', 'ENDS_WHAT_IS_NOT_ISSUED', 'CHANGED_MEANWHILE'),
});

export const reviseDocument = route({
  operationId: 'reviseDocument',
  method: 'put',
  path: '/policy/documents/{documentId}',
  summary: 'Write a draft anew, also one that comes back from its consultation.',
  description: 'What is out for comments or submitted is frozen.',
  roles: makers,
  params: ofDocument,
  body: z.object({
    ...written,
    version: z
      .int()
      .min(1)
      .meta({ description: 'The version that was read; a newer one is not overwritten.' }),
    withoutAttachments: z.array(Sha256).default([]).meta({ description: 'Attachments to drop.' }),
  }),
  responses: { 200: changed },
  problems: only(
    'DOCUMENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'ENDS_WHAT_IS_NOT_ISSUED',
    'CHANGED_MEANWHILE',
  ),
});

export const attachFile = route({
  operationId: 'attachFile',
  method: 'post',
  path: '/policy/documents/{documentId}/attachments',
  summary: 'Attach an uploaded file to a draft.',
  description:
    'The file is read and its SHA-256 compared with the one given; the same file again is attached once.',
  roles: makers,
  params: ofDocument,
  body: z.object({
    uploadId: z.string().min(1).max(64),
    fileName: z
      .string()
      .trim()
      .max(200)
      .regex(/^[^/\\]+\.(pdf|ofd|docx?|xlsx?|wps|et|csv|txt|jpe?g|png|zip)$/i, '不支持的附件格式'),
    sha256: Sha256,
  }),
  responses: { 200: changed },
  problems: only(
    'DOCUMENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'UPLOAD_NOT_FOUND',
    'HASH_DIFFERS',
    'ATTACHMENTS_FULL',
    'CHANGED_MEANWHILE',
  ),
});

export const submitDocument = route({
  operationId: 'submitDocument',
  method: 'post',
  path: '/policy/documents/{documentId}/submissions',
  summary: 'Hand a draft in to be issued; its text is frozen from here on.',
  roles: makers,
  params: ofDocument,
  responses: { 200: changed },
  problems: only('DOCUMENT_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const returnDocument = route({
  operationId: 'returnDocument',
  method: 'post',
  path: '/policy/documents/{documentId}/returns',
  summary: 'Send a submitted document back to be revised.',
  roles: approvers,
  params: ofDocument,
  body: z.object({ reason }),
  responses: { 200: changed },
  problems: only('DOCUMENT_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const issueDocument = route({
  operationId: 'issueDocument',
  method: 'post',
  path: '/policy/documents/{documentId}/issues',
  summary: 'Issue a submitted document under its number.',
  description:
    'The number is drawn from the series of its prefix and year unless one is given. Documents it replaces or repeals end on the day before it comes into force.',
  roles: approvers,
  params: ofDocument,
  body: z.object({
    number: DocumentNumber.optional(),
    prefix: NumberPrefix.default(OWN_PREFIX).meta({ description: 'Of the series to draw from.' }),
    issuedOn: Day.optional().meta({ description: 'Defaults to today.' }),
    inForceFrom: Day,
    inForceTo: Day.optional().meta({ description: 'The last day in force, if it is issued for a term.' }),
  }),
  responses: { 200: changed },
  problems: only(
    'DOCUMENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'MAKER_IS_CHECKER',
    'NUMBER_TAKEN',
    'NUMBER_OF_LATER_YEAR',
    'ENDS_BEFORE_IT_BEGINS',
    'ENDS_WHAT_IS_NOT_ISSUED',
    'CHANGED_MEANWHILE',
  ),
});

export const listDocuments = route({
  operationId: 'listDocuments',
  method: 'get',
  path: '/policy/documents',
  summary:
    'Documents, newest step first; of one state, of all states one after the other, or the one with a number.',
  roles: everyone,
  query: z.object({ ...page, state: DocumentState.optional(), number: DocumentNumber.optional() }),
  responses: { 200: answer('A page of documents.', pageOf(DocumentRow)) },
  problems: {},
});

export const readDocument = route({
  operationId: 'readDocument',
  method: 'get',
  path: '/policy/documents/{documentId}',
  summary: 'One document with its attachments, consultations, history, and the rule numbers set by it.',
  roles: everyone,
  params: ofDocument,
  responses: { 200: answer('The document.', DocumentView) },
  problems: only('DOCUMENT_NOT_FOUND'),
});
