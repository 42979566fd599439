import {
  addTo,
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  queryAll,
  type Table,
  type Write,
  within,
} from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import { Account, type Booking, Entry, type Purpose, purposes, sumOf } from './ledger.ts';
import { keys } from './table.ts';

const accountItem = (account: Account): Item => ({
  ...account,
  ...keys.account(account.creditCode, account.caseNo),
});

export const findAccount = async (
  table: Table,
  creditCode: string,
  caseNo: string,
): Promise<Account | undefined> => {
  const item = await getItem(table, keys.account(creditCode, caseNo));
  return item && Account.parse(item);
};

/** Accounts of some persons, by case number. */
export const findAccounts = async (
  table: Table,
  creditCode: string,
  caseNos: readonly string[],
): Promise<Map<string, Account>> => {
  const items = await getItems(
    table,
    caseNos.map((caseNo) => keys.account(creditCode, caseNo)),
  );
  return new Map(
    items.map((item) => {
      const account = Account.parse(item);
      return [account.caseNo, account];
    }),
  );
};

/** Every account of an institution, in the order of the case numbers, closed ones too. */
export const accountsOf = async (table: Table, creditCode: string): Promise<Account[]> => {
  const accounts: Account[] = [];
  for await (const item of queryAll(table, within(keys.accountsOf(creditCode)))) {
    accounts.push(Account.parse(item));
  }
  return accounts;
};

/** Writes the next version of an account; loses to another booking in between, which then counts first. */
export const writeAccount = (table: Table, next: Account): Write =>
  next.version === 1 ? putNew(table, accountItem(next)) : putOver(table, accountItem(next), next.version - 1);

/**
 * The writes of a booking, both sides of it: persons' accounts with their entries, and the fund with the turnover of the month
 * of booking. They belong into one transaction, which is what keeps the fund equal to the sum of persons.
 */
export const writeBooking = (
  table: Table,
  creditCode: string,
  bookedIn: Month,
  { accounts, entries }: Booking,
): Write[] => {
  const turnover: Partial<Record<Purpose, number>> = {};
  for (const { purpose, amountFen } of entries) turnover[purpose] = (turnover[purpose] ?? 0) + amountFen;
  return [
    ...accounts.map((account) => writeAccount(table, account)),
    // An entry's number follows from its account's version: of two bookings of one number one loses.
    ...entries.map((entry) =>
      putNew(table, { ...entry, ...keys.entry(creditCode, entry.caseNo, bookedIn, entry.number) }),
    ),
    addTo(table, keys.fund(creditCode), { balanceFen: sumOf(entries), bookings: 1 }),
    // An update must change something: a settlement that no balance reached for moves nothing.
    ...(entries.length === 0 ? [] : [addTo(table, keys.turnover(creditCode, bookedIn), turnover)]),
  ];
};

/** Entries of a person that were booked in the months from one to another, in the order of booking. */
export const entriesOf = async (
  table: Table,
  creditCode: string,
  caseNo: string,
  from: Month,
  to?: Month,
): Promise<Entry[]> => {
  const entries: Entry[] = [];
  const selection = {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': keys.entriesOf(creditCode, caseNo),
      ':from': `${from}#`,
      // `~` sorts after every digit.
      ':to': `${to ?? ''}~`,
    },
    ConsistentRead: true,
  };
  for await (const item of queryAll(table, selection)) entries.push(Entry.parse(item));
  return entries;
};

export type Turnover = {
  readonly month: string;
  readonly amounts: Readonly<Partial<Record<Purpose, number>>>;
};
const allPurposes = Object.keys(purposes) as Purpose[];

/** What moved in an institution, month of booking by month of booking, from a month on. */
export const turnoversFrom = async (table: Table, creditCode: string, from: Month): Promise<Turnover[]> => {
  const turnovers: Turnover[] = [];
  const selection = {
    KeyConditionExpression: 'pk = :pk AND sk >= :from',
    ExpressionAttributeValues: { ':pk': keys.turnoversOf(creditCode), ':from': from },
    ConsistentRead: true,
  };
  for await (const item of queryAll(table, selection)) {
    const amounts = Object.fromEntries(allPurposes.map((purpose) => [purpose, Number(item[purpose] ?? 0)]));
    turnovers.push({ month: String(item.sk), amounts });
  }
  return turnovers;
};

/** By how much a month's turnover moved the fund. */
export const movedBy = ({ amounts }: Turnover): number =>
  allPurposes.reduce((sum, purpose) => {
    const fen = amounts[purpose] ?? 0;
    return sum + (purposes[purpose].side === 'credit' ? fen : -fen);
  }, 0);

const READS = 5;

/**
 * The fund and all accounts at one moment: read again as long as something was booked while they were read, because only at
 * one moment must they agree.
 */
export const booksOf = async (
  table: Table,
  creditCode: string,
): Promise<{ readonly fundFen: number; readonly accounts: readonly Account[] }> => {
  for (let read = 1; ; read++) {
    const before = await getItem(table, keys.fund(creditCode));
    const accounts = await accountsOf(table, creditCode);
    const after = await getItem(table, keys.fund(creditCode));
    if (before?.bookings === after?.bookings || read === READS)
      return { fundFen: Number(after?.balanceFen ?? 0), accounts };
  }
};
