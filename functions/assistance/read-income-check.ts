import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findApplication } from './application-store.ts';
import { recordLook } from './data-look.ts';
import { openPerson } from './identity.ts';
import { findCheck } from './income-check-store.ts';
import { readIncomeCheck } from './survey-routes.ts';

/** Tells the system that asks the registers whom to ask about, in full. That it looked is on record before it is told. */
export const readIncomeCheckHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readIncomeCheck, deps, async (call) => {
    const { params, officer } = call;
    const { table } = deps;
    const check = await findCheck(table, params.requestId);
    const application = check && (await findApplication(table, check.applicationNo));
    if (!check || !application) return refuse('CHECK_NOT_FOUND');
    if (!maySee(officer, application.areaCode)) return refuse('OUTSIDE_AREA');
    const { requestId, applicationNo, state, registers } = check;
    const look = { applicationNo, fields: ['name', 'identityNumber'], reason: `信息核对 ${requestId}` };
    await recordLook(table, look, call);
    const open = await seals();
    const persons = check.memberIds.flatMap((memberId) => {
      const identity = application.identities[memberId];
      if (!identity) return [];
      const { name, identityNumber } = openPerson(open, applicationNo, memberId, identity);
      return [{ memberId, name, identityNumber }];
    });
    return reply(200, { requestId, applicationNo, state, registers: [...registers], persons });
  });

export const handler = composed(() => readIncomeCheckHandler(httpDeps(), sealsFromEnvironment()));
