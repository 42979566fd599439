import { csvFormatRows, csvParseRows } from 'd3-dsv';
import { correctedAccount } from '../demo/bank.ts';
import { largeRoster } from '../demo/large-roster.ts';
import { columns } from '../functions/disbursement/roster-row.ts';
import type { Month } from '../shared/month.ts';

/** The bank everybody is paid through here: one return file then holds every line. */
const ONE_BANK = '农商银行';

/** What a size of the bench works on: its roster, and the same with new accounts for the cases that came back. */
export type Load = {
  readonly roster: Uint8Array;
  readonly corrected: (returnedCases: ReadonlySet<string>) => Uint8Array;
};

/** Rows of `payees` households for a month, all with accounts at one bank. */
export const loadOf = (payees: number, month: Month, seed: number): Load => {
  const [header = [], ...rows] = csvParseRows(largeRoster(payees, month, seed));
  const at = (name: string) => header.indexOf(name);
  const [caseNo, account, bank, accountName] = [
    columns.caseNo,
    columns.account,
    columns.bank,
    columns.accountName,
  ].map(at);
  const withAccount = (row: readonly string[], text: string) =>
    row.map((cell, index) =>
      index === account ? text : index === bank ? ONE_BANK : index === accountName ? '' : cell,
    );
  const text = (body: readonly (readonly string[])[]) =>
    new TextEncoder().encode(csvFormatRows([header, ...body].map((row) => [...row])));
  const paid = rows.map((row) =>
    withAccount(row, row[account ?? 0] || correctedAccount(row[caseNo ?? 0] ?? '', seed)),
  );
  return {
    roster: text(paid),
    corrected: (returnedCases) =>
      text(
        paid
          .filter((row) => returnedCases.has(row[caseNo ?? 0] ?? ''))
          .map((row) => withAccount(row, correctedAccount(row[caseNo ?? 0] ?? '', seed))),
      ),
  };
};
