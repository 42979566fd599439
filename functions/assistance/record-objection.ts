import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { objected } from './objection.ts';
import { recordObjection } from './publicity-routes.ts';

/** An objection that reached the office, taken until the application is sent up: also one that came by post in time. */
export const recordObjectionHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(recordObjection, deps, async (call) => {
    const { params, body, officer } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (read.state !== 'publicity') return refuse('WRONG_STATE');
    const { next, further } = objected(table, read, body, {
      ...call,
      seals: await seals(),
      parameters: await parametersOf(table),
    });
    const answer = reply(200, progressOf(next, todayOf(call)));
    return advance(table, { read, next, answer, further }, call);
  });

export const handler = composed(() => recordObjectionHandler(httpDeps(), sealsFromEnvironment()));
