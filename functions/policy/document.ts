import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { addDays, type Instant } from '../../shared/clock.ts';
import { Consultation } from './consultation.ts';
import { partsOfNumber } from './number.ts';

/**
 * A document of the bureau (work report: 起草, 公开征求意见, 印发): drafted by one officer, issued by another. Whether an
 * issued document is in force follows from its dates and is stored nowhere.
 */
export const documentStates = [
  'draft',
  'consulting',
  'consulted',
  'submitted',
  'issued',
  'replaced',
  'repealed',
] as const;
export const DocumentState = z.enum(documentStates).meta({ id: 'DocumentState' });
export type DocumentState = z.infer<typeof DocumentState>;

/** From which states a document may come into a state; the same table makes the condition of the write. */
export const priorStates: Readonly<Record<DocumentState, readonly DocumentState[]>> = {
  draft: ['draft', 'consulted', 'submitted'],
  consulting: ['draft', 'consulted'],
  consulted: ['consulting'],
  submitted: ['draft', 'consulted'],
  issued: ['submitted'],
  replaced: ['issued'],
  repealed: ['issued'],
};

const kinds = ['notice', 'opinion', 'measures', 'plan', 'rules', 'planning', 'other'] as const;
export const DocumentKind = z.enum(kinds).meta({ id: 'DocumentKind' });
export type DocumentKind = z.infer<typeof DocumentKind>;
export const kindNames: Readonly<Record<DocumentKind, string>> = {
  notice: '通知',
  opinion: '意见',
  measures: '办法',
  plan: '实施方案',
  rules: '细则',
  planning: '规划',
  other: '其他',
};

/** What becomes of an older document on the day this one comes into force. */
export const Ending = z.object({ documentId: z.string(), how: z.enum(['replaced', 'repealed']) });
export type Ending = z.infer<typeof Ending>;

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 应为64位小写十六进制');

export const Attachment = z.object({
  sha256: Sha256,
  fileName: z.string(),
  bytes: z.int(),
  addedBy: z.string(),
  addedAt: z.iso.datetime(),
});
export type Attachment = z.infer<typeof Attachment>;
export const MOST_ATTACHMENTS = 20;

const Step = z.object({
  state: DocumentState,
  at: z.iso.datetime(),
  by: z.string(),
  reason: z.string().optional(),
});

export const Document = z.object({
  documentId: z.string(),
  area: AreaCode,
  kind: DocumentKind,
  title: z.string(),
  text: z.string(),
  ends: z.array(Ending),
  attachments: z.array(Attachment),
  consultations: z.array(Consultation),
  state: DocumentState,
  /** Everybody who wrote it; none of them may publish or issue it. */
  drafters: z.array(z.string()),
  history: z.array(Step),
  number: z.string().optional(),
  issuedOn: z.iso.date().optional(),
  issuedBy: z.string().optional(),
  inForceFrom: z.iso.date().optional(),
  /** The last day in force: as issued, or earlier when another document ended it. */
  inForceTo: z.iso.date().optional(),
  endedBy: z.string().optional(),
  version: z.int(),
});
export type Document = z.infer<typeof Document>;

export type Written = Pick<Document, 'kind' | 'title' | 'text' | 'ends'>;
type Act = { readonly by: string; readonly at: Instant };

export const draft = (documentId: string, area: AreaCode, written: Written, { by, at }: Act): Document => ({
  documentId,
  area,
  ...written,
  attachments: [],
  consultations: [],
  state: 'draft',
  drafters: [by],
  history: [{ state: 'draft', at, by }],
  version: 1,
});

/** The document one version on, in a state, with the step in its history; `WRONG_STATE` when the table does not lead there. */
export const step = (
  document: Document,
  state: DocumentState,
  { by, at, reason }: Act & { readonly reason?: string | undefined },
  changes: Partial<Document> = {},
): Document | 'WRONG_STATE' => {
  if (!priorStates[state].includes(document.state)) return 'WRONG_STATE';
  const isNew = state !== document.state;
  return {
    ...document,
    ...changes,
    state,
    history: isNew ? [...document.history, { state, at, by, reason }] : document.history,
    version: document.version + 1,
  };
};

const withDrafter = ({ drafters }: Document, by: string): string[] =>
  drafters.includes(by) ? drafters : [...drafters, by];

/**
 * Writes a draft anew, also one that comes back from its consultation. What is out for comments or submitted is frozen: who
 * reads it must read what was published or will be issued. Attachments in `without` are dropped.
 */
