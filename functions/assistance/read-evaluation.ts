import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { monthOfDate, nextMonth } from '../../shared/month.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { reply } from '../../shared/route.ts';
import { applicationFor, todayOf } from './application-command.ts';
import { readEvaluation } from './application-routes.ts';
import { evaluate } from './evaluate.ts';

/** Reckons the application anew each time: what an officer reads is what the facts and numbers of now say. */
export const readEvaluationHandler = (deps: HttpDeps) =>
  handle(readEvaluation, deps, async ({ params, query, officer, now }) => {
    const application = await applicationFor(deps.table, officer, params.applicationNo);
    if ('refused' in application) return application;
    const month = query.month ?? nextMonth(monthOfDate(todayOf({ now })));
    return reply(200, evaluate(application.facts, month, await parametersOf(deps.table)));
  });

export const handler = composed(() => readEvaluationHandler(httpDeps()));
