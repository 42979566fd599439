import { inParallel, type Table } from '../../shared/dynamo.ts';
import { Fen } from '../../shared/money.ts';
import { firstDayOf, type Month } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { accountsOf } from './book-store.ts';
import { amountFor, entitlementsOf } from './entitlement-store.ts';
import type { Account, Document, Line } from './ledger.ts';
import { findResidents, monthsBooked } from './resident-store.ts';
import { monthlyOf, settle } from './settlement.ts';
import { allDays, bedDays, livedIn, type Resident } from './stay.ts';
import type { VoucherLine } from './voucher.ts';

/** What a month of an institution comes to, person by person. */

type Person = {
  readonly account: Account;
  readonly resident: Resident;
  readonly entitledFen: number;
};
type About = {
  readonly month: Month;
  readonly document: Document;
  readonly parameters: ParameterSet;
};

const lineOf = (
  caseNo: string,
  purpose: Line['purpose'],
  counterparty: Line['counterparty'],
  amountFen: number,
  document: Document,
): VoucherLine[] =>
  amountFen > 0 ? [{ caseNo, purpose, counterparty, amountFen: Fen.parse(amountFen), document }] : [];

/** What came in for a person: of those who lived there on the 1st, when payments are opened (B11). */
export const receiptLines = (
  { account: { creditCode, caseNo }, resident, entitledFen }: Person,
  { month, document, parameters }: About,
): VoucherLine[] => {
  if (!livedIn(resident, creditCode, firstDayOf(month))) return [];
  const { basicFen, careFen } = monthlyOf(entitledFen, month, parameters);
  return [
    ...lineOf(caseNo, 'basic', 'treasury', basicFen, document),
    ...lineOf(caseNo, 'care', 'treasury', careFen, document),
  ];
};

/** What a person's month costs: pocket money to the person, then the institution by bed-days, out of the balance. */
export const settlementLines = (
  { account: { creditCode, caseNo, balanceFen }, resident, entitledFen }: Person,
  { month, document, parameters }: About,
): VoucherLine[] => {
  const dischargeDayCounts = numberFor(parameters, 'institution.discharge_day_counts', month) === 1;
  const days = bedDays(resident, creditCode, month, dischargeDayCounts);
  if (allDays(days) === 0) return [];
  const monthly = monthlyOf(entitledFen, month, parameters);
  const { pocketFen, settledFen, shortFen } = settle(balanceFen, monthly, days, month, parameters);
  return [
    ...lineOf(caseNo, 'pocket-money', 'resident', pocketFen, document),
    // Also when it is nothing: the month is settled with it, and says what was missing.
    {
      caseNo,
      purpose: 'settlement',
      counterparty: 'home-operating',
      amountFen: Fen.parse(settledFen),
      document,
      bedDays: days,
      shortFen,
    },
  ];
};

/** Everybody whom the books of an institution answer for in a month and who is not booked for it yet. */
export const personsOfMonth = async (
  table: Table,
  creditCode: string,
  kind: 'receipts' | 'settlement',
  month: Month,
): Promise<Person[]> => {
  const accounts = (await accountsOf(table, creditCode)).filter(({ since }) => since <= month);
  const residents = await findResidents(
    table,
    accounts.map(({ caseNo }) => caseNo),
  );
  const persons: Person[] = [];
  await inParallel(accounts, 8, async (account) => {
    const resident = residents.get(account.caseNo);
    const booked = await monthsBooked(table, kind, { creditCode, caseNo: account.caseNo, months: [month] });
    if (!resident || booked.size > 0) return;
    const entitledFen = amountFor(await entitlementsOf(table, account.caseNo), month) ?? 0;
    persons.push({ account, resident, entitledFen });
  });
  return persons.toSorted((a, b) => (a.account.caseNo < b.account.caseNo ? -1 : 1));
};
