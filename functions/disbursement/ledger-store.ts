import { type Item, putOver, queryAll, type Table, transact, within } from '../../shared/dynamo.ts';
import { composePayment, LedgerEntry } from './ledger.ts';
import type { Run } from './run.ts';
import { caseBucket, keys } from './table.ts';

export const ledgerItem = (entry: LedgerEntry): Item => ({
  ...entry,
  ...keys.ledgerEntry(entry.programme, entry.caseNo, entry.entryId),
});

/** The ledger entries of one bucket of cases, by case number. */
export const entriesInBucket = async (
  table: Table,
  run: Run,
  bucket: number,
): Promise<Map<string, LedgerEntry[]>> => {
  const entries: LedgerEntry[] = [];
  for await (const item of queryAll(table, within(keys.ledgerInBucket(run.programme, bucket)))) {
    entries.push(LedgerEntry.parse(item));
  }
  return Map.groupBy(entries, ({ caseNo }) => caseNo);
};

const entriesOfCase = async (table: Table, run: Run, caseNo: string): Promise<LedgerEntry[]> => {
  const entries: LedgerEntry[] = [];
  const partition = keys.ledgerInBucket(run.programme, caseBucket(run.programme, caseNo));
  for await (const item of queryAll(table, within(partition, `${caseNo}#`)))
    entries.push(LedgerEntry.parse(item));
  return entries;
};

/**
 * Marks what a run takes up of a case's ledger entries before its line is written, so that two runs planned at the same
 * moment cannot take the same arrears: the loser reads again and takes what is left. Gives the entries as they then stand.
 */
export const lendToRun = async (
  table: Table,
  run: Run,
  regularFen: number,
  known: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> => {
  let entries = known;
  for (;;) {
    const taken = new Map(
      composePayment(regularFen, entries, run).components.flatMap(({ entryId, amountFen }) =>
        entryId === undefined ? [] : [[entryId, Math.abs(amountFen)] as const],
      ),
    );
    const marked = entries.map((entry): LedgerEntry => {
      const fen = taken.get(entry.entryId);
      if (fen === undefined || entry.applied[run.runId] !== undefined) return entry;
      return { ...entry, applied: { ...entry.applied, [run.runId]: fen }, version: entry.version + 1 };
    });
    const changed = marked.filter((entry, index) => entry !== entries[index]);
    if (changed.length === 0) return marked;
    const outcome = await transact(
      table,
      changed.map((entry) => putOver(table, ledgerItem(entry), entry.version - 1)),
    );
    if (outcome.committed) return marked;
    entries = await entriesOfCase(table, run, changed[0]?.caseNo ?? '');
  }
};
