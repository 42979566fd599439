import * as z from 'zod';
import { masked } from '../../shared/request-parts.ts';
import { Certainty, Scope } from '../../shared/rule-number.ts';
import { ChangeState, Notice } from './change.ts';
import { Consultation, Outcome, Summary } from './consultation.ts';
import { Attachment, Document, DocumentKind, DocumentState, Ending, Standing } from './document.ts';

/** What the API shows. */

const Related = z
  .object({
    documentId: z.string(),
    title: z.string(),
    number: z.string().optional(),
    how: Ending.shape.how,
  })
  .meta({ id: 'RelatedDocument' });

const AttachmentLink = Attachment.pick({ sha256: true, fileName: true, bytes: true })
  .extend({ url: z.url().meta({ description: 'GET the file here within five minutes; no token needed.' }) })
  .meta({ id: 'DocumentAttachment' });

export const DocumentRow = z
  .object({
    documentId: z.string(),
    kind: DocumentKind,
    kindName: z.string(),
    title: z.string(),
    state: DocumentState,
    standing: Standing.meta({ description: 'As of today.' }),
    number: z.string().optional(),
    issuedOn: z.iso.date().optional(),
    inForceFrom: z.iso.date().optional(),
    inForceTo: z.iso.date().optional(),
    version: z.int(),
  })
  .meta({ id: 'DocumentRow' });

const CitedParameter = z.object({
  key: z.string(),
  name: z.string(),
  value: z.number(),
  from: z.iso.date(),
});

export const DocumentView = DocumentRow.extend({
  text: z.string(),
  ends: z.array(Related).meta({ description: 'Older documents that this one replaces or repeals.' }),
  endedBy: Related.optional().meta({ description: 'The newer document that replaced or repealed this one.' }),
  attachments: z.array(AttachmentLink),
  consultations: z.array(Consultation),
  parameters: z.array(CitedParameter).meta({ description: 'Rule numbers that were set by this document.' }),
  drafters: z.array(z.string()),
  history: Document.shape.history,
}).meta({ id: 'Document' });
export type DocumentView = z.input<typeof DocumentView>;

/** Without officers, and without what is not published. */
const PublicRow = DocumentRow.omit({ state: true, version: true });

export const PublicConsultation = Consultation.pick({ round: true, from: true, to: true })
  .extend({
    takesComments: z.boolean(),
    summary: Summary.omit({ publishedBy: true }).optional(),
  })
  .meta({ id: 'PublicConsultation' });

export const PublicDocumentRow = PublicRow.extend({
  consultation: PublicConsultation.optional().meta({ description: 'The newest consultation.' }),
}).meta({ id: 'PublicDocumentRow' });

export const PublicDocumentView = PublicRow.extend({
  text: z
    .string()
    .optional()
    .meta({ description: 'Absent while the draft is being revised after its consultation.' }),
  ends: z.array(Related),
  endedBy: Related.optional(),
  attachments: z.array(AttachmentLink),
  consultations: z.array(PublicConsultation),
}).meta({ id: 'PublicDocument' });

export const CommentView = z
  .object({
    commentId: z.string(),
    round: z.int(),
    text: z.string(),
    name: masked('张**').optional(),
    phone: masked('138****1234').optional(),
    receivedAt: z.iso.datetime(),
    answer: z
      .object({
        outcome: Outcome,
        outcomeName: z.string(),
        text: z.string(),
        answeredBy: z.string(),
        answeredAt: z.iso.datetime(),
      })
      .optional(),
  })
  .meta({ id: 'PolicyComment' });

const unit = {
  unit: z.string(),
  unitName: z.string().meta({ description: 'As officers read it, e.g. `元`.' }),
};

export const ChangeView = z
  .object({
    changeId: z.string(),
    key: z.string(),
    name: z.string(),
    scope: Scope,
    scopeName: z.string(),
    ...unit,
    value: z.number(),
    replaces: z
      .number()
      .optional()
      .meta({ description: 'The value that holds on its first day without it.' }),
    from: z.iso.date(),
    to: z.iso.date().optional(),
    sourceDocument: z.string(),
    documentId: z
      .string()
      .optional()
      .meta({ description: 'The cited document, if it is one of this bureau.' }),
    certainty: Certainty,
    confirms: z.boolean().meta({ description: 'Only puts a document behind the value in force.' }),
    note: z.string().optional(),
    state: ChangeState,
    faults: z.array(Notice).meta({
      description: 'Of a pending change: what would refuse its approval now, because other numbers changed.',
    }),
    notices: z.array(Notice),
    preparedBy: z.string(),
    preparedAt: z.iso.datetime(),
    decidedBy: z.string().optional(),
    decidedAt: z.iso.datetime().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'ParameterChange' });

export const ParameterView = z
  .object({
    key: z.string(),
    name: z.string(),
    scope: Scope,
    scopeName: z.string(),
    ...unit,
    value: z.number().optional().meta({ description: 'Absent when none is in force on the day.' }),
    from: z.iso.date().nullish().meta({ description: 'Null: as long as anybody remembers.' }),
    to: z.iso.date().optional(),
    source: z.string().optional(),
    certainty: Certainty.optional(),
    toConfirm: z.boolean().meta({ description: '待确认: assumed, until a document confirms it.' }),
  })
  .meta({ id: 'Parameter' });
export type ParameterView = z.input<typeof ParameterView>;

export const ParameterVersion = z
  .object({
    changeId: z.string().optional(),
    value: z.number(),
    from: z.iso.date().nullable(),
    to: z.iso.date().optional(),
    source: z.string(),
    documentId: z.string().optional(),
    certainty: Certainty,
    preparedBy: z.string().meta({ description: 'Officer id, or `shipped` for what the software came with.' }),
    preparedAt: z.iso.datetime().optional(),
    approvedBy: z.string().optional(),
    approvedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'ParameterVersion' });

export const ProgrammeView = z
  .object({
    code: z.string(),
    name: z.string(),
    layer: z.string(),
    layerName: z.string(),
    legalBasis: z.array(z.string()),
    owner: z
      .string()
      .optional()
      .meta({ description: 'The part of this system that handles it; absent when another office does.' }),
    office: z.string().meta({ description: 'Who is responsible, in Chinese.' }),
    from: z.iso.date().nullable(),
    to: z.iso.date().optional(),
    parameters: z.array(ParameterView),
  })
  .meta({ id: 'AssistanceProgramme' });
