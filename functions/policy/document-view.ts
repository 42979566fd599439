import type * as z from 'zod';
import { dateAt, type Instant } from '../../shared/clock.ts';
import { queryAll, type Table, within } from '../../shared/dynamo.ts';
import type { Objects } from '../../shared/objects.ts';
import { isParameterKey, shipped } from '../../shared/parameter.ts';
import { LINK_SECONDS } from '../../shared/upload.ts';
import { attachmentObjectKey } from './attachment.ts';
import { type Consultation, takesCommentsOn } from './consultation.ts';
import { type Document, isPublished, kindNames, standingOn } from './document.ts';
import { findDocuments } from './document-store.ts';
import { keys } from './table.ts';
import type {
  DocumentRow,
  DocumentView,
  PublicConsultation,
  PublicDocumentRow,
  PublicDocumentView,
} from './views.ts';

/** Documents as officers and as the public see them. */

const publicRow = (document: Document, now: Instant) => {
  const { documentId, kind, title, number, issuedOn, inForceFrom, inForceTo } = document;
  const standing = standingOn(document, dateAt(now));
  return {
    documentId,
    kind,
    kindName: kindNames[kind],
    title,
    standing,
    number,
    issuedOn,
    inForceFrom,
    inForceTo,
  };
};

export const viewRow = (document: Document, now: Instant): z.input<typeof DocumentRow> => ({
  ...publicRow(document, now),
  state: document.state,
  version: document.version,
});

/** The documents it ends, and the one that ended it: reading shows both ways. */
const relations = async (table: Table, { ends, endedBy, state }: Document) => {
  const known = await findDocuments(table, [
    ...ends.map(({ documentId }) => documentId),
    ...(endedBy === undefined ? [] : [endedBy]),
  ]);
  const related = (documentId: string, how: 'replaced' | 'repealed') => {
    const other = known.get(documentId);
    return other ? [{ documentId, title: other.title, number: other.number, how }] : [];
  };
  return {
    ends: ends.flatMap(({ documentId, how }) => related(documentId, how)),
    endedBy:
      endedBy === undefined ? undefined : related(endedBy, state === 'repealed' ? 'repealed' : 'replaced')[0],
  };
};

const attachmentLinks = (objects: Objects, { documentId, attachments }: Document) =>
  Promise.all(
    attachments.map(async ({ sha256, fileName, bytes }) => ({
      sha256,
      fileName,
      bytes,
      url: await objects.presign('GET', attachmentObjectKey(documentId, sha256), LINK_SECONDS),
    })),
  );

type Cited = DocumentView['parameters'][number];

/** The rule numbers that were set by a document, by the number it was cited under. */
const parametersSetBy = async (table: Table, number: string | undefined): Promise<Cited[]> => {
  const cited: Cited[] = [];
  if (number === undefined) return cited;
  for await (const item of queryAll(table, within(keys.citationsOf(number)))) {
    const key = String(item.key);
    if (isParameterKey(key))
      cited.push({ key, name: shipped[key].name, value: Number(item.value), from: String(item.from) });
  }
  return cited;
};

export const viewDocument = async (
  table: Table,
  objects: Objects,
  document: Document,
  now: Instant,
): Promise<DocumentView> => ({
  ...viewRow(document, now),
  ...(await relations(table, document)),
  text: document.text,
  attachments: await attachmentLinks(objects, document),
  consultations: document.consultations,
  parameters: await parametersSetBy(table, document.number),
  drafters: document.drafters,
  history: document.history,
});

/** A consultation as anybody may see it: without officers. */
export const publicConsultation = (
  document: Document,
  { round, from, to, summary }: Consultation,
  now: Instant,
): z.input<typeof PublicConsultation> => {
  const isOpen = document.state === 'consulting' && round === document.consultations.length;
  const takesComments = isOpen && takesCommentsOn({ from, to }, dateAt(now));
  if (!summary) return { round, from, to, takesComments };
  const { publishedBy: _publishedBy, ...shown } = summary;
  return { round, from, to, takesComments, summary: shown };
};

export const viewPublicRow = (document: Document, now: Instant): z.input<typeof PublicDocumentRow> => {
  const newest = document.consultations.at(-1);
  return {
    ...publicRow(document, now),
    ...(newest ? { consultation: publicConsultation(document, newest, now) } : {}),
  };
};

export const viewPublicDocument = async (
  table: Table,
  objects: Objects,
  document: Document,
  now: Instant,
): Promise<z.input<typeof PublicDocumentView>> => {
  const readable = isPublished(document, dateAt(now));
  return {
    ...publicRow(document, now),
    ...(await relations(table, document)),
    ...(readable ? { text: document.text } : {}),
    attachments: readable ? await attachmentLinks(objects, document) : [],
    consultations: document.consultations.map((each) => publicConsultation(document, each, now)),
  };
};
