import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { withStep } from './application.ts';
import { reconsiderationEnd } from './application-clock.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { recordNotice } from './decision-routes.ts';

/** The refusal reached the applicant: from now on he has his days for a reconsideration (A15). */
export const recordNoticeHandler = (deps: HttpDeps) =>
  handle(recordNotice, deps, async (call) => {
    const { params, body, officer, now: at } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (read.state !== 'refused' || !read.decision || read.notice) return refuse('WRONG_STATE');
    const { deliveredOn, manner } = body;
    if (deliveredOn < read.decision.on || deliveredOn > todayOf(call))
      return refuse('DATE_REFUSED', '送达日期应在作出决定之日至今天之间。');
    const { date: reconsiderUntil, certain } = reconsiderationEnd(deliveredOn, await parametersOf(table));
    const next = withStep(
      read,
      { step: 'notice-delivered', by: officer, at },
      { notice: { deliveredOn, manner, reconsiderUntil, certain }, due: undefined },
    );
    const answer = reply(200, { ...progressOf(next, todayOf(call)), reconsiderUntil });
    return advance(table, { read, next, answer }, call);
  });

export const handler = composed(() => recordNoticeHandler(httpDeps()));
