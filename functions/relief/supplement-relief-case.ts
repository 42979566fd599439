import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { takeStep } from './case-step.ts';
import { supplementCase } from './decision.ts';
import { supplementReliefCase } from './procedure-routes.ts';

/** Completes the papers of an advance (C08). */
export const supplementReliefCaseHandler = (deps: HttpDeps) =>
  handle(supplementReliefCase, deps, (call) =>
    takeStep(deps, call.params.caseNo, 'supplement', call, (known, acting) =>
      supplementCase(known, call.body, acting),
    ),
  );

export const handler = composed(() => supplementReliefCaseHandler(httpDeps()));