export const revise = (
  document: Document,
  written: Written,
  without: readonly string[],
  act: Act,
): Document | 'WRONG_STATE' =>
  document.state === 'submitted'
    ? 'WRONG_STATE'
    : step(document, 'draft', act, {
        ...written,
        attachments: document.attachments.filter(({ sha256 }) => !without.includes(sha256)),
        drafters: withDrafter(document, act.by),
      });

/** Adds a file to a draft; the same file again changes its name only. */
export const attach = (
  document: Document,
  attachment: Attachment,
): Document | 'WRONG_STATE' | 'ATTACHMENTS_FULL' => {
  if (document.state !== 'draft') return 'WRONG_STATE';
  const others = document.attachments.filter(({ sha256 }) => sha256 !== attachment.sha256);
  if (others.length >= MOST_ATTACHMENTS) return 'ATTACHMENTS_FULL';
  const act = { by: attachment.addedBy, at: attachment.addedAt };
  return step(document, 'draft', act, {
    attachments: [...others, attachment],
    drafters: withDrafter(document, act.by),
  });
};

/** Maker is not checker: publishing for comments and issuing are for somebody who did not write it. */
export const isDrafter = (document: Document, officerId: string): boolean =>
  document.drafters.includes(officerId);

/** An older document from the day on which a newer one takes its place; a term that ends earlier stays as it is. */
export const endedBy = (
  old: Document,
  how: Ending['how'],
  newer: { readonly documentId: string; readonly inForceFrom: string },
  act: Act,
): Document | 'WRONG_STATE' => {
  const lastDay = addDays(newer.inForceFrom, -1);
  const inForceTo = old.inForceTo !== undefined && old.inForceTo < lastDay ? old.inForceTo : lastDay;
  return step(old, how, act, { inForceTo, endedBy: newer.documentId });
};

/** Why a document cannot be issued by this officer on these terms; `number` is one that was given, not drawn. */
export const issuingFault = (
  document: Document,
  officerId: string,
  terms: {
    readonly number: string | undefined;
    readonly issuedOn: string;
    readonly inForceFrom: string;
    readonly inForceTo: string | undefined;
  },
): 'MAKER_IS_CHECKER' | 'ENDS_BEFORE_IT_BEGINS' | 'NUMBER_OF_LATER_YEAR' | 'WRONG_STATE' | undefined => {
  if (isDrafter(document, officerId)) return 'MAKER_IS_CHECKER';
  if (document.state !== 'submitted') return 'WRONG_STATE';
  if (terms.inForceTo !== undefined && terms.inForceTo < terms.inForceFrom) return 'ENDS_BEFORE_IT_BEGINS';
  const given = terms.number === undefined ? undefined : partsOfNumber(terms.number);
  return given && given.year > terms.issuedOn.slice(0, 4) ? 'NUMBER_OF_LATER_YEAR' : undefined;
};

export const Standing = z
  .enum(['being-drafted', 'consulting', 'not-yet-in-force', 'in-force', 'expired', 'replaced', 'repealed'])
  .meta({ id: 'DocumentStanding' });
export type Standing = z.infer<typeof Standing>;

/** How a document stands on a day. A document that is replaced stays in force until the day before its successor's first. */
export const standingOn = (document: Document, date: string): Standing => {
  const { state, inForceFrom, inForceTo } = document;
  if (state === 'consulting') return 'consulting';
  if (state === 'draft' || state === 'consulted' || state === 'submitted') return 'being-drafted';
  if (inForceTo !== undefined && inForceTo < date) return state === 'issued' ? 'expired' : state;
  return inForceFrom !== undefined && inForceFrom <= date ? 'in-force' : 'not-yet-in-force';
};

const issuedStates: readonly DocumentState[] = ['issued', 'replaced', 'repealed'];

/** Whether anybody may read its text on a day: while it is out for comments, and once it is issued. */
export const isPublished = ({ state, consultations }: Document, date: string): boolean => {
  const newest = consultations.at(-1);
  const isOut = state === 'consulting' && newest !== undefined && newest.from <= date;
  return isOut || issuedStates.includes(state);
};

/** Whether anybody may know of it: after a consultation the outcome stays public while the text is being revised. */
export const isKnownToPublic = (document: Document, date: string): boolean =>
  isPublished(document, date) || document.consultations.some(({ from }) => from <= date);
