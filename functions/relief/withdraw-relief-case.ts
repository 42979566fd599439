import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { takeStep } from './case-step.ts';
import { withdrawCase } from './procedure.ts';
import { withdrawReliefCase } from './procedure-routes.ts';

/** The applicant takes the application back. */
export const withdrawReliefCaseHandler = (deps: HttpDeps) =>
  handle(withdrawReliefCase, deps, (call) =>
    takeStep(deps, call.params.caseNo, 'withdrawal', call, withdrawCase),
  );

export const handler = composed(() => withdrawReliefCaseHandler(httpDeps()));
