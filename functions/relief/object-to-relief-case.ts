import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { takeStep } from './case-step.ts';
import { recordObjection } from './procedure.ts';
import { objectToReliefCase } from './procedure-routes.ts';
import { sealText } from './sealed-case.ts';

/** Records what somebody of the public objects to. */
export const objectToReliefCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(objectToReliefCase, deps, async (call) => {
    const open = await seals();
    return takeStep(deps, call.params.caseNo, 'objection', call, (known, acting) => {
      const place = `objection-${known.objections.length}`;
      return recordObjection(known, sealText(open, known.caseNo, place, call.body.text), acting);
    });
  });

export const handler = composed(() => objectToReliefCaseHandler(httpDeps(), sealsFromEnvironment()));
