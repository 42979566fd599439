import { CaseDataShown } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { unmaskCase } from './case-routes.ts';
import { findCase } from './case-store.ts';
import { openAccount, openPerson } from './identity.ts';
import { keys } from './table.ts';

/** Shows sealed fields in full. The record of who saw what and why is written first: no record, no look (rulebook I.7, PIPL 51). */
export const unmaskCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(unmaskCase, deps, async ({ params, body, officer, now, correlationId }) => {
    const { caseNo } = params;
    const { memberId, fields } = body;
    const known = await findCase(deps.table, caseNo);
    if (!known) return refuse('CASE_NOT_FOUND');
    if (!maySee(officer, known.areaCode)) return refuse('OUTSIDE_AREA');
    const identity = known.identities[memberId];
    if (!identity) return refuse('MEMBER_NOT_FOUND');

    const shown = happened(CaseDataShown, {
      subject: `case/${caseNo}`,
      which: `${officer.id}-${correlationId}`,
      at: now,
      correlationId,
      data: { caseNo, memberId, fields, shownTo: officer.id },
    });
    const look = {
      ...keys.look(`case/${caseNo}`, `${now}#${officer.id}#${correlationId}`),
      memberId,
      fields,
    };
    const recorded = await transact(deps.table, [
      { Put: { TableName: deps.table.name, Item: { ...look, reason: body.reason } } },
      announce(deps.table, shown),
    ]);
    if (!recorded.committed) throw new Error('The look was not recorded, so nothing is shown.');
    log('PERSONAL_DATA_SHOWN', { officer: officer.id, fields: fields.join(','), correlationId });

    const open = await seals();
    const person = openPerson(open, caseNo, memberId, identity);
    const account = known.account && openAccount(open, caseNo, known.account).account;
    return reply(200, {
      identityNumber: fields.includes('identityNumber') ? person.identityNumber : undefined,
      phone: fields.includes('phone') ? person.phone : undefined,
      account: fields.includes('account') ? account : undefined,
    });
  });

export const handler = composed(() => unmaskCaseHandler(httpDeps(), sealsFromEnvironment()));
