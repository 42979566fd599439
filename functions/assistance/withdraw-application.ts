import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { mayBecome, withStep } from './application.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { withdrawApplication } from './application-routes.ts';
import { progressOf } from './application-view.ts';
import { endPublicity } from './publicity-store.ts';

/** Takes an application back before it is decided on; what was published of it is published no longer. */
export const withdrawApplicationHandler = (deps: HttpDeps) =>
  handle(withdrawApplication, deps, async (call) => {
    const { params, body, officer, now: at } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (!mayBecome(read.state, 'withdrawn')) return refuse('WRONG_STATE');
    const next = withStep(
      read,
      { step: 'withdrawn', by: officer, at, note: body.reason },
      { state: 'withdrawn', due: undefined },
    );
    const further = read.state === 'publicity' ? endPublicity(table, read, 'withdrawn') : [];
    return advance(table, { read, next, answer: reply(200, progressOf(next, todayOf(call))), further }, call);
  });

export const handler = composed(() => withdrawApplicationHandler(httpDeps()));
