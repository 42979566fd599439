import { DocumentEnded, DocumentIssued } from '../../events/policy.ts';
import { dateAt, type Instant } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { type Envelope, happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Document, endedBy, issuingFault, step } from './document.ts';
import { issueDocument } from './document-routes.ts';
import {
  documentFor,
  documentIdOfNumber,
  findDocuments,
  nextNumber,
  seriesItem,
  stepDocument,
} from './document-store.ts';
import { viewRow } from './document-view.ts';
import { keys } from './table.ts';

/** The number a document is issued under, and what must be written for it to be nobody else's. */
const numbering = async (
  table: Table,
  documentId: string,
  given: string | undefined,
  drawFrom: { readonly prefix: string; readonly year: string },
): Promise<{ readonly number: string; readonly writes: readonly Write[] } | 'NUMBER_TAKEN'> => {
  const slot = (number: string) => putNew(table, { ...keys.documentNumber(number), documentId });
  if (given !== undefined) {
    const holder = await documentIdOfNumber(table, given);
    return holder === undefined ? { number: given, writes: [slot(given)] } : 'NUMBER_TAKEN';
  }
  const { number, series, sequence } = await nextNumber(table, drawFrom.prefix, drawFrom.year);
  // Two that draw at the same moment want the same number: the loser is told CHANGED_MEANWHILE and, repeating, draws the next.
  return { number, writes: [seriesItem(table, drawFrom, series, sequence), slot(number)] };
};

/** The older documents as they end on the day before the new one comes into force; undefined when one of them cannot. */
const endOlder = async (
  table: Table,
  issued: Document & { readonly inForceFrom: string },
  act: { readonly by: string; readonly at: Instant; readonly correlationId: string },
): Promise<{ readonly writes: readonly Write[]; readonly events: readonly Envelope[] } | undefined> => {
  const older = await findDocuments(
    table,
    issued.ends.map(({ documentId }) => documentId),
  );
  const writes: Write[] = [];
  const events: Envelope[] = [];
  for (const { documentId, how } of issued.ends) {
    const old = older.get(documentId);
    const next = old && endedBy(old, how, issued, act);
    if (!next || typeof next === 'string') return undefined;
    writes.push(stepDocument(table, old, next));
    const data = {
      documentId,
      how,
      lastDay: next.inForceTo ?? issued.inForceFrom,
      endedBy: issued.documentId,
    };
    const subject = `document/${documentId}`;
    const { at, correlationId } = act;
    events.push(happened(DocumentEnded, { subject, which: 'ended', at, correlationId, data }));
  }
  return { writes, events };
};

/** Issues a document by an officer who did not write it, and ends those it replaces, all in one transaction. */
export const issueDocumentHandler = (deps: HttpDeps) =>
  handle(issueDocument, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const document = await documentFor(table, officer, params.documentId);
    if (!document) return refuse('DOCUMENT_NOT_FOUND');
    const { number: given, prefix, inForceFrom, inForceTo, issuedOn = dateAt(now) } = body;
    const fault = issuingFault(document, officer.id, { number: given, issuedOn, inForceFrom, inForceTo });
    if (fault) return refuse(fault);
    const { documentId } = document;
    const named = await numbering(table, documentId, given, { prefix, year: issuedOn.slice(0, 4) });
    if (typeof named === 'string') return refuse(named);

    const act = { by: officer.id, at: now };
    const { number } = named;
    const terms = { number, issuedOn, issuedBy: officer.id, inForceFrom, inForceTo };
    const issued = step(document, 'issued', act, terms);
    if (typeof issued === 'string') return refuse(issued);
    const ended = await endOlder(table, { ...issued, inForceFrom }, { ...act, correlationId });
    if (!ended) return refuse('ENDS_WHAT_IS_NOT_ISSUED');

    const { title, kind } = issued;
    const data = { documentId, number, title, kind, inForceFrom, inForceTo, issuedBy: officer.id };
    const fact = { subject: `document/${documentId}`, which: 'issued', at: now, correlationId, data };
    const answer = reply(200, viewRow(issued, now));
    const outcome = await transact(table, [
      stepDocument(table, document, issued),
      ...named.writes,
      ...ended.writes,
      announce(table, happened(DocumentIssued, fact)),
      ...ended.events.map((event) => announce(table, event)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => issueDocumentHandler(httpDeps()));
