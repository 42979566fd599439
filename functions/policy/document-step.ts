import { type Table, transact } from '../../shared/dynamo.ts';
import type { Envelope } from '../../shared/event.ts';
import type { Call } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { type Refused, type Reply, type Route, refuse, reply } from '../../shared/route.ts';
import type { Document } from './document.ts';
import { documentFor, stepDocument } from './document-store.ts';

/** What every step of a document has in common: it is read in the officer's district and written with its event and answer. */

type Acted = Pick<Call<Route>, 'officer' | 'now' | 'correlationId' | 'remember'>;

/** The document as an officer of the district may change it. */
export const documentToChange = async (
  table: Table,
  { officer }: Pick<Acted, 'officer'>,
  documentId: string,
): Promise<Document | 'OUTSIDE_AREA' | 'DOCUMENT_NOT_FOUND'> => {
  if (!actsForDistrict(officer)) return 'OUTSIDE_AREA';
  return (await documentFor(table, officer, documentId)) ?? 'DOCUMENT_NOT_FOUND';
};

/** Which fact of a document an event tells. */
export const factOf = (
  { documentId }: Pick<Document, 'documentId'>,
  which: string,
  { now, correlationId }: Pick<Acted, 'now' | 'correlationId'>,
) => ({ subject: `document/${documentId}`, which, at: now, correlationId });

/** Writes the next version over the one that was read, with its event and the remembered answer. */
export const writeDocument = async <B>(
  table: Table,
  { remember }: Pick<Acted, 'remember'>,
  { read, next }: { readonly read: Document; readonly next: Document },
  event: Envelope,
  body: B,
): Promise<Reply<200, B> | Refused<'CHANGED_MEANWHILE'>> => {
  const answer = reply(200, body);
  const outcome = await transact(table, [
    stepDocument(table, read, next),
    announce(table, event),
    ...remember(answer),
  ]);
  return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
};
