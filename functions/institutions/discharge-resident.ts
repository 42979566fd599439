import { ResidentDischarged } from '../../events/institutions.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { freeBed } from './home-store.ts';
import { recordOfResident } from './institution-view.ts';
import { dischargeResident } from './resident-routes.ts';
import { findResident, monthsBooked, monthsUnsettled, writeResident } from './resident-store.ts';
import { discharged, lastStay, monthsFrom, residentOwner } from './stay.ts';

/** A resident leaves. The account stays open until its balance is refunded, which takes a voucher and a second officer. */
export const dischargeResidentHandler = (deps: HttpDeps) =>
  handle(dischargeResident, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { caseNo } = params;
    const { on, reason } = body;
    const resident = await findResident(table, caseNo);
    if (!resident) return refuse('RESIDENT_NOT_FOUND');
    const { creditCode, areaCode } = lastStay(resident);
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    const next = discharged(resident, on, reason, today);
    if (typeof next === 'string') return refuse(next);
    const changed = { creditCode, caseNo, months: monthsFrom(on, today) };
    if ((await monthsBooked(table, 'settlement', changed)).size > 0) return refuse('MONTH_SETTLED');

    const data = { creditCode, areaCode, caseNo, dischargedOn: on, reason, version: next.version };
    const subject = residentOwner(caseNo);
    const fact = { subject, which: String(next.version), at: now, correlationId, data };
    const answer = reply(200, recordOfResident(next));
    const outcome = await transact(table, [
      writeResident(table, next),
      freeBed(table, creditCode),
      ...monthsUnsettled(table, changed),
      announce(table, happened(ResidentDischarged, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => dischargeResidentHandler(httpDeps()));
