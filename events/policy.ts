import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened to documents, programmes and rule numbers. */
const source = 'policy';

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `policy.${name}`, version: 1, source, summary, data: z.object(data) });

export const ParameterSet = define(
  'parameter-set',
  'A rule number has a value from a date on; two officers agreed to it.',
  {
    changeId: z.string(),
    key: z.string(),
    scope: z.string(),
    unit: z.string(),
    value: z.number(),
    from: z.iso.date(),
    to: z.iso.date().optional(),
    sourceDocument: z.string(),
    certainty: z.string(),
    preparedBy: z.string(),
    approvedBy: z.string(),
  },
);

const officer = z.string().meta({ description: 'Officer id.' });
const count = z.int().min(0);
const document = { documentId: z.string() };
const consultation = { ...document, round: count };
const change = { changeId: z.string(), key: z.string(), from: z.iso.date() };

export const DocumentDrafted = define('document-drafted', 'An officer began to draft a document.', {
  ...document,
  kind: z.string(),
  draftedBy: officer,
});

export const DocumentRevised = define('document-revised', 'A draft was written anew.', {
  ...document,
  version: count,
  revisedBy: officer,
});

export const AttachmentAdded = define(
  'attachment-added',
  'A file whose hash was verified belongs to a draft.',
  {
    ...document,
    sha256: z.string(),
    bytes: count,
    addedBy: officer,
  },
);

export const ConsultationOpened = define(
  'consultation-opened',
  'A draft was published for comments, for a window of natural days.',
  { ...consultation, from: z.iso.date(), to: z.iso.date(), openedBy: officer },
);

export const CommentReceived = define('comment-received', 'Somebody commented on a draft.', {
  ...consultation,
  commentId: z.string(),
});

export const CommentAnswered = define('comment-answered', 'The bureau answered a comment.', {
  ...consultation,
  commentId: z.string(),
  outcome: z.string(),
  answeredBy: officer,
});

export const CommenterShown = define(
  'commenter-shown',
  'The contact that came with a comment was shown in full; the reason is kept with the record of the look.',
  { ...document, commentId: z.string(), shownTo: officer },
);

export const ConsultationConcluded = define(
  'consultation-concluded',
  'What became of the comments was published.',
  { ...consultation, adopted: count, partly: count, notAdopted: count, concludedBy: officer },
);

export const DocumentSubmitted = define('document-submitted', 'A draft waits to be issued.', {
  ...document,
  submittedBy: officer,
});

export const DocumentReturned = define(
  'document-returned',
  'A submitted document was sent back to be revised.',
  {
    ...document,
    returnedBy: officer,
  },
);

export const DocumentIssued = define('document-issued', 'A document was issued under its number.', {
  ...document,
  number: z.string(),
  title: z.string().optional(),
  kind: z.string().optional(),
  inForceFrom: z.iso.date(),
  inForceTo: z.iso.date().optional(),
  issuedBy: officer,
});

export const DocumentEnded = define('document-ended', 'Another document replaced or repealed this one.', {
  ...document,
  how: z.string(),
  lastDay: z.iso.date(),
  endedBy: z.string().meta({ description: 'Id of the document that ended it.' }),
});

export const ParameterChangePrepared = define(
  'parameter-change-prepared',
  'An officer proposed a value; it holds nothing until another approves.',
  { ...change, value: z.number(), sourceDocument: z.string(), preparedBy: officer },
);

export const ParameterChangeRejected = define(
  'parameter-change-rejected',
  'A proposed value was turned down.',
  {
    ...change,
    rejectedBy: officer,
  },
);

export const ParameterChangeWithdrawn = define(
  'parameter-change-withdrawn',
  'Who proposed a value took it back.',
  { ...change, withdrawnBy: officer },
);
