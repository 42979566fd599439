import { AbsenceRecorded } from '../../events/institutions.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { recordOfResident } from './institution-view.ts';
import { recordAbsence } from './resident-routes.ts';
import { findResident, monthsBooked, monthsUnsettled, writeResident } from './resident-store.ts';
import { lastStay, monthsChanged, residentOwner, withAbsence } from './stay.ts';

/** A resident goes away or comes back. Bed-days of a settled month stay as they were settled. */
export const recordAbsenceHandler = (deps: HttpDeps) =>
  handle(recordAbsence, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { caseNo } = params;
    const resident = await findResident(table, caseNo);
    if (!resident) return refuse('RESIDENT_NOT_FOUND');
    const { creditCode, areaCode, absences } = lastStay(resident);
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    const next = withAbsence(resident, body, today);
    if (typeof next === 'string') return refuse(next);
    const before = absences.find(({ from }) => from === body.from);
    const changed = { creditCode, caseNo, months: monthsChanged(before, body, today) };
    if ((await monthsBooked(table, 'settlement', changed)).size > 0) return refuse('MONTH_SETTLED');

    const data = { creditCode, areaCode, caseNo, ...body };
    const subject = residentOwner(caseNo);
    const fact = { subject, which: String(next.version), at: now, correlationId, data };
    const answer = reply(200, recordOfResident(next));
    const outcome = await transact(table, [
      writeResident(table, next),
      ...monthsUnsettled(table, changed),
      announce(table, happened(AbsenceRecorded, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => recordAbsenceHandler(httpDeps()));
