import * as z from 'zod';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { Outcome, Point } from './consultation.ts';
import { only } from './problems.ts';
import { approvers, bureau, Day, ofComment, ofDocument, readersOfComments } from './request-parts.ts';
import {
  CommentView,
  DocumentRow,
  PublicConsultation,
  PublicDocumentRow,
  PublicDocumentView,
} from './views.ts';

/** Public consultations: what the bureau publishes, what anybody may say to it, and what became of that. */

export const openConsultation = route({
  operationId: 'openConsultation',
  method: 'post',
  path: '/policy/documents/{documentId}/consultations',
  summary: 'Publish a draft for comments, for a window of natural days.',
  description: 'By an officer who did not draft it. The text is frozen until the outcome is published.',
  roles: approvers,
  params: ofDocument,
  body: z.object({ from: Day, to: Day }),
  responses: { 200: answer('The document as it is now; read it for all of it.', DocumentRow) },
  problems: only(
    'DOCUMENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'MAKER_IS_CHECKER',
    'CONSULTATION_BEGUN',
    'CONSULTATION_TOO_SHORT',
    'CHANGED_MEANWHILE',
  ),
});

export const concludeConsultation = route({
  operationId: 'concludeConsultation',
  method: 'post',
  path: '/policy/documents/{documentId}/consultations/summaries',
  summary: 'Publish what became of the comments: adopted, partly, or not, and why.',
  description: 'After the last day of the window, when every comment is answered.',
  roles: approvers,
  params: ofDocument,
  body: z.object({
    text: z.string().trim().min(4).max(5000),
    points: z.array(Point).max(100).default([]),
  }),
  responses: { 200: answer('The consultation with its outcome.', PublicConsultation) },
  problems: only(
    'DOCUMENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'MAKER_IS_CHECKER',
    'CONSULTATION_OPEN',
    'COMMENTS_UNANSWERED',
    'CHANGED_MEANWHILE',
  ),
});

export const listComments = route({
  operationId: 'listComments',
  method: 'get',
  path: '/policy/documents/{documentId}/comments',
  summary: 'Comments on a document, oldest first; contacts masked.',
  roles: readersOfComments,
  params: ofDocument,
  query: z.object(page),
  responses: { 200: answer('A page of comments.', pageOf(CommentView)) },
  problems: only('DOCUMENT_NOT_FOUND'),
});

export const answerComment = route({
  operationId: 'answerComment',
  method: 'post',
  path: '/policy/documents/{documentId}/comments/{commentId}/answers',
  summary: 'Answer a comment; until the outcome is published it may be answered anew.',
  roles: bureau,
  params: ofComment,
  body: z.object({ outcome: Outcome, text: z.string().trim().min(4).max(2000) }),
  responses: { 200: answer('The comment with its answer.', CommentView.omit({ name: true, phone: true })) },
  problems: only('COMMENT_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const unmaskCommenter = route({
  operationId: 'unmaskCommenter',
  method: 'post',
  path: '/policy/documents/{documentId}/comments/{commentId}/unmaskings',
  summary: 'Show the contact that came with a comment in full, for a reason that is logged.',
  roles: readersOfComments,
  params: ofComment,
  body: z.object({ reason }),
  responses: {
    200: answer('The contact.', z.object({ name: z.string().optional(), phone: z.string().optional() })),
  },
  problems: only('COMMENT_NOT_FOUND', 'OUTSIDE_AREA', 'NO_CONTACT'),
});

export const listPublicDocuments = route({
  operationId: 'listPublicDocuments',
  method: 'get',
  path: '/policy/public/documents',
  summary: 'Documents out for comments, or issued; newest first.',
  roles: 'public',
  query: z.object({ ...page, list: z.enum(['consulting', 'issued']).default('consulting') }),
  responses: { 200: answer('A page of documents.', pageOf(PublicDocumentRow)) },
  problems: {},
});

export const readPublicDocument = route({
  operationId: 'readPublicDocument',
  method: 'get',
  path: '/policy/public/documents/{documentId}',
  summary: 'One published document with its attachments and the outcome of its consultations.',
  roles: 'public',
  params: ofDocument,
  responses: { 200: answer('The document.', PublicDocumentView) },
  problems: only('DOCUMENT_NOT_FOUND'),
});

export const commentOnDocument = route({
  operationId: 'commentOnDocument',
  method: 'post',
  path: '/policy/public/documents/{documentId}/comments',
  summary:
    'Comment on a draft. Anybody may, with or without a contact, which is stored encrypted and never published.',
  roles: 'public',
  params: ofDocument,
  body: z.object({
    text: z.string().trim().min(5, '意见至少5个字').max(2000, '意见最多2000个字'),
    name: z.string().trim().min(1).max(40).optional(),
    phone: z
      .string()
      .trim()
      .regex(/^\+?\d[\d-]{5,18}\d$/, '联系电话格式不正确')
      .optional(),
  }),
  responses: {
    201: answer(
      'Received.',
      z.object({ commentId: z.string(), receivedAt: z.iso.datetime(), message: z.string() }),
    ),
  },
  problems: only('DOCUMENT_NOT_FOUND', 'CONSULTATION_CLOSED', 'CHANGED_MEANWHILE'),
});
