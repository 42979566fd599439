import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { reply } from '../../shared/route.ts';
import { listPublicDocuments } from './consultation-routes.ts';
import { Document, isPublished } from './document.ts';
import { viewPublicRow } from './document-view.ts';
import { listings } from './table.ts';

export const listPublicDocumentsHandler = (deps: HttpDeps) =>
  handle(listPublicDocuments, deps, async ({ query, now }) => {
    const { limit, cursor, list } = query;
    const { items, next } = await listPage(deps.table, listings.documents(list), { limit, cursor });
    // The index may lag behind a step: what is no longer in the list's state is not shown. Nor is a draft whose window has
    // not begun.
    const documents = items
      .map((item) => Document.parse(item))
      .filter((document) => document.state === list && isPublished(document, dateAt(now)));
    return reply(200, {
      items: documents.map((document) => viewPublicRow(document, now)),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listPublicDocumentsHandler(httpDeps()));
