import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { takeStep } from './case-step.ts';
import { closeCase } from './decision.ts';
import { closeReliefCase } from './procedure-routes.ts';

/** Closes a case whose file is complete. */
export const closeReliefCaseHandler = (deps: HttpDeps) =>
  handle(closeReliefCase, deps, (call) => takeStep(deps, call.params.caseNo, 'closure', call, closeCase));

export const handler = composed(() => closeReliefCaseHandler(httpDeps()));
