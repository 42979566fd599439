import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readPublicDocument } from './consultation-routes.ts';
import { isKnownToPublic } from './document.ts';
import { findDocument } from './document-store.ts';
import { viewPublicDocument } from './document-view.ts';

/** What anybody may read; a draft that was never published is not said to exist. */
export const readPublicDocumentHandler = (deps: HttpDeps, objects: Objects) =>
  handle(readPublicDocument, deps, async ({ params, now }) => {
    const document = await findDocument(deps.table, params.documentId);
    return document && isKnownToPublic(document, dateAt(now))
      ? reply(200, await viewPublicDocument(deps.table, objects, document, now))
      : refuse('DOCUMENT_NOT_FOUND');
  });

export const handler = composed(() =>
  readPublicDocumentHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
