import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { defineTable } from '../../shared/table.ts';

/** The table of care institutions. `listing` holds what officers page through; most items are not in it. */
export const institutionsTable = defineTable({
  context: 'institutions',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  stream: 'NEW_IMAGE',
  indexes: { listing: { partitionKey: 'listPk', sortKey: 'listSk', projection: 'KEYS_ONLY' } },
});

const digits = (n: number, width: number): string => String(n).padStart(width, '0');

/** The only place that builds a key. Sorted by access pattern; the README prints it. */
export const keys = {
  home: (creditCode: string) => ({ pk: `HOME#${creditCode}`, sk: 'HOME' }),
  occupancy: (creditCode: string) => ({ pk: `HOME#${creditCode}`, sk: 'OCCUPANCY' }),
  fund: (creditCode: string) => ({ pk: `HOME#${creditCode}`, sk: 'FUND' }),
  homeAccount: (creditCode: string) => ({ pk: `HOME#${creditCode}`, sk: 'ACCOUNT' }),
  resident: (caseNo: string) => ({ pk: `RESIDENT#${caseNo}`, sk: 'RESIDENT' }),
  account: (creditCode: string, caseNo: string) => ({ pk: keys.accountsOf(creditCode), sk: caseNo }),
  accountsOf: (creditCode: string) => `ACCOUNT#${creditCode}`,
  entry: (creditCode: string, caseNo: string, bookedIn: Month, number: number) => ({
    pk: keys.entriesOf(creditCode, caseNo),
    sk: `${bookedIn}#${digits(number, 6)}`,
  }),
  entriesOf: (creditCode: string, caseNo: string) => `ENTRY#${creditCode}#${caseNo}`,
  monthSlot: (creditCode: string, caseNo: string, kind: string, month: Month) => ({
    pk: `MONTH#${creditCode}#${caseNo}`,
    sk: `${kind}#${month}`,
  }),
  proposal: (creditCode: string, kind: string, month: Month) => ({
    pk: `PROPOSAL#${creditCode}`,
    sk: `${kind}#${month}`,
  }),
  voucher: (voucherId: string) => ({ pk: `VOUCHER#${voucherId}`, sk: 'VOUCHER' }),
  turnover: (creditCode: string, month: Month) => ({ pk: keys.turnoversOf(creditCode), sk: month }),
  turnoversOf: (creditCode: string) => `TURNOVER#${creditCode}`,
  entitlement: (caseNo: string, version: number) => ({
    pk: keys.entitlementsOf(caseNo),
    sk: digits(version, 6),
  }),
  entitlementsOf: (caseNo: string) => `ENTITLEMENT#${caseNo}`,
  reconciliation: (creditCode: string, quarter: string) => ({
    pk: keys.reconciliationsOf(creditCode),
    sk: quarter,
  }),
  reconciliationsOf: (creditCode: string) => `RECONCILIATION#${creditCode}`,
};

/** Partitions of the `listing` index. */
export const listings = {
  homesIn: (town: AreaCode) => `HOMES#${town}`,
  vouchersOf: (creditCode: string) => `VOUCHERS#${creditCode}`,
};
