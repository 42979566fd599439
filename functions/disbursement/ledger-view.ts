import type * as z from 'zod';
import { type LedgerEntry, openFen } from './ledger.ts';
import type { LedgerEntryView } from './views.ts';

/** An entry as officers see it; what a rejected run took up is open again, for that run is never paid. */
export const viewLedgerEntry = (
  entry: LedgerEntry,
  rejectedRuns: readonly string[],
): z.input<typeof LedgerEntryView> => {
  const { version: _version, ...shown } = entry;
  return { ...shown, openFen: openFen(entry, '', rejectedRuns) };
};
