import { randomUUID } from 'node:crypto';
import { CommentReceived } from '../../events/policy.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type Comment, commentIdOf, sealContact } from './comment.ts';
import { takesCommentsOn } from './consultation.ts';
import { commentOnDocument } from './consultation-routes.ts';
import { isKnownToPublic } from './document.ts';
import { commentItem, findDocument, whileConsulting } from './document-store.ts';

/** Takes a comment from anybody. The contact is sealed before it is stored, and only then is a key asked for at all. */
export const commentOnDocumentHandler = (deps: HttpDeps, seals: () => Promise<Seals>, newId: () => string) =>
  handle(commentOnDocument, deps, async ({ params, body, now, correlationId, remember }) => {
    const { table } = deps;
    const document = await findDocument(table, params.documentId);
    if (!document || !isKnownToPublic(document, dateAt(now))) return refuse('DOCUMENT_NOT_FOUND');
    const current = document.consultations.at(-1);
    if (document.state !== 'consulting' || !current || !takesCommentsOn(current, dateAt(now)))
      return refuse('CONSULTATION_CLOSED');

    const { documentId } = document;
    const { round } = current;
    const { text, name, phone } = body;
    const commentId = commentIdOf(now, newId());
    const hasContact = name !== undefined || phone !== undefined;
    const contact = hasContact ? sealContact(await seals(), commentId, { name, phone }) : {};
    const comment: Comment = { commentId, documentId, round, text, ...contact, receivedAt: now, version: 1 };
    const data = { documentId, round, commentId };
    const fact = { subject: `document/${documentId}`, which: commentId, at: now, correlationId, data };
    const answer = reply(201, {
      commentId,
      receivedAt: now,
      message: '意见已收到,感谢您的参与。采纳情况将在征求意见结束后公布。',
    });
    const outcome = await transact(table, [
      whileConsulting(table, documentId),
      putNew(table, commentItem(comment)),
      announce(table, happened(CommentReceived, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() =>
  commentOnDocumentHandler(httpDeps(), sealsFromEnvironment(), randomUUID),
);
