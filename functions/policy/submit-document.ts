import { DocumentSubmitted } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse } from '../../shared/route.ts';
import { step } from './document.ts';
import { submitDocument } from './document-routes.ts';
import { documentToChange, factOf, writeDocument } from './document-step.ts';
import { viewRow } from './document-view.ts';

/** Hands a draft in to be issued. */
export const submitDocumentHandler = (deps: HttpDeps) =>
  handle(submitDocument, deps, async (call) => {
    const { table } = deps;
    const { params, officer, now } = call;
    const document = await documentToChange(table, call, params.documentId);
    if (typeof document === 'string') return refuse(document);
    const next = step(document, 'submitted', { by: officer.id, at: now });
    if (typeof next === 'string') return refuse(next);
    const { documentId, version } = next;
    const data = { documentId, submittedBy: officer.id };
    const event = happened(DocumentSubmitted, { ...factOf(next, `submitted-${version}`, call), data });
    return writeDocument(table, call, { read: document, next }, event, viewRow(next, now));
  });

export const handler = composed(() => submitDocumentHandler(httpDeps()));
