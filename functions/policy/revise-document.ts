import { DocumentRevised } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { revise } from './document.ts';
import { reviseDocument } from './document-routes.ts';
import { canEnd, documentFor, stepDocument } from './document-store.ts';
import { viewRow } from './document-view.ts';

/** Writes a draft anew over the version its writer had before him. */
export const reviseDocumentHandler = (deps: HttpDeps) =>
  handle(reviseDocument, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const document = await documentFor(table, officer, params.documentId);
    if (!document) return refuse('DOCUMENT_NOT_FOUND');
    if (body.version !== document.version) return refuse('CHANGED_MEANWHILE');
    if (!(await canEnd(table, officer, body.ends))) return refuse('ENDS_WHAT_IS_NOT_ISSUED');
    const { version: _version, withoutAttachments, ...written } = body;
    const next = revise(document, written, withoutAttachments, { by: officer.id, at: now });
    if (typeof next === 'string') return refuse(next);
    const { documentId, version } = next;
    const data = { documentId, version, revisedBy: officer.id };
    const fact = {
      subject: `document/${documentId}`,
      which: `revised-${version}`,
      at: now,
      correlationId,
      data,
    };
    const answer = reply(200, viewRow(next, now));
    const outcome = await transact(table, [
      stepDocument(table, document, next),
      announce(table, happened(DocumentRevised, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => reviseDocumentHandler(httpDeps()));
