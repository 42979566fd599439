import { csvFormatRows, csvParseRows } from 'd3-dsv';
import { correctedAccount } from '../demo/bank.ts';
import { largeRoster } from '../demo/large-roster.ts';
import { columns } from '../functions/disbursement/roster-row.ts';
import type { Month } from '../shared/month.ts';

/** The bank everybody is paid through here: one return file then holds every line. */
const ONE_BANK = '农商银行';

export type Load = {
  readonly payees: number;
  readonly month: Month;
  readonly seed: number;
  /** The cases that get a new account; the others are left out. Without it: everybody, with the account they have. */
  readonly corrected?: ReadonlySet<string>;
};

/**
 * The bench's roster: households that all have an account at one bank. Made anew whenever it is wanted, so that the bench's
 * own memory does not count as the product's.
 */
export const rosterOf = ({ payees, month, seed, corrected }: Load): Uint8Array => {
  const [header = [], ...rows] = csvParseRows(largeRoster(payees, month, seed));
  const at = (name: string) => header.indexOf(name);
  const caseNo = at(columns.caseNo);
  const changed = new Map([
    [at(columns.account), (row: readonly string[]) => correctedAccount(row[caseNo] ?? '', seed)],
    [at(columns.accountName), () => ''],
    [at(columns.bank), () => ONE_BANK],
  ]);
  const account = at(columns.account);
  const paid = (row: readonly string[]): string[] =>
    row.map((cell, column) =>
      column === account && cell !== '' && !corrected ? cell : (changed.get(column)?.(row) ?? cell),
    );
  const wanted = corrected ? rows.filter((row) => corrected.has(row[caseNo] ?? '')) : rows;
  return new TextEncoder().encode(csvFormatRows([[...header], ...wanted.map(paid)]));
};
