import { ConsultationConcluded } from '../../events/policy.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse } from '../../shared/route.ts';
import { outcomesOf } from './consultation.ts';
import { concludeConsultation } from './consultation-routes.ts';
import { isDrafter, step } from './document.ts';
import { documentToChange, factOf, writeDocument } from './document-step.ts';
import { commentsOfRound } from './document-store.ts';
import { publicConsultation } from './document-view.ts';

/** Publishes what became of the comments, once the window is over and every one of them is answered. */
export const concludeConsultationHandler = (deps: HttpDeps) =>
  handle(concludeConsultation, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now } = call;
    const document = await documentToChange(table, call, params.documentId);
    if (typeof document === 'string') return refuse(document);
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
    const event = happened(ConsultationConcluded, {
      ...factOf(next, `concluded-${current.round}`, call),
      data,
    });
    return writeDocument(
      table,
      call,
      { read: document, next },
      event,
      publicConsultation(next, concluded, now),
    );
  });

export const handler = composed(() => concludeConsultationHandler(httpDeps()));
