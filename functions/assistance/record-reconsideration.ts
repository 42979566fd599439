import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { surveyedAnew, withStep } from './application.ts';
import { dueAfter } from './application-clock.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { recordReconsideration } from './decision-routes.ts';

/** What became of a refusal before the government: one that revokes it opens the application again. */
export const recordReconsiderationHandler = (deps: HttpDeps) =>
  handle(recordReconsideration, deps, async (call) => {
    const { params, body, officer, now: at } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (read.state !== 'refused' || !read.decision) return refuse('WRONG_STATE');
    const today = todayOf(call);
    if (body.on < read.decision.on || body.on > today)
      return refuse('DATE_REFUSED', '日期应在作出决定之日至今天之间。');
    const reconsiderations = [...read.reconsiderations, { ...body, by: officer.id }];
    const taken = { step: 'reconsideration-recorded', by: officer, at, note: body.outcome } as const;
    const revoked = body.outcome === 'revoked';
    const anew = revoked
      ? {
          ...surveyedAnew(read),
          notice: undefined,
          due: dueAfter('survey', today, await parametersOf(table)),
        }
      : {};
    const next = withStep(read, taken, { ...anew, reconsiderations });
    return advance(table, { read, next, answer: reply(200, progressOf(next, today)) }, call);
  });

export const handler = composed(() => recordReconsiderationHandler(httpDeps()));
