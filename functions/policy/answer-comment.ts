import { CommentAnswered } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { Comment } from './comment.ts';
import { viewComment } from './comment-view.ts';
import { answerComment } from './consultation-routes.ts';
import { commentItem, documentFor, findComment, whileConsulting } from './document-store.ts';

/** Answers a comment; the published outcome counts the answers, so after it they stand. */
export const answerCommentHandler = (deps: HttpDeps) =>
  handle(answerComment, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const document = await documentFor(table, officer, params.documentId);
    const comment = document && (await findComment(table, params.documentId, params.commentId));
    if (!comment) return refuse('COMMENT_NOT_FOUND');
    if (document.state !== 'consulting' || comment.round !== document.consultations.length)
      return refuse('WRONG_STATE');
    const { documentId, round, commentId } = comment;
    const next: Comment = {
      ...comment,
      answer: { ...body, answeredBy: officer.id, answeredAt: now },
      version: comment.version + 1,
    };
    const data = { documentId, round, commentId, outcome: body.outcome, answeredBy: officer.id };
    const which = `${commentId}-${next.version}`;
    const fact = { subject: `document/${documentId}`, which, at: now, correlationId, data };
    const answer = reply(200, viewComment(next));
    const outcome = await transact(table, [
      whileConsulting(table, documentId),
      putOver(table, commentItem(next), comment.version),
      announce(table, happened(CommentAnswered, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => answerCommentHandler(httpDeps()));
