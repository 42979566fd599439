import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { advance } from './application-command.ts';
import { findApplication } from './application-store.ts';
import { findCheck, returnedCheck, waitsFor } from './income-check-store.ts';
import { recordIncomeCheck } from './survey-routes.ts';

/** Takes the answer of the province's platform. The first answer counts. */
export const recordIncomeCheckHandler = (deps: HttpDeps) =>
  handle(recordIncomeCheck, deps, async (call) => {
    const { params, body: found, officer: by, now: at } = call;
    const { table } = deps;
    const asked = await findCheck(table, params.requestId);
    const read = asked && (await findApplication(table, asked.applicationNo));
    if (!asked || !read) return refuse('CHECK_NOT_FOUND');
    if (!maySee(by, read.areaCode)) return refuse('OUTSIDE_AREA');
    if (asked.state === 'returned') return refuse('CHECK_RETURNED');
    if (!waitsFor(read, asked)) return refuse('WRONG_STATE');
    const parameters = await parametersOf(table);
    const { next, check, write } = returnedCheck(
      table,
      { application: read, check: asked, found },
      { by, at, parameters },
    );
    const { requestId, differences } = check;
    const answer = reply(200, { requestId, differences });
    return advance(table, { read, next, answer, further: [write] }, call);
  });

export const handler = composed(() => recordIncomeCheckHandler(httpDeps()));
