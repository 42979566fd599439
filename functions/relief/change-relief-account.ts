import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { changeReliefAccount } from './case-routes.ts';
import { takeStep } from './case-step.ts';
import { changeAccount } from './procedure.ts';
import { namesOf, sealAccount } from './sealed-case.ts';

/** Enters or corrects where the money goes. */
export const changeReliefAccountHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(changeReliefAccount, deps, async (call) => {
    const open = await seals();
    const { method, ...account } = call.body;
    return takeStep(deps, call.params.caseNo, 'account', call, (known) => {
      const sealed = sealAccount(open, known.caseNo, account, namesOf(known, open));
      return sealed === 'ACCOUNT_REFUSED' ? sealed : changeAccount(known, sealed, method ?? known.method);
    });
  });

export const handler = composed(() => changeReliefAccountHandler(httpDeps(), sealsFromEnvironment()));
