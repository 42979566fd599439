import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { applicationFor } from './application-command.ts';
import { unmaskApplication } from './application-routes.ts';
import { recordLook } from './data-look.ts';
import { headOf, openAccount, openPerson } from './identity.ts';

/** Shows sealed fields of a member, and the household's account, in full. */
export const unmaskApplicationHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(unmaskApplication, deps, async (call) => {
    const { params, body, officer } = call;
    const application = await applicationFor(deps.table, officer, params.applicationNo);
    if ('refused' in application) return application;
    const { applicationNo, facts, identities, account } = application;
    await recordLook(deps.table, { applicationNo, fields: body.fields, reason: body.reason }, call);

    const open = await seals();
    const memberId = body.memberId ?? headOf(facts).memberId;
    const identity = identities[memberId];
    const person = identity && openPerson(open, applicationNo, memberId, identity);
    const asked = (field: (typeof body.fields)[number], value: string | undefined) =>
      body.fields.includes(field) ? value : undefined;
    return reply(200, {
      identityNumber: asked('identityNumber', person?.identityNumber),
      phone: asked('phone', person?.phone),
      account: asked('account', account && openAccount(open, applicationNo, account).account),
    });
  });

export const handler = composed(() => unmaskApplicationHandler(httpDeps(), sealsFromEnvironment()));
