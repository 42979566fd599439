import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { withStep } from './application.ts';
import { dueAfter } from './application-clock.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { dateText } from './decision-letter.ts';
import { forwardApplication } from './decision-routes.ts';

/** Sends an application up, from the day after the last day of its publicity. */
export const forwardApplicationHandler = (deps: HttpDeps) =>
  handle(forwardApplication, deps, async (call) => {
    const { params, body, officer, now: at } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (read.state !== 'publicity' || !read.publicity) return refuse('WRONG_STATE');
    const today = todayOf(call);
    const { endsOn } = read.publicity;
    if (today <= endsOn) return refuse('PUBLICITY_RUNNING', `公示至${dateText(endsOn)}止,期满后方可上报。`);
    const next = withStep(
      read,
      { step: 'forwarded', by: officer, at, note: body.note },
      { state: 'awaiting-decision', due: dueAfter('decide', today, await parametersOf(table)) },
    );
    return advance(table, { read, next, answer: reply(200, progressOf(next, today)) }, call);
  });

export const handler = composed(() => forwardApplicationHandler(httpDeps()));
