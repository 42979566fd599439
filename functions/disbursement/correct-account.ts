import { EntitlementsRecorded } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { caseOwner, newestVersion, withVersion } from './entitlement.ts';
import { correctAccount } from './entitlement-routes.ts';
import { findEntitlement, recordVersion } from './entitlement-store.ts';
import { viewEntitlement } from './entitlement-view.ts';
import { checkAccount } from './payee.ts';
import { sealPayee } from './recording.ts';

/** Records a corrected account as the next version of the entitlement: next month's run and this month's supplement use it. */
export const correctAccountHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(correctAccount, deps, async ({ params, body, officer, now, correlationId }) => {
    const { programme, caseNo } = params;
    const existing = await findEntitlement(deps.table, programme, caseNo);
    if (!existing) return refuse('ENTITLEMENT_NOT_FOUND');
    const newest = newestVersion(existing);
    if (!maySee(officer, newest.areaCode)) return refuse('OUTSIDE_AREA');
    const open = await seals();
    const owner = caseOwner(programme, caseNo);
    const name = open.open(owner, 'name', newest.name);
    const checked = checkAccount({
      account: body.account,
      accountName: body.accountName ?? name,
      bank: body.bank,
      name,
    });
    if ('refused' in checked) return refuse('ACCOUNT_REFUSED', checked.refused);

    const payee = sealPayee(open, owner, checked.payee);
    if (payee.index === newest.payee?.index) return reply(200, viewEntitlement(existing, open));
    const { version: _version, ...content } = newest;
    const correction = {
      payee,
      notices: checked.notices,
      recordedAt: now,
      recordedBy: officer.id,
      proof: body.proof,
    };
    const next = withVersion(
      existing,
      { programme, caseNo },
      { ...content, ...correction, origin: 'correction' },
    );
    const { version, from, amountFen } = newestVersion(next);
    const data = { origin: 'correction', entitlements: [{ programme, caseNo, version, from, amountFen }] };
    const fact = { subject: `entitlement/${owner}`, which: String(version), at: now, correlationId, data };
    // The answer shows a name, so it is not kept for the idempotency key: done again, the command changes nothing anyway.
    const outcome = await transact(deps.table, [
      ...recordVersion(deps.table, existing, next),
      announce(deps.table, happened(EntitlementsRecorded, fact)),
    ]);
    return outcome.committed ? reply(200, viewEntitlement(next, open)) : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => correctAccountHandler(httpDeps(), sealsFromEnvironment()));
