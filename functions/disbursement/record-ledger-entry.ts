import { randomUUID } from 'node:crypto';
import { LedgerEntryRecorded } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { newestVersion } from './entitlement.ts';
import { recordLedgerEntry } from './entitlement-routes.ts';
import { findEntitlement } from './entitlement-store.ts';
import type { LedgerEntry } from './ledger.ts';
import { ledgerItem } from './ledger-store.ts';
import { viewLedgerEntry } from './ledger-view.ts';

/** Enters arrears or a recovery; the run it enters is approved by a second officer, and the entry with it. */
export const recordLedgerEntryHandler = (deps: HttpDeps, newId: () => string) =>
  handle(recordLedgerEntry, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { programme, caseNo, kind, amountFen, reason } = body;
    const entitlement = await findEntitlement(deps.table, programme, caseNo);
    if (!entitlement) return refuse('ENTITLEMENT_NOT_FOUND');
    const { areaCode } = newestVersion(entitlement);
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const entry: LedgerEntry = {
      entryId: newId(),
      programme,
      caseNo,
      areaCode,
      kind,
      amountFen,
      reason,
      origin: `officer/${officer.id}`,
      recordedAt: now,
      recordedBy: officer.id,
      version: 1,
      applied: {},
    };
    const data = { entryId: entry.entryId, programme, caseNo, kind, amountFen };
    const fact = { subject: `ledger/${entry.entryId}`, which: 'recorded', at: now, correlationId, data };
    const answer = reply(201, viewLedgerEntry(entry, []));
    const outcome = await transact(deps.table, [
      putNew(deps.table, ledgerItem(entry)),
      announce(deps.table, happened(LedgerEntryRecorded, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => recordLedgerEntryHandler(httpDeps(), randomUUID));
