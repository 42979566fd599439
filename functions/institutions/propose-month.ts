import { randomUUID } from 'node:crypto';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { monthOfDate } from '../../shared/month.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findHome } from './home-store.ts';
import { viewVoucher } from './institution-view.ts';
import { personsOfMonth, receiptLines, settlementLines } from './month-proposal.ts';
import { partsOf, personsOf, type Voucher } from './voucher.ts';
import { proposed } from './voucher-event.ts';
import { proposeMonth } from './voucher-routes.ts';
import { proposalOf, writeProposal, writeVoucher } from './voucher-store.ts';

/** A transaction takes 100 writes, two for each voucher; the persons left over are proposed when it is asked for again. */
const VOUCHERS_AT_ONCE = 40;

/** Prepares a month of an institution; nothing is booked before a second officer agrees. */
export const proposeMonthHandler = (deps: HttpDeps, newId: () => string) =>
  handle(proposeMonth, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { creditCode } = params;
    const { kind, month, document } = body;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const present = monthOfDate(dateAt(now));
    if (month > present || (kind === 'settlement' && month === present)) return refuse('MONTH_NOT_OVER');
    const proposal = await proposalOf(table, creditCode, kind, month);
    if (proposal.open) return refuse('VOUCHER_OPEN');

    const parameters = await parametersOf(table);
    const about = { month, document, parameters };
    const persons = await personsOfMonth(table, creditCode, kind, month);
    const linesOf = kind === 'receipts' ? receiptLines : settlementLines;
    const parts = partsOf(persons.flatMap((person) => linesOf(person, about)));
    if (parts.length === 0) return refuse('NOTHING_TO_PROPOSE');
    const versions = new Map(persons.map(({ resident }) => [resident.caseNo, resident.version]));
    const vouchers = parts.slice(0, VOUCHERS_AT_ONCE).map((lines): Voucher => {
      const residents = personsOf({ lines }).map((caseNo) => [caseNo, versions.get(caseNo) ?? 0] as const);
      return {
        voucherId: newId(),
        creditCode,
        areaCode: home.areaCode,
        kind,
        month,
        lines,
        residents: Object.fromEntries(residents),
        state: 'proposed',
        preparedBy: officer.id,
        preparedAt: now,
        version: 1,
      };
    });
    const answer = reply(201, { items: vouchers.map(viewVoucher) });
    const voucherIds = vouchers.map(({ voucherId }) => voucherId);
    const outcome = await transact(table, [
      writeProposal(table, { creditCode, kind, month }, voucherIds, proposal.version),
      ...vouchers.flatMap((voucher) => [
        writeVoucher(table, voucher),
        proposed(table, voucher, correlationId),
      ]),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => proposeMonthHandler(httpDeps(), randomUUID));
