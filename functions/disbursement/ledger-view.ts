import type * as z from 'zod';
import type { LedgerEntry } from './ledger.ts';
import type { LedgerEntryView } from './views.ts';

export const viewLedgerEntry = (entry: LedgerEntry): z.input<typeof LedgerEntryView> => {
  const { version: _version, ...shown } = entry;
  const taken = Object.values(entry.applied).reduce((sum, fen) => sum + fen, 0);
  return { ...shown, openFen: entry.amountFen - taken };
};
