import * as z from 'zod';
import { AreaCode, townOf } from '../../shared/area.ts';
import { addTotals, moves, type Totals, zeroTotals } from './totals.ts';

/** Lines of a bank file are kept in blocks of this many: one write settles a block, not a line (ADR 0004). */
export const BLOCK_LINES = 500;

/** What the bank answered for one line. */
export type LineOutcome = {
  readonly resultCode: string;
  readonly bankSerial: string;
  readonly postedAt: string;
};

/**
 * A run of consecutive lines of one bank file, and what the bank answered for each; the empty text is "no answer yet". Kept as
 * parallel lists because five hundred small objects would cost three times the write units.
 */
export const Block = z.object({
  fileName: z.string(),
  runId: z.string(),
  firstSeq: z.int().min(1),
  lines: z.array(z.string()),
  amounts: z.array(z.int().min(1)),
  outcomes: z.array(z.string()),
  returns: z.record(z.string(), z.object({ applied: z.int(), repeated: z.int() })),
  version: z.int().min(1),
});
export type Block = z.infer<typeof Block>;

export const SETTLED = '00';

export const lineKeyText = (line: { readonly areaCode: string; readonly caseNo: string }): string =>
  `${line.areaCode}#${line.caseNo}`;

export const parseLineKey = (text: string): { areaCode: AreaCode; caseNo: string } => {
  const at = text.indexOf('#');
  return { areaCode: AreaCode.parse(text.slice(0, at)), caseNo: text.slice(at + 1) };
};

const outcomeText = ({ resultCode, bankSerial, postedAt }: LineOutcome): string =>
  `${resultCode}|${bankSerial}|${postedAt}`;

/** What the bank answered for the n-th line of a block, undefined while it has not. */
export const outcomeAt = (block: Block, index: number): LineOutcome | undefined => {
  const [resultCode = '', bankSerial = '', postedAt = ''] = (block.outcomes[index] ?? '').split('|');
  return resultCode === '' ? undefined : { resultCode, bankSerial, postedAt };
};

/** One row of a return file that names a line of the block by its sequence number. */
export type AnsweredRow = LineOutcome & {
  readonly row: number;
  readonly seq: number;
  readonly caseNo: string;
  readonly amountFen: number;
};

export type RowMismatch = 'CASE_DIFFERS' | 'AMOUNT_DIFFERS' | 'CONTRADICTS';
export type Applied = {
  readonly block: Block;
  readonly applied: readonly AnsweredRow[];
  readonly repeated: number;
  readonly unmatched: readonly { readonly row: AnsweredRow; readonly code: RowMismatch }[];
};

const mismatch = (block: Block, row: AnsweredRow, outcome: string): RowMismatch | undefined => {
  const index = row.seq - block.firstSeq;
  if (parseLineKey(block.lines[index] ?? '').caseNo !== row.caseNo) return 'CASE_DIFFERS';
  if (block.amounts[index] !== row.amountFen) return 'AMOUNT_DIFFERS';
  if (outcome !== '' && outcome.split('|')[0] !== row.resultCode) return 'CONTRADICTS';
  return undefined;
};

/**
 * Applies the rows of one return file to a block. The first answer for a line counts; the same answer again is a repetition,
 * another one contradicts and is kept for a person. A return that was applied to this block before changes nothing.
 */
export const applyRows = (block: Block, returnId: string, rows: readonly AnsweredRow[]): Applied => {
  const outcomes = [...block.outcomes];
  const before = block.returns[returnId];
  const applied: AnsweredRow[] = [];
  const unmatched: { row: AnsweredRow; code: RowMismatch }[] = [];
  let repeated = 0;
  for (const row of rows) {
    const index = row.seq - block.firstSeq;
    const code = mismatch(block, row, outcomes[index] ?? '');
    if (code) unmatched.push({ row, code });
    else if (outcomes[index] !== '') repeated++;
    else {
      outcomes[index] = outcomeText(row);
      applied.push(row);
    }
  }
  if (before) return { block, applied: [], repeated: 0, unmatched };
  const returns = { ...block.returns, [returnId]: { applied: applied.length, repeated } };
  return { block: { ...block, outcomes, returns, version: block.version + 1 }, applied, repeated, unmatched };
};

/** Puts the bank's later answer in the place of the one that settled a line: the money came back after posting. */
export const reverseOutcome = (block: Block, index: number, outcome: LineOutcome): Block => ({
  ...block,
  outcomes: block.outcomes.with(index, outcomeText(outcome)),
  version: block.version + 1,
});

/** How the applied rows move the money of each town. */
export const movesOf = (block: Block, applied: readonly AnsweredRow[]): Map<AreaCode, Partial<Totals>> => {
  const towns = new Map<AreaCode, Totals>();
  for (const row of applied) {
    const town = townOf(parseLineKey(block.lines[row.seq - block.firstSeq] ?? '').areaCode);
    const amount = { lines: 1, fen: row.amountFen };
    const move = row.resultCode === SETTLED ? moves.settle(amount) : moves.return(amount);
    towns.set(town, addTotals(towns.get(town) ?? zeroTotals, move));
  }
  return towns;
};

/**
 * Where the money of a block's lines stands, by town, counted from the answers themselves: the audit before a run closes. Lines
 * that a later batch took up are judged there.
 */
export const recount = (block: Block, takenUp: ReadonlySet<string>): Map<AreaCode, Totals> => {
  const towns = new Map<AreaCode, Totals>();
  block.lines.forEach((text, index) => {
    if (takenUp.has(text)) return;
    const fen = block.amounts[index] ?? 0;
    const outcome = outcomeAt(block, index);
    const where =
      outcome === undefined
        ? { pendingLines: 1, pendingFen: fen }
        : outcome.resultCode === SETTLED
          ? { settledLines: 1, settledFen: fen }
          : { returnedLines: 1, returnedFen: fen };
    const town = townOf(parseLineKey(text).areaCode);
    towns.set(town, addTotals(towns.get(town) ?? zeroTotals, where));
  });
  return towns;
};
