import { randomUUID } from 'node:crypto';
import { DocumentDrafted } from '../../events/policy.ts';
import { countyOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { draft } from './document.ts';
import { draftDocument } from './document-routes.ts';
import { canEnd, documentItem } from './document-store.ts';
import { viewRow } from './document-view.ts';

/** Begins to draft a document. What it will end is looked at here for the officer's sake; issuing decides. */
export const draftDocumentHandler = (deps: HttpDeps, newId: () => string) =>
  handle(draftDocument, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    if (!(await canEnd(table, officer, body.ends))) return refuse('ENDS_WHAT_IS_NOT_ISSUED');
    const document = draft(newId(), countyOf(officer.area), body, { by: officer.id, at: now });
    const { documentId, kind } = document;
    const data = { documentId, kind, draftedBy: officer.id };
    const fact = { subject: `document/${documentId}`, which: 'drafted', at: now, correlationId, data };
    const answer = reply(201, viewRow(document, now));
    const outcome = await transact(table, [
      putNew(table, documentItem(document)),
      announce(table, happened(DocumentDrafted, fact)),
      ...remember(answer),
    ]);
    // The id is new, so only two requests under one idempotency key can meet here: the loser repeats and gets the answer.
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => draftDocumentHandler(httpDeps(), randomUUID));
