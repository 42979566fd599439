import { inParallel, type Table } from '../../shared/dynamo.ts';
import { firstDayOf, type Month } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { booksOf, entriesOf, movedBy, turnoversFrom } from './book-store.ts';
import { amountFor, entitlementsOf } from './entitlement-store.ts';
import type { Account, Entry } from './ledger.ts';
import {
  type Found,
  findingsOfMonth,
  lastDayOf,
  lastMonthOf,
  monthsOf,
  type PersonMonth,
  type Quarter,
} from './reconciliation.ts';
import { findResidents, monthsBooked } from './resident-store.ts';
import { allDays, bedDays, lastStay, livedIn, type Resident } from './stay.ts';

/** What a comparison finds before anybody says a word about it. */
export type Compared = {
  readonly ledgerFen: number;
  readonly residents: number;
  readonly bedDays: number;
  readonly found: readonly Found[];
};

type Person = { readonly account: Account; readonly resident: Resident };

/** What came in for the person and month: living and care pay, whenever they were booked. */
const creditedFor = (entries: readonly Entry[], month: Month): number =>
  entries
    .filter((entry) => entry.month === month && (entry.purpose === 'basic' || entry.purpose === 'care'))
    .reduce((sum, { amountFen }) => sum + amountFen, 0);

const monthsOfPerson = async (
  table: Table,
  { account: { creditCode, caseNo, since }, resident }: Person,
  quarter: Quarter,
  parameters: ParameterSet,
): Promise<PersonMonth[]> => {
  const months = monthsOf(quarter).filter((month) => month >= since);
  const [first] = months;
  if (first === undefined) return [];
  const entries = await entriesOf(table, creditCode, caseNo, first);
  const entitlements = await entitlementsOf(table, caseNo);
  const settled = await monthsBooked(table, 'settlement', { creditCode, caseNo, months });
  return months.map((month) => {
    const dischargeDayCounts = numberFor(parameters, 'institution.discharge_day_counts', month) === 1;
    return {
      caseNo,
      month,
      isPayee: livedIn(resident, creditCode, firstDayOf(month)),
      bedDays: allDays(bedDays(resident, creditCode, month, dischargeDayCounts)),
      entitledFen: amountFor(entitlements, month),
      creditedFen: creditedFor(entries, month),
      settled: settled.has(month),
    };
  });
};

const isNotRefunded = ({ account, resident }: Person, quarter: Quarter): boolean => {
  const { creditCode, dischargedOn } = lastStay(resident);
  const left =
    creditCode !== account.creditCode || (dischargedOn !== undefined && dischargedOn <= lastDayOf(quarter));
  return left && account.balanceFen > 0;
};

/** Compares a quarter of an institution: books with persons, persons with stays, stays with what was determined. */
export const compare = async (
  table: Table,
  creditCode: string,
  quarter: Quarter,
  parameters: ParameterSet,
): Promise<Compared> => {
  const { fundFen, accounts } = await booksOf(table, creditCode);
  const later = (await turnoversFrom(table, creditCode, lastMonthOf(quarter))).filter(
    ({ month }) => month > lastMonthOf(quarter),
  );
  const personsFen = accounts.reduce((sum, { balanceFen }) => sum + balanceFen, 0);
  const residents = await findResidents(
    table,
    accounts.map(({ caseNo }) => caseNo),
  );
  const persons = accounts.flatMap((account): Person[] => {
    const resident = residents.get(account.caseNo);
    return resident ? [{ account, resident }] : [];
  });
  const months = new Map<string, PersonMonth[]>();
  await inParallel(persons, 8, async (person) => {
    months.set(person.account.caseNo, await monthsOfPerson(table, person, quarter, parameters));
  });
  const all = persons.flatMap(({ account }) => months.get(account.caseNo) ?? []);
  const present = all.filter((each) => each.bedDays > 0);
  return {
    ledgerFen: fundFen - later.reduce((sum, each) => sum + movedBy(each), 0),
    residents: new Set(present.map(({ caseNo }) => caseNo)).size,
    bedDays: present.reduce((sum, each) => sum + each.bedDays, 0),
    found: [
      ...(fundFen === personsFen
        ? []
        : [{ code: 'BOOKS_DIFFER', expectedFen: fundFen, foundFen: personsFen } as const]),
      ...all.flatMap(findingsOfMonth),
      ...persons
        .filter((person) => isNotRefunded(person, quarter))
        .map(({ account: { caseNo, balanceFen } }) => ({
          code: 'NOT_REFUNDED' as const,
          caseNo,
          foundFen: balanceFen,
        })),
    ],
  };
};
