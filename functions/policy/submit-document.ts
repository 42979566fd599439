import { DocumentSubmitted } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { step } from './document.ts';
import { submitDocument } from './document-routes.ts';
import { documentFor, stepDocument } from './document-store.ts';
import { viewRow } from './document-view.ts';

/** Hands a draft in to be issued. */
export const submitDocumentHandler = (deps: HttpDeps) =>
  handle(submitDocument, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const document = await documentFor(table, officer, params.documentId);
    if (!document) return refuse('DOCUMENT_NOT_FOUND');
    const next = step(document, 'submitted', { by: officer.id, at: now });
    if (typeof next === 'string') return refuse(next);
    const { documentId, version } = next;
    const data = { documentId, submittedBy: officer.id };
    const fact = {
      subject: `document/${documentId}`,
      which: `submitted-${version}`,
      at: now,
      correlationId,
      data,
    };
    const answer = reply(200, viewRow(next, now));
    const outcome = await transact(table, [
      stepDocument(table, document, next),
      announce(table, happened(DocumentSubmitted, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => submitDocumentHandler(httpDeps()));
