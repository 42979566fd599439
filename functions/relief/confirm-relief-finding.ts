import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { confirmFinding } from './finding.ts';
import { takeFindingStep } from './finding-step.ts';
import { confirmReliefFinding } from './inspection-routes.ts';

/** The district closes a finding or opens it again; who answered it does not confirm it. */
export const confirmReliefFindingHandler = (deps: HttpDeps) =>
  handle(confirmReliefFinding, deps, async (call) => {
    const { params, body, officer, now } = call;
    return takeFindingStep(deps.table, params, call, (known) =>
      confirmFinding(known, { at: now, by: officer.id, ...body }),
    );
  });

export const handler = composed(() => confirmReliefFindingHandler(httpDeps()));
