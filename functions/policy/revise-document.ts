import { DocumentRevised } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse } from '../../shared/route.ts';
import { revise } from './document.ts';
import { reviseDocument } from './document-routes.ts';
import { documentToChange, factOf, writeDocument } from './document-step.ts';
import { canEnd } from './document-store.ts';
import { viewRow } from './document-view.ts';

/** Writes a draft anew over the version its writer had before him. */
export const reviseDocumentHandler = (deps: HttpDeps) =>
  handle(reviseDocument, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now } = call;
    const document = await documentToChange(table, call, params.documentId);
    if (typeof document === 'string') return refuse(document);
    if (body.version !== document.version) return refuse('CHANGED_MEANWHILE');
    if (!(await canEnd(table, officer, body.ends))) return refuse('ENDS_WHAT_IS_NOT_ISSUED');
    const { version: _version, withoutAttachments, ...written } = body;
    const next = revise(document, written, withoutAttachments, { by: officer.id, at: now });
    if (typeof next === 'string') return refuse(next);
    const { documentId, version } = next;
    const data = { documentId, version, revisedBy: officer.id };
    const event = happened(DocumentRevised, { ...factOf(next, `revised-${version}`, call), data });
    return writeDocument(table, call, { read: document, next }, event, viewRow(next, now));
  });

export const handler = composed(() => reviseDocumentHandler(httpDeps()));
