import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage, type Walk, walkPartitions } from '../../shared/listing.ts';
import { reply } from '../../shared/route.ts';
import { Document, documentStates } from './document.ts';
import { listDocuments } from './document-routes.ts';
import { documentFor, documentIdOfNumber, isOwn } from './document-store.ts';
import { viewRow } from './document-view.ts';
import { listings } from './table.ts';

export const listDocumentsHandler = (deps: HttpDeps) =>
  handle(listDocuments, deps, async ({ query, officer, now }) => {
    const { table } = deps;
    if (query.number !== undefined) {
      const documentId = await documentIdOfNumber(table, query.number);
      const document = documentId && (await documentFor(table, officer, documentId));
      return reply(200, { items: document ? [viewRow(document, now)] : [] });
    }
    const states = query.state ? [query.state] : documentStates;
    const readState = async (at: number, limit: number, cursor: Item | undefined) => {
      const partition = listings.documents(states[at] ?? 'draft');
      const { items, next } = await listPage(table, partition, { limit, cursor });
      const documents = items.map((item) => Document.parse(item));
      return { items: documents.filter((document) => isOwn(officer, document)), next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(states.length, from, query.limit, readState);
    return reply(200, { items: items.map((document) => viewRow(document, now)), next: cursorText(next) });
  });

export const handler = composed(() => listDocumentsHandler(httpDeps()));
