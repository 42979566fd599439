import * as z from 'zod';

const count = z.int();
const fen = z.int();

/**
 * Where the money of some lines stands. Every counter is kept on its own, none is derived from the others, so that the two
 * equations of conservation are a real check and not an identity.
 */
export const Totals = z
  .object({
    lines: count,
    persons: count,
    amountFen: fen,
    unfiledLines: count,
    unfiledFen: fen,
    heldLines: count,
    heldFen: fen,
    filedLines: count,
    filedFen: fen,
    settledLines: count,
    settledFen: fen,
    returnedLines: count,
    returnedFen: fen,
    pendingLines: count,
    pendingFen: fen,
  })
  .meta({
    id: 'Totals',
    description: 'Lines, persons and money (分) of a run or a town, and where the money stands.',
  });
export type Totals = z.infer<typeof Totals>;

const names = Object.keys(Totals.shape) as (keyof Totals)[];

export const zeroTotals: Totals = Object.fromEntries(names.map((name) => [name, 0])) as Totals;

export const addTotals = (a: Totals, b: Partial<Totals>): Totals =>
  Object.fromEntries(names.map((name) => [name, a[name] + (b[name] ?? 0)])) as Totals;

export const sumTotals = (all: Iterable<Partial<Totals>>): Totals => {
  let sum = zeroTotals;
  for (const totals of all) sum = addTotals(sum, totals);
  return sum;
};

/**
 * approved = unfiled + filed + held and filed = settled + returned + pending, in money and in lines. Unfiled is what waits
 * for approval or for its bank file; once the files are issued it is zero.
 */
export const conserved = (t: Totals): boolean =>
  t.amountFen === t.unfiledFen + t.filedFen + t.heldFen &&
  t.filedFen === t.settledFen + t.returnedFen + t.pendingFen &&
  t.lines === t.unfiledLines + t.filedLines + t.heldLines &&
  t.filedLines === t.settledLines + t.returnedLines + t.pendingLines;

type Amount = { readonly lines: number; readonly fen: number };

/** The changes of the counters when lines move from one place to the next; the only way money moves. */
export const moves = {
  file: ({ lines, fen }: Amount): Partial<Totals> => ({
    unfiledLines: -lines,
    unfiledFen: -fen,
    filedLines: lines,
    filedFen: fen,
    pendingLines: lines,
    pendingFen: fen,
  }),
  /** A held line goes into a supplementary file: its account arrived, or an officer decided. */
  release: ({ lines, fen }: Amount): Partial<Totals> => ({
    heldLines: -lines,
    heldFen: -fen,
    filedLines: lines,
    filedFen: fen,
    pendingLines: lines,
    pendingFen: fen,
  }),
  settle: ({ lines, fen }: Amount): Partial<Totals> => ({
    pendingLines: -lines,
    pendingFen: -fen,
    settledLines: lines,
    settledFen: fen,
  }),
  return: ({ lines, fen }: Amount): Partial<Totals> => ({
    pendingLines: -lines,
    pendingFen: -fen,
    returnedLines: lines,
    returnedFen: fen,
  }),
  /** Returned lines go into a supplementary file: filed already, pending again. */
  reissue: ({ lines, fen }: Amount): Partial<Totals> => ({
    returnedLines: -lines,
    returnedFen: -fen,
    pendingLines: lines,
    pendingFen: fen,
  }),
  /** The bank takes back what it had settled (退汇 after posting). */
  reverse: ({ lines, fen }: Amount): Partial<Totals> => ({
    settledLines: -lines,
    settledFen: -fen,
    returnedLines: lines,
    returnedFen: fen,
  }),
} as const;
