import { EntitlementsRecorded } from '../../events/disbursement.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { programmeOfCode } from '../../shared/programme.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { caseOwner, newestVersion, saysNothingNew, withVersion } from './entitlement.ts';
import { recordEntitlement } from './entitlement-routes.ts';
import { findEntitlement, recordVersion } from './entitlement-store.ts';
import { viewEntitlement } from './entitlement-view.ts';
import { fingerprintOf, versionOf } from './recording.ts';
import { type Cells, type Column, checkRosterRow, columns } from './roster-row.ts';

/** Records one case by the rules of a roster row, so that a system and a spreadsheet cannot be treated differently. */
export const recordEntitlementHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(recordEntitlement, deps, async ({ params, body, officer, now, correlationId }) => {
    const { programme, caseNo } = params;
    const cells = Object.fromEntries(
      (Object.entries(columns) as [Column, string][]).map(([column, name]) => [column, body[name] ?? '']),
    ) as Cells;
    const { row, findings } = checkRosterRow(
      { ...cells, programme: programmeOfCode(programme).name, caseNo },
      1,
      dateAt(now),
    );
    if (!row) {
      const faults = findings
        .filter(({ refused }) => refused)
        .map(({ column, reason }) => `${column}:${reason}`);
      return refuse('ROW_REFUSED', faults.join(';'));
    }
    const existing = await findEntitlement(deps.table, programme, caseNo);
    const areas = [row.areaCode, ...(existing ? [newestVersion(existing).areaCode] : [])];
    if (!areas.every((area) => maySee(officer, area))) return refuse('OUTSIDE_AREA');
    const open = await seals();
    const fingerprint = fingerprintOf(open, row);
    if (existing && saysNothingNew(existing, fingerprint)) return reply(200, viewEntitlement(existing, open));

    const origin = `officer/${officer.id}`;
    const content = versionOf(open, row, fingerprint, { at: now, by: officer.id, origin });
    const next = withVersion(existing, { programme, caseNo }, content);
    const { version, from, amountFen } = newestVersion(next);
    const data = { origin, entitlements: [{ programme, caseNo, version, from, amountFen }] };
    const subject = `entitlement/${caseOwner(programme, caseNo)}`;
    const fact = { subject, which: String(version), at: now, correlationId, data };
    // The answer shows a name, so it is not kept for the idempotency key: done again, the command changes nothing anyway.
    const outcome = await transact(deps.table, [
      ...recordVersion(deps.table, existing, next),
      announce(deps.table, happened(EntitlementsRecorded, fact)),
    ]);
    return outcome.committed ? reply(200, viewEntitlement(next, open)) : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => recordEntitlementHandler(httpDeps(), sealsFromEnvironment()));
