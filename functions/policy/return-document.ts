import { DocumentReturned } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse } from '../../shared/route.ts';
import { step } from './document.ts';
import { returnDocument } from './document-routes.ts';
import { documentToChange, factOf, writeDocument } from './document-step.ts';
import { viewRow } from './document-view.ts';

/** Sends a submitted document back to be revised, with a reason its drafters read in its history. */
export const returnDocumentHandler = (deps: HttpDeps) =>
  handle(returnDocument, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now } = call;
    const document = await documentToChange(table, call, params.documentId);
    if (typeof document === 'string') return refuse(document);
    if (document.state !== 'submitted') return refuse('WRONG_STATE');
    const next = step(document, 'draft', { by: officer.id, at: now, reason: body.reason });
    if (typeof next === 'string') return refuse(next);
    const { documentId, version } = next;
    const data = { documentId, returnedBy: officer.id };
    const event = happened(DocumentReturned, { ...factOf(next, `returned-${version}`, call), data });
    return writeDocument(table, call, { read: document, next }, event, viewRow(next, now));
  });

export const handler = composed(() => returnDocumentHandler(httpDeps()));
