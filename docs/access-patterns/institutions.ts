import { institutionsTable, keys, listings } from '../../functions/institutions/table.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { type ContextPatterns, onIndex, type Printed } from '../access-patterns.ts';

const month = '2021-07' as Month;
const town = '330702100000' as AreaCode;
const home = '1133070200259915X2';
const caseNo = '330702-TK-2021-000001';

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<Record<keyof typeof keys, readonly [what: string, key: Printed]>> = {
  home: ['one institution', keys.home(home)],
  occupancy: ['how many live there', keys.occupancy(home)],
  fund: ['what it keeps for all persons together', keys.fund(home)],
  homeAccount: ['where payments for its residents go, with every change', keys.homeAccount(home)],
  resident: ['one person with all stays', keys.resident(caseNo)],
  account: ['what an institution keeps for one person', keys.account(home, caseNo)],
  accountsOf: ['accounts of an institution, case by case', keys.accountsOf(home)],
  entry: ['one entry', keys.entry(home, caseNo, month, 3)],
  entriesOf: ['entries of a person, in the order of booking', keys.entriesOf(home, caseNo)],
  monthSlot: ['that a month is booked for a person', keys.monthSlot(home, caseNo, 'settlement', month)],
  proposal: ['which vouchers a month was proposed with', keys.proposal(home, 'settlement', month)],
  voucher: ['one voucher', keys.voucher('<voucher id>')],
  turnover: ['what moved in a month of booking', keys.turnover(home, month)],
  turnoversOf: ['turnovers from a month on', keys.turnoversOf(home)],
  entitlement: ['one version of what is paid for a case', keys.entitlement(caseNo, 2)],
  entitlementsOf: ['what is paid for a case, version by version', keys.entitlementsOf(caseNo)],
  reconciliation: ['one reconciliation with its findings', keys.reconciliation(home, '2021-Q3')],
  reconciliationsOf: ['reconciliations of an institution, newest first', keys.reconciliationsOf(home)],
};

export const institutionsPatterns: ContextPatterns = {
  table: institutionsTable,
  onTable: Object.values(patterns),
  history: [
    'what happened to an institution, a resident or a voucher, oldest first',
    `resident/${caseNo}`,
    'institutions.resident-admitted.v1',
  ],
  onIndexes: [
    onIndex('listing', 'institutions of a town', listings.homesIn(town), home),
    onIndex(
      'listing',
      'vouchers that wait',
      listings.vouchersOf(home),
      'PROPOSED#2021-08-02T02:00:00.000Z#<voucher id>',
    ),
    onIndex(
      'listing',
      'vouchers decided on',
      listings.vouchersOf(home),
      'DECIDED#2021-08-02T02:00:00.000Z#<voucher id>',
    ),
  ],
};
