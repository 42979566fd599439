import { ReturnImported, ReturnReceived, ReturnsApplied } from '../../events/disbursement.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import {
  addTo,
  openTable,
  putDeterministicItems,
  putOver,
  type Table,
  transact,
} from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { parseReturnFile, type ReturnFile } from './bank-file.ts';
import { type AnsweredRow, applyRows, type Block, movesOf, parseLineKey, SETTLED } from './block.ts';
import type { BankFile } from './file.ts';
import { blockItem, blocksOfFile, findFileOfBatchNo } from './file-store.ts';
import { lineIdOf } from './line.ts';
import { type BankReturn, type UnmatchedCode, type UnmatchedRow, unmatchedReasons } from './return.ts';
import { findReturn, returnItem, rowItem } from './return-store.ts';
import { moveInTowns } from './run-store.ts';
import { keys } from './table.ts';

export type ReturnDeps = { readonly table: Table; readonly objects: Objects; readonly clock: Clock };
type Counts = { applied: number; repeated: number };
type Import = { readonly bankReturn: BankReturn; readonly file: BankFile; readonly correlationId: string };

const kept = (
  returnId: string,
  row: number,
  code: UnmatchedCode,
  known: Partial<UnmatchedRow> = {},
): UnmatchedRow => ({
  ...known,
  returnId,
  row,
  code,
  reason: known.reason ?? unmatchedReasons[code],
});

const sumOf = (rows: readonly AnsweredRow[]) => ({
  lines: rows.length,
  amountFen: rows.reduce((sum, { amountFen }) => sum + amountFen, 0),
});

/**
 * Applies rows to one block: the block over the version read, the towns' and the file's counters and the event, or none of
 * them. Should another return have changed the block in between, the message fails and comes again to find the new version.
 */
const settleBlock = async (
  deps: ReturnDeps,
  { bankReturn, file, correlationId }: Import,
  before: Block,
  rows: readonly AnsweredRow[],
) => {
  const { block, applied, unmatched } = applyRows(before, bankReturn.returnId, rows);
  if (block !== before) {
    const settled = applied.filter(({ resultCode }) => resultCode === SETTLED);
    const returned = applied.filter(({ resultCode }) => resultCode !== SETTLED);
    const fact = {
      subject: `run/${file.runId}`,
      which: `${bankReturn.returnId}-${block.firstSeq}`,
      at: deps.clock(),
      correlationId,
      data: {
        runId: file.runId,
        programme: file.programme,
        month: file.month,
        returnId: bankReturn.returnId,
        fileName: file.fileName,
        settled: sumOf(settled),
        returned: sumOf(returned),
        settledLines: settled.map(({ seq, amountFen }) => ({
          ...parseLineKey(block.lines[seq - block.firstSeq] ?? ''),
          amountFen,
        })),
        returnedLines: returned.map(({ seq, resultCode }) => ({
          lineId: lineIdOf({ runId: file.runId, ...parseLineKey(block.lines[seq - block.firstSeq] ?? '') }),
          resultCode,
        })),
      },
    };
    const counters = { settledLines: settled.length, returnedLines: returned.length };
    const outcome = await transact(deps.table, [
      putOver(deps.table, blockItem(block), before.version),
      ...moveInTowns(deps.table, file.runId, movesOf(block, applied)),
      ...(applied.length > 0
        ? [
            addTo(deps.table, keys.file(file.fileName), counters),
            announce(deps.table, happened(ReturnsApplied, fact)),
          ]
        : []),
    ]);
    if (!outcome.committed) throw new Error('Another return changed the block at the same moment.');
  }
  return { counts: block.returns[bankReturn.returnId] ?? { applied: 0, repeated: 0 }, unmatched };
};

