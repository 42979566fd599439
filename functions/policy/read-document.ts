import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readDocument } from './document-routes.ts';
import { documentFor } from './document-store.ts';
import { viewDocument } from './document-view.ts';

export const readDocumentHandler = (deps: HttpDeps, objects: Objects) =>
  handle(readDocument, deps, async ({ params, officer, now }) => {
    const document = await documentFor(deps.table, officer, params.documentId);
    return document
      ? reply(200, await viewDocument(deps.table, objects, document, now))
      : refuse('DOCUMENT_NOT_FOUND');
  });

export const handler = composed(() =>
  readDocumentHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
