import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { answerFinding } from './finding.ts';
import { takeFindingStep } from './finding-step.ts';
import { answerReliefFinding } from './inspection-routes.ts';

/** The township says what it has put right. */
export const answerReliefFindingHandler = (deps: HttpDeps) =>
  handle(answerReliefFinding, deps, async (call) => {
    const { params, body, officer, now } = call;
    return takeFindingStep(deps.table, params, call, (known) =>
      answerFinding(known, { at: now, by: officer.id, text: body.text }),
    );
  });

export const handler = composed(() => answerReliefFindingHandler(httpDeps()));
