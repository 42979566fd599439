import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { acceptReliefCase } from './case-routes.ts';
import { takeStep } from './case-step.ts';
import { acceptCase } from './procedure.ts';

/** A township accepts what a village helper took in. */
export const acceptReliefCaseHandler = (deps: HttpDeps) =>
  handle(acceptReliefCase, deps, (call) =>
    takeStep(deps, call.params.caseNo, 'acceptance', call, acceptCase),
  );

export const handler = composed(() => acceptReliefCaseHandler(httpDeps()));
