import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { takeStep } from './case-step.ts';
import { giveOpinion } from './procedure.ts';
import { giveReliefOpinion } from './procedure-routes.ts';
import { sealText } from './sealed-case.ts';

/** The township’s first opinion. */
export const giveReliefOpinionHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(giveReliefOpinion, deps, async (call) => {
    const open = await seals();
    return takeStep(deps, call.params.caseNo, 'opinion', call, (known, acting) => {
      const note = sealText(open, known.caseNo, 'opinion', call.body.note);
      return giveOpinion(known, { ...call.body, note }, acting);
    });
  });

export const handler = composed(() => giveReliefOpinionHandler(httpDeps(), sealsFromEnvironment()));