/** Goes through the file's blocks in order, each once, whatever the order of the rows in the return. */
const settleFile = async (deps: ReturnDeps, job: Import, rows: readonly AnsweredRow[]) => {
  const { returnId } = job.bankReturn;
  const bySeq = rows.toSorted((a, b) => a.seq - b.seq || a.row - b.row);
  const counts: Counts = { applied: 0, repeated: 0 };
  const unmatched: UnmatchedRow[] = [];
  let next = 0;
  const take = (until: number): AnsweredRow[] => {
    const start = next;
    while ((bySeq[next]?.seq ?? until) < until) next++;
    return bySeq.slice(start, next);
  };
  const unknown = (row: AnsweredRow) => kept(returnId, row.row, 'SEQ_UNKNOWN', shown(row));
  unmatched.push(...take(1).map(unknown));
  for await (const block of blocksOfFile(deps.table, job.file.fileName)) {
    const own = take(block.firstSeq + block.lines.length);
    if (own.length === 0) continue;
    const settled = await settleBlock(deps, job, block, own);
    counts.applied += settled.counts.applied;
    counts.repeated += settled.counts.repeated;
    unmatched.push(...settled.unmatched.map(({ row, code }) => kept(returnId, row.row, code, shown(row))));
  }
  unmatched.push(...bySeq.slice(next).map(unknown));
  return { counts, unmatched };
};

const shown = ({
  seq,
  caseNo,
  amountFen,
  resultCode,
  bankSerial,
  postedAt,
}: AnsweredRow): Partial<UnmatchedRow> => ({
  seq,
  caseNo,
  amountFen,
  resultCode,
  bankSerial,
  postedAt,
});

const conclude = async (
  deps: ReturnDeps,
  bankReturn: BankReturn,
  result: Partial<BankReturn>,
  correlationId: string,
) => {
  const next: BankReturn = { ...bankReturn, ...result, version: bankReturn.version + 1 };
  const { returnId, rows, applied, repeated, unmatched } = next;
  const fact = {
    subject: `return/${returnId}`,
    which: 'imported',
    at: deps.clock(),
    correlationId,
    data: { returnId, rows, applied, repeated, unmatched },
  };
  await transact(deps.table, [
    putOver(deps.table, returnItem(next), bankReturn.version),
    announce(deps.table, happened(ReturnImported, fact)),
  ]);
};

const faultRows = (returnId: string, parsed: ReturnFile): UnmatchedRow[] =>
  parsed.faults.map(({ line, code, reason }) => kept(returnId, line, code, { reason }));

/** Takes a return file row by row. Whatever matches nothing is kept for a person; nothing is lost and nothing invented. */
export const importReturnFile = (deps: ReturnDeps) =>
  consume(ReturnReceived, async ({ data, correlationId }) => {
    const bankReturn = await findReturn(deps.table, data.returnId);
    if (bankReturn?.state !== 'received') return;
    const bytes = await deps.objects.get(bankReturn.objectKey);
    const parsed = bytes && parseReturnFile(bytes);
    const file = parsed?.header && (await findFileOfBatchNo(deps.table, parsed.header.batchNo));
    if (!parsed || !file) {
      const problem = parsed?.header
        ? '文件头中的批次号不是本系统报出的批次'
        : '不是可识别的回盘文件:缺少文件头';
      await conclude(
        deps,
        bankReturn,
        { state: 'refused', problem, rows: parsed?.rows.length ?? 0 },
        correlationId,
      );
      return;
    }
    const { counts, unmatched } = await settleFile(deps, { bankReturn, file, correlationId }, parsed.rows);
    const all = [
      ...Map.groupBy([...unmatched, ...faultRows(bankReturn.returnId, parsed)], ({ row }) => row).values(),
    ].flatMap(([first]) => (first ? [first] : []));
    await putDeterministicItems(deps.table, all.map(rowItem));
    const result = {
      state: 'imported' as const,
      fileName: file.fileName,
      rows: parsed.rows.length,
      ...counts,
    };
    await conclude(deps, bankReturn, { ...result, unmatched: all.length }, correlationId);
  });

export const handler = composed(() => {
  const { TABLE_NAME, BUCKET_NAME } = environment('TABLE_NAME', 'BUCKET_NAME');
  return importReturnFile({
    table: openTable(TABLE_NAME),
    objects: openObjects(BUCKET_NAME, process.env),
    clock: systemClock,
  });
});
