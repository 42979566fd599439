import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { takeStep } from './case-step.ts';
import { checkCase } from './decision.ts';
import { checkReliefCase } from './procedure-routes.ts';
import { sealText } from './sealed-case.ts';

/** The bureau’s clerk looks through a file. */
export const checkReliefCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(checkReliefCase, deps, async (call) => {
    const open = await seals();
    return takeStep(deps, call.params.caseNo, 'check', call, (known, acting) => {
      const note = sealText(open, known.caseNo, 'check', call.body.note);
      return checkCase(known, { passes: call.body.passes, note }, acting);
    });
  });

export const handler = composed(() => checkReliefCaseHandler(httpDeps(), sealsFromEnvironment()));
