import { VoucherPosted, VoucherRejected } from '../../events/institutions.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, type Table, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findAccounts, writeBooking } from './book-store.ts';
import { viewVoucher } from './institution-view.ts';
import { book } from './ledger.ts';
import { findResidents, monthsBooked, residentUnchanged } from './resident-store.ts';
import { keys } from './table.ts';
import { decided, isMonthly, personsOf, type Voucher, voucherSubject } from './voucher.ts';
import { voucherFacts } from './voucher-event.ts';
import { decideVoucher } from './voucher-routes.ts';
import { findVoucher, writeVoucher } from './voucher-store.ts';

/** Whether what the voucher was prepared from has changed since; the conditions of the booking ask the same of the database. */
const staleness = async (table: Table, voucher: Voucher) => {
  const { creditCode, kind, month } = voucher;
  if (isMonthly(kind)) {
    for (const caseNo of personsOf(voucher)) {
      const booked = await monthsBooked(table, kind, { creditCode, caseNo, months: [month] });
      if (booked.size > 0) return 'BOOKED_ALREADY';
    }
  }
  const residents = await findResidents(table, Object.keys(voucher.residents));
  const unchanged = Object.entries(voucher.residents).every(
    ([caseNo, version]) => residents.get(caseNo)?.version === version,
  );
  return unchanged ? undefined : 'RESIDENT_CHANGED';
};

/** The lines over the accounts as they are now; after a refund the account is closed, and must be empty to be. */
const bookingOf = async (table: Table, voucher: Voucher, today: string) => {
  const accounts = await findAccounts(table, voucher.creditCode, personsOf(voucher));
  const on = { bookedOn: today, month: voucher.month, voucherId: voucher.voucherId };
  const lines = voucher.lines.map(({ bedDays: _bedDays, shortFen: _shortFen, ...line }) => line);
  const booking = book(accounts, lines, on);
  if ('tooLow' in booking)
    return refuse('BALANCE_TOO_LOW', `个人账户余额不足:${booking.tooLow.join('、')}。`);
  if (voucher.kind !== 'refund') return booking;
  if (booking.accounts.some(({ balanceFen }) => balanceFen !== 0)) return refuse('BALANCE_CHANGED');
  return {
    ...booking,
    accounts: booking.accounts.map((account) => ({ ...account, state: 'closed' as const })),
  };
};

/** What books a voucher, or why it cannot be booked. */
const bookingWrites = async (table: Table, voucher: Voucher, today: string) => {
  const stale = await staleness(table, voucher);
  if (stale) return refuse(stale);
  const booking = await bookingOf(table, voucher, today);
  if ('refused' in booking) return booking;
  const { creditCode, kind, month, residents } = voucher;
  const slots = isMonthly(kind)
    ? personsOf(voucher).map((caseNo) => keys.monthSlot(creditCode, caseNo, kind, month))
    : [];
  return [
    ...writeBooking(table, creditCode, monthOfDate(today), booking),
    // Two vouchers of one person and month, both prepared before either was booked: the second loses.
    ...slots.map((slot) => putNew(table, slot)),
    ...Object.entries(residents).map(([caseNo, version]) => residentUnchanged(table, caseNo, version)),
  ];
};

/** A second officer decides; what is approved is booked with the decision, for all persons or for none. */
export const decideVoucherHandler = (deps: HttpDeps) =>
  handle(decideVoucher, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const voucher = await findVoucher(table, params.voucherId);
    if (!voucher) return refuse('VOUCHER_NOT_FOUND');
    if (!maySee(officer, voucher.areaCode)) return refuse('OUTSIDE_AREA');
    const rejects = body.decision === 'reject';
    const decision = { by: officer.id, at: now, reason: rejects ? body.reason : undefined };
    const next = decided(voucher, rejects ? 'rejected' : 'posted', decision);
    if (typeof next === 'string') return refuse(next);

    const booked = rejects ? [] : await bookingWrites(table, voucher, dateAt(now));
    if ('refused' in booked) return booked;

    const fact = { subject: voucherSubject(next.voucherId), at: now, correlationId };
    const facts = voucherFacts(next);
    const answer = reply(200, viewVoucher(next));
    const outcome = await transact(table, [
      writeVoucher(table, next),
      ...booked,
      announce(
        table,
        rejects
          ? happened(VoucherRejected, {
              ...fact,
              which: 'rejected',
              data: { ...facts, rejectedBy: officer.id },
            })
          : happened(VoucherPosted, { ...fact, which: 'posted', data: { ...facts, approvedBy: officer.id } }),
      ),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => decideVoucherHandler(httpDeps()));
