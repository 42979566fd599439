import { ConsultationConcluded } from '../../events/policy.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { outcomesOf } from './consultation.ts';
import { concludeConsultation } from './consultation-routes.ts';
import { isDrafter, step } from './document.ts';
import { commentsOfRound, documentFor, stepDocument } from './document-store.ts';
import { publicConsultation } from './document-view.ts';

/** Publishes what became of the comments, once the window is over and every one of them is answered. */
export const concludeConsultationHandler = (deps: HttpDeps) =>
  handle(concludeConsultation, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const document = await documentFor(table, officer, params.documentId);
    if (!document) return refuse('DOCUMENT_NOT_FOUND');
    if (isDrafter(document, officer.id)) return refuse('MAKER_IS_CHECKER');
    const current = document.consultations.at(-1);
    if (document.state !== 'consulting' || !current) return refuse('WRONG_STATE');
    if (dateAt(now) <= current.to) return refuse('CONSULTATION_OPEN');
    const { documentId } = document;
    const comments = await commentsOfRound(table, documentId, current.round);
    const unanswered = comments.filter(({ answer }) => !answer).length;
    if (unanswered > 0)
      return refuse('COMMENTS_UNANSWERED', `还有${unanswered}条意见未答复,不能公布采纳情况。`);

    const outcomes = outcomesOf(comments);
    const summary = { ...body, ...outcomes, publishedAt: now, publishedBy: officer.id };
    const concluded = { ...current, summary };
    const consultations = [...document.consultations.slice(0, -1), concluded];
    const next = step(document, 'consulted', { by: officer.id, at: now }, { consultations });
    if (typeof next === 'string') return refuse(next);
    const data = { documentId, round: current.round, ...outcomes, concludedBy: officer.id };
    const subject = `document/${documentId}`;
    const fact = { subject, which: `concluded-${current.round}`, at: now, correlationId, data };
    const answer = reply(200, publicConsultation(next, concluded, now));
    const outcome = await transact(table, [
      stepDocument(table, document, next),
      announce(table, happened(ConsultationConcluded, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => concludeConsultationHandler(httpDeps()));
