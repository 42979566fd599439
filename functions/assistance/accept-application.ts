import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { documentNames, missingPapers, withStep } from './application.ts';
import { dueAfter } from './application-clock.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { acceptApplication } from './application-routes.ts';
import { progressOf } from './application-view.ts';
import { referralWrite } from './referral-announcement.ts';

/** 受理, or 一次性告知: all that is missing is told at once, and the clock of the survey waits for it. */
export const acceptApplicationHandler = (deps: HttpDeps) =>
  handle(acceptApplication, deps, async (call) => {
    const { params, body, officer, now: at } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (read.state !== 'submitted') return refuse('WRONG_STATE');
    const today = todayOf(call);
    const parameters = await parametersOf(table);
    const progress = (next: typeof read) => reply(200, progressOf(next, today));

    if (body.missing.length > 0) {
      const names = body.missing.map((kind) => documentNames[kind]).join('、');
      const note = [`请补正:${names}`, ...(body.note ? [body.note] : [])].join(';');
      const next = withStep(
        read,
        { step: 'documents-asked', by: officer, at, note },
        { state: 'supplementing', due: dueAfter('supplement', today, parameters) },
      );
      return advance(table, { read, next, answer: progress(next) }, call);
    }
    const missing = missingPapers(read.documents);
    if (missing.length > 0)
      return refuse(
        'DOCUMENTS_MISSING',
        `不能受理,缺少:${missing.map((kind) => documentNames[kind]).join('、')}。`,
      );
    const next = withStep(
      read,
      { step: 'accepted', by: officer, at, note: body.note },
      { state: 'accepted', due: dueAfter('survey', today, parameters) },
    );
    // Who cannot wait is told to temporary relief now, not with the decision (A19).
    const further = read.urgent
      ? [referralWrite(table, next, { programme: 'temporary-relief', urgent: true }, call)]
      : [];
    return advance(table, { read, next, answer: progress(next), further }, call);
  });

export const handler = composed(() => acceptApplicationHandler(httpDeps()));
