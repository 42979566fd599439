import { PersonalDataShown } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { SealedField } from '../../shared/seal.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { caseOwner, newestVersion } from './entitlement.ts';
import { unmaskEntitlement } from './entitlement-routes.ts';
import { findEntitlement } from './entitlement-store.ts';

/** Shows sealed fields in full. The record of who saw what and why is written first: no record, no look (rulebook I.7, PIPL 51). */
export const unmaskEntitlementHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(unmaskEntitlement, deps, async ({ params, body, officer, now, correlationId }) => {
    const { programme, caseNo } = params;
    const entitlement = await findEntitlement(deps.table, programme, caseNo);
    if (!entitlement) return refuse('ENTITLEMENT_NOT_FOUND');
    const newest = newestVersion(entitlement);
    if (!maySee(officer, newest.areaCode)) return refuse('OUTSIDE_AREA');

    const owner = caseOwner(programme, caseNo);
    const shownEvent = happened(PersonalDataShown, {
      subject: `entitlement/${owner}`,
      which: `${officer.id}-${correlationId}`,
      at: now,
      correlationId,
      data: { programme, caseNo, fields: body.fields, shownTo: officer.id },
    });
    const lookKey = { pk: `LOOK#${owner}`, sk: `${now}#${officer.id}#${correlationId}` };
    const recorded = await transact(deps.table, [
      { Put: { TableName: deps.table.name, Item: { ...lookKey, fields: body.fields, reason: body.reason } } },
      announce(deps.table, shownEvent),
    ]);
    if (!recorded.committed) throw new Error('The look was not recorded, so nothing is shown.');
    log('PERSONAL_DATA_SHOWN', { officer: officer.id, fields: body.fields.join(','), correlationId });

    const open = await seals();
    const sealed = {
      identityNumber: newest.identityNumber,
      account: newest.payee?.account,
      phone: newest.phone,
    };
    const field = (name: keyof typeof sealed & SealedField) => {
      const value = sealed[name];
      return body.fields.includes(name) && value ? open.open(owner, name, value) : undefined;
    };
    return reply(200, {
      identityNumber: field('identityNumber'),
      account: field('account'),
      phone: field('phone'),
    });
  });

export const handler = composed(() => unmaskEntitlementHandler(httpDeps(), sealsFromEnvironment()));
