import { LedgerEntryRecorded } from '../../events/disbursement.ts';
import type { Instant } from '../../shared/clock.ts';
import {
  type Item,
  inParallel,
  putNew,
  putOver,
  queryAll,
  type Table,
  transact,
  type Write,
  within,
} from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { announce } from '../../shared/outbox.ts';
import { composePayment, LedgerEntry } from './ledger.ts';
import type { Run } from './run.ts';
import { keys } from './table.ts';

export const ledgerItem = (entry: LedgerEntry): Item => ({
  ...entry,
  ...keys.ledgerEntry(entry.programme, entry.caseNo, entry.entryId),
});

const entriesOfCase = async (table: Table, run: Run, caseNo: string): Promise<LedgerEntry[]> => {
  const entries: LedgerEntry[] = [];
  const { pk, prefix } = keys.ledgerOfCase(run.programme, caseNo);
  for await (const item of queryAll(table, within(pk, prefix))) entries.push(LedgerEntry.parse(item));
  return entries;
};

/** What one case of a run borrows from: its entries in the table, and those the run enters with its line. */
type Borrower = {
  readonly caseNo: string;
  readonly regularFen: number;
  readonly stored: readonly LedgerEntry[];
  readonly fresh: readonly LedgerEntry[];
};
type Lending = {
  readonly borrower: Borrower;
  readonly entries: readonly LedgerEntry[];
  readonly writes: Write[];
};
type Telling = { readonly at: Instant; readonly correlationId: string };

const recorded = (entry: LedgerEntry, { at, correlationId }: Telling) => {
  const { entryId, programme, caseNo, kind, amountFen, months, reckonedBy } = entry;
  const data = { entryId, programme, caseNo, kind, amountFen, months, reckonedBy };
  const subject = `ledger/${programme}/${caseNo}/${entryId}`;
  return happened(LedgerEntryRecorded, { subject, which: 'recorded', at, correlationId, data });
};

/** What a run takes up of a case's entries, and the writes that say so. What it is recorded to have taken already stands. */
const lendingOf = (table: Table, run: Run, borrower: Borrower, telling: Telling): Lending => {
  const known = new Set(borrower.stored.map(({ entryId }) => entryId));
  const fresh = borrower.fresh.filter(({ entryId }) => !known.has(entryId));
  const { components } = composePayment(borrower.regularFen, [...borrower.stored, ...fresh], run);
  const taken = new Map(components.map(({ entryId, amountFen }) => [entryId, Math.abs(amountFen)]));
  const marked = (entry: LedgerEntry): LedgerEntry => {
    const fen = taken.get(entry.entryId);
    if (fen === undefined || entry.applied[run.runId] !== undefined) return entry;
    return { ...entry, applied: { ...entry.applied, [run.runId]: fen } };
  };
  const writes: Write[] = [];
  const stored = borrower.stored.map((entry) => {
    const next = marked(entry);
    if (next === entry) return entry;
    const written = { ...next, version: entry.version + 1 };
    writes.push(putOver(table, ledgerItem(written), entry.version));
    return written;
  });
  const entered = fresh.map(marked);
  for (const entry of entered)
    writes.push(putNew(table, ledgerItem(entry)), announce(table, recorded(entry, telling)));
  return { borrower, entries: [...stored, ...entered], writes };
};

/** AWS takes 100 writes in a transaction; the writes of one case stay together. */
const TRANSACTION_WRITES = 96;
/** Transactions under way at once. */
const WRITERS = 4;

const groupsOf = (lendings: readonly Lending[]): Lending[][] => {
  const groups: Lending[][] = [];
  let writes = Number.POSITIVE_INFINITY;
  for (const lending of lendings) {
    if (writes + lending.writes.length > TRANSACTION_WRITES) {
      groups.push([]);
      writes = 0;
    }
    groups.at(-1)?.push(lending);
    writes += lending.writes.length;
  }
  return groups;
};

/**
 * Enters what a run settles of earlier months and marks what it takes up of the ledger, before its lines are written, so that
 * two runs planned at the same moment cannot take the same arrears: the loser reads again and takes what is left. Gives the
 * entries of each case as they then stand.
 */
export const lendToRun = async (
  table: Table,
  run: Run,
  borrowers: readonly Borrower[],
  telling: Telling,
): Promise<Map<string, readonly LedgerEntry[]>> => {
  const lent = new Map<string, readonly LedgerEntry[]>();
  const lendings = borrowers.map((borrower) => lendingOf(table, run, borrower, telling));
  for (const { borrower, entries } of lendings) lent.set(borrower.caseNo, entries);

  const lendAlone = async ({ borrower }: Lending): Promise<void> => {
    for (;;) {
      const stored = await entriesOfCase(table, run, borrower.caseNo);
      const { entries, writes } = lendingOf(table, run, { ...borrower, stored }, telling);
      lent.set(borrower.caseNo, entries);
      if (writes.length === 0 || (await transact(table, writes)).committed) return;
    }
  };
  const changing = lendings.filter(({ writes }) => writes.length > 0);
  await inParallel(groupsOf(changing), WRITERS, async (group) => {
    const outcome = await transact(
      table,
      group.flatMap(({ writes }) => writes),
    );
    if (!outcome.committed) for (const lending of group) await lendAlone(lending);
  });
  return lent;
};
