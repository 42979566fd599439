import { ConsultationOpened } from '../../events/policy.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse } from '../../shared/route.ts';
import { windowFault } from './consultation.ts';
import { openConsultation } from './consultation-routes.ts';
import { isDrafter, step } from './document.ts';
import { documentToChange, factOf, writeDocument } from './document-step.ts';
import { viewRow } from './document-view.ts';

/** Publishes a draft for comments, by an officer who did not write it. */
export const openConsultationHandler = (deps: HttpDeps) =>
  handle(openConsultation, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now } = call;
    const document = await documentToChange(table, call, params.documentId);
    if (typeof document === 'string') return refuse(document);
    if (isDrafter(document, officer.id)) return refuse('MAKER_IS_CHECKER');
    const today = dateAt(now);
    const least = numberFor(await parametersOf(table), 'document.consultation_wd', monthOfDate(today));
    const fault = windowFault(body, today, least);
    if (fault === 'CONSULTATION_TOO_SHORT')
      return refuse(fault, `公开征求意见不得少于${least}个工作日,请延长截止日期。`);
    if (fault) return refuse(fault);

    const { from, to } = body;
    const round = document.consultations.length + 1;
    const opened = { round, from, to, openedAt: now, openedBy: officer.id };
    const consultations = [...document.consultations, opened];
    const next = step(document, 'consulting', { by: officer.id, at: now }, { consultations });
    if (typeof next === 'string') return refuse(next);
    const { documentId } = next;
    const data = { documentId, round, from, to, openedBy: officer.id };
    const event = happened(ConsultationOpened, { ...factOf(next, `consultation-${round}`, call), data });
    return writeDocument(table, call, { read: document, next }, event, viewRow(next, now));
  });

export const handler = composed(() => openConsultationHandler(httpDeps()));
