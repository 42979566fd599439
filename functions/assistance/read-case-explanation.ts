import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { monthOfDate } from '../../shared/month.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { aidOf } from './case.ts';
import { comparedWith, verdictFor } from './case-explanation.ts';
import { readCaseExplanation } from './case-routes.ts';
import { findCase, findFacts } from './case-store.ts';
import { viewDetermination } from './case-view.ts';
import { determinationFor } from './determination.ts';

/** Replays a determination: its facts, and the numbers as they were known when it was made. Names nobody. */
export const readCaseExplanationHandler = (deps: HttpDeps) =>
  handle(readCaseExplanation, deps, async ({ params, query, officer, now }) => {
    const { table } = deps;
    const known = await findCase(table, params.caseNo);
    if (!known) return refuse('CASE_NOT_FOUND');
    if (!maySee(officer, known.areaCode)) return refuse('OUTSIDE_AREA');
    const month = query.month ?? monthOfDate(dateAt(now));
    const determination = determinationFor(known.determinations, month);
    if (!determination) return refuse('NO_DETERMINATION');

    const { factsVersion, madeAt, maker, checkers } = determination;
    const facts = await findFacts(table, known.caseNo, factsVersion);
    if (!facts)
      throw new Error(`The facts ${factsVersion} of ${known.caseNo} were written and are not there.`);
    const verdict = verdictFor(facts, aidOf(known), month, await parametersOf(table, madeAt));
    return reply(200, {
      caseNo: known.caseNo,
      month,
      determination: viewDetermination(determination),
      verdict,
      ...comparedWith(determination, verdict),
      decidedBy: { maker, checkers, at: madeAt },
    });
  });

export const handler = composed(() => readCaseExplanationHandler(httpDeps()));
