import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type Table, transact } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { Fen } from '../../shared/money.ts';
import { type Month, monthOfDate } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findAccount, findAccounts } from './book-store.ts';
import { findHome } from './home-store.ts';
import { viewVoucher } from './institution-view.ts';
import { type Account, allowedWith } from './ledger.ts';
import { findResident, monthsBooked } from './resident-store.ts';
import { allDays, bedDays, livesIn, monthsFrom, type Resident } from './stay.ts';
import type { Voucher, VoucherLine } from './voucher.ts';
import { proposed } from './voucher-event.ts';
import { recordVoucher } from './voucher-routes.ts';
import { writeVoucher } from './voucher-store.ts';

type Body = z.output<typeof recordVoucher.body>;
type Draft = { readonly lines: readonly VoucherLine[]; readonly residents: Readonly<Record<string, number>> };

/** The months with bed-days that the books answer for. */
const monthsOfStays = (
  resident: Resident,
  { creditCode, since }: Account,
  today: string,
  parameters: ParameterSet,
): Month[] =>
  monthsFrom(`${since}-01`, today).filter((month) => {
    const dischargeDayCounts = numberFor(parameters, 'institution.discharge_day_counts', month) === 1;
    return allDays(bedDays(resident, creditCode, month, dischargeDayCounts)) > 0;
  });

/** The whole balance of somebody who has left, once every month is settled. */
const refundOf = async (
  table: Table,
  creditCode: string,
  body: Extract<Body, { kind: 'refund' }>,
  today: string,
) => {
  const { caseNo, counterparty, document } = body;
  const account = await findAccount(table, creditCode, caseNo);
  const resident = await findResident(table, caseNo);
  if (!account || !resident) return 'RESIDENT_NOT_FOUND';
  if (livesIn(resident, creditCode)) return 'STILL_RESIDENT';
  if (account.balanceFen === 0) return 'NOTHING_TO_PROPOSE';
  const months = monthsOfStays(resident, account, today, await parametersOf(table));
  const settled = await monthsBooked(table, 'settlement', { creditCode, caseNo, months });
  if (settled.size < months.length) return 'MONTHS_UNSETTLED';
  const line = { caseNo, purpose: 'refund', counterparty, document, amountFen: account.balanceFen } as const;
  return { lines: [line], residents: { [caseNo]: resident.version } } satisfies Draft;
};

const entriesOf = async (table: Table, creditCode: string, body: Extract<Body, { kind: 'entries' }>) => {
  const { lines, document } = body;
  if (!lines.every(({ purpose, counterparty }) => allowedWith(purpose, counterparty)))
    return 'COUNTERPARTY_REFUSED';
  const persons = [...new Set(lines.map(({ caseNo }) => caseNo))];
  const accounts = await findAccounts(table, creditCode, persons);
  const isOpen = (caseNo: string) => accounts.get(caseNo)?.state === 'open';
  if (!persons.every(isOpen)) return 'RESIDENT_NOT_FOUND';
  return {
    lines: lines.map((line) => ({ ...line, amountFen: Fen.parse(line.amountFen), document })),
    residents: {},
  } satisfies Draft;
};

/** Prepares entries by hand, or a refund; nothing is booked before a second officer agrees. */
export const recordVoucherHandler = (deps: HttpDeps, newId: () => string) =>
  handle(recordVoucher, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { creditCode } = params;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    const draft =
      body.kind === 'refund'
        ? await refundOf(table, creditCode, body, today)
        : await entriesOf(table, creditCode, body);
    if (typeof draft === 'string') return refuse(draft);
    const voucher: Voucher = {
      voucherId: newId(),
      creditCode,
      areaCode: home.areaCode,
      kind: body.kind,
      month: body.kind === 'entries' ? body.month : monthOfDate(today),
      lines: draft.lines,
      residents: draft.residents,
      state: 'proposed',
      preparedBy: officer.id,
      preparedAt: now,
      version: 1,
    };
    const answer = reply(201, viewVoucher(voucher));
    const outcome = await transact(table, [
      writeVoucher(table, voucher),
      proposed(table, voucher, correlationId),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => recordVoucherHandler(httpDeps(), randomUUID));
