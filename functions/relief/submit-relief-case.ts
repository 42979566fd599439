import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { takeStep } from './case-step.ts';
import { submitCase } from './procedure.ts';
import { submitReliefCase } from './procedure-routes.ts';

/** Hands a case up to the district. */
export const submitReliefCaseHandler = (deps: HttpDeps) =>
  handle(submitReliefCase, deps, (call) =>
    takeStep(deps, call.params.caseNo, 'submission', call, submitCase),
  );

export const handler = composed(() => submitReliefCaseHandler(httpDeps()));
