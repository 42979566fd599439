import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { takeStep } from './case-step.ts';
import { surveyCase } from './procedure.ts';
import { surveyReliefCase } from './procedure-routes.ts';

/** The home visit of two persons. */
export const surveyReliefCaseHandler = (deps: HttpDeps) =>
  handle(surveyReliefCase, deps, (call) =>
    takeStep(deps, call.params.caseNo, 'survey', call, (known, acting) =>
      surveyCase(known, call.body, acting),
    ),
  );

export const handler = composed(() => surveyReliefCaseHandler(httpDeps()));
