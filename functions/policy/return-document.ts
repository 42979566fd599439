import { DocumentReturned } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { step } from './document.ts';
import { returnDocument } from './document-routes.ts';
import { documentFor, stepDocument } from './document-store.ts';
import { viewRow } from './document-view.ts';

/** Sends a submitted document back to be revised, with a reason its drafters read in its history. */
export const returnDocumentHandler = (deps: HttpDeps) =>
  handle(returnDocument, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const document = await documentFor(table, officer, params.documentId);
    if (!document) return refuse('DOCUMENT_NOT_FOUND');
    if (document.state !== 'submitted') return refuse('WRONG_STATE');
    const next = step(document, 'draft', { by: officer.id, at: now, reason: body.reason });
    if (typeof next === 'string') return refuse(next);
    const { documentId, version } = next;
    const data = { documentId, returnedBy: officer.id };
    const fact = {
      subject: `document/${documentId}`,
      which: `returned-${version}`,
      at: now,
      correlationId,
      data,
    };
    const answer = reply(200, viewRow(next, now));
    const outcome = await transact(table, [
      stepDocument(table, document, next),
      announce(table, happened(DocumentReturned, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => returnDocumentHandler(httpDeps()));
