import { BatchApproved, FilesIssued } from '../../events/disbursement.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { inParallel, openTable, putIfAbsent, putOver, type Table, transact } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import type { Seals } from '../../shared/keyring.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { programmeOfCode } from '../../shared/programme.ts';
import { AGENCY } from './agency.ts';
import { type BankFileDetail, bankFileName, beneficiaryIdHash } from './bank-file.ts';
import { formatBankFile } from './bank-file-bytes.ts';
import type { Batch } from './batch.ts';
import { BLOCK_LINES, type Block, lineKeyText } from './block.ts';
import { caseOwner } from './entitlement.ts';
import { type BankFile, fileObjectKey } from './file.ts';
import { blockItem, fileItem } from './file-store.ts';
import type { Line } from './line.ts';
import { payDateOf, type Run } from './run.ts';
import {
  batchItem,
  changeRun,
  findBatch,
  findRun,
  linesOfBatch,
  moveInTowns,
  stepRun,
  townsOf,
} from './run-store.ts';
import { sealsFromEnvironment } from './seals.ts';
import { keys } from './table.ts';
import { addTotals, moves, type Totals, zeroTotals } from './totals.ts';

export type IssueDeps = {
  readonly table: Table;
  readonly seals: () => Promise<Seals>;
  readonly objects: Objects;
  readonly clock: Clock;
};

/** Block writes of one file under way at once. */
const BLOCK_WRITERS = 4;

type BankLines = { readonly bank: string; readonly bankCode: string; readonly lines: Line[] };

/** The lines of a batch that go to a bank, one list per bank, banks in the order of their codes. */
const linesByBank = (lines: readonly Line[]): BankLines[] => {
  const banks = new Map<string, BankLines>();
  for (const line of lines) {
    const { bank, bankCode = '000' } = line.payee ?? {};
    if (!bank || line.amountFen === 0) continue;
    const known = banks.get(bank) ?? { bank, bankCode, lines: [] };
    known.lines.push(line);
    banks.set(bank, known);
  }
  return [...banks.values()].toSorted((a, b) =>
    `${a.bankCode}${a.bank}` < `${b.bankCode}${b.bank}` ? -1 : 1,
  );
};

const detailsOf = (file: BankLines, batchNo: string, seals: Seals): BankFileDetail[] =>
  file.lines.map((line, index) => {
    const owner = caseOwner(line.programme, line.caseNo);
    if (!line.payee) throw new Error('A line without an account cannot be filed.');
    return {
      seq: index + 1,
      caseNo: line.caseNo,
      beneficiaryIdHash: beneficiaryIdHash(batchNo, seals.open(owner, 'identityNumber', line.identityNumber)),
      account: seals.open(owner, 'account', line.payee.account),
      accountName: seals.open(owner, 'accountName', line.payee.accountName),
      bankCode: file.bankCode,
      amountFen: line.amountFen,
      summary: `${programmeOfCode(line.programme).name}${line.runId.slice(0, 7)}`,
    };
  });

const blocksOf = (fileName: string, file: BankLines): Block[] =>
  Array.from({ length: Math.ceil(file.lines.length / BLOCK_LINES) }, (_, index) => {
    const lines = file.lines.slice(index * BLOCK_LINES, (index + 1) * BLOCK_LINES);
    return {
      fileName,
      runId: lines[0]?.runId ?? '',
      firstSeq: index * BLOCK_LINES + 1,
      lines: lines.map(lineKeyText),
      amounts: lines.map(({ amountFen }) => amountFen),
      outcomes: lines.map(() => ''),
      returns: {},
      version: 1,
    };
  });

/**
 * Writes one bank's file, its blocks and its record. All are a pure function of the batch, and none is put over an existing
 * one: a second writer of the same batch must not wipe the answers a bank has given in between.
 */
const writeFile = async (
  deps: IssueDeps,
  run: Run,
  batch: Batch,
  file: BankLines,
  index: number,
): Promise<BankFile> => {
  const { purposeCode } = programmeOfCode(run.programme);
  const sequence = `${String(batch.batch).padStart(2, '0')}${String(index + 1).padStart(2, '0')}`;
  const payDate = payDateOf(run.month);
  const batchNo = `${run.month.replace('-', '')}${purposeCode}${sequence}`;
  const fileName = bankFileName({ agency: AGENCY, purposeCode, date: payDate, sequence });
  const header = { batchNo, agency: AGENCY, purposeCode, payDate };
  const formatted = formatBankFile(header, detailsOf(file, batchNo, await deps.seals()));
  await deps.objects.put(fileObjectKey(fileName), formatted.bytes, 'text/plain; charset=gb18030');

  const blocks = blocksOf(fileName, file);
  await inParallel(blocks, BLOCK_WRITERS, async (block) => {
    await putIfAbsent(deps.table, blockItem(block));
  });
  const record: BankFile = {
    fileName,
    batchNo,
    runId: run.runId,
    programme: run.programme,
    month: run.month,
    batch: batch.batch,
    bank: file.bank,
    lines: formatted.lines,
    totalFen: formatted.totalFen,
    sm3: formatted.sm3,
    settledLines: 0,
    returnedLines: 0,
  };
  await putIfAbsent(deps.table, fileItem(record));
  await putIfAbsent(deps.table, { ...keys.fileOfBatchNo(batchNo), fileName });
  return record;
};

/** Where filing moves the money of each line; a line of nothing (fully taken by recoveries) is settled with it. */
const movesOfFiling = (lines: readonly Line[]): Map<AreaCode, Totals> => {
  const towns = new Map<AreaCode, Totals>();
  for (const line of lines) {
    const amount = { lines: 1, fen: line.amountFen };
    const filed =
      line.was === 'held'
        ? moves.release(amount)
        : line.was === 'returned'
          ? moves.reissue(amount)
          : moves.file(amount);
    const town = townOf(line.areaCode);
    const moved = addTotals(towns.get(town) ?? zeroTotals, filed);
    towns.set(town, line.amountFen === 0 ? addTotals(moved, moves.settle(amount)) : moved);
  }
  return towns;
};

/** Writes the bank files of an approved batch, one per bank, and fixes their hashes before anybody can fetch them. */
export const issueFiles = (deps: IssueDeps) =>
  consume(BatchApproved, async ({ data, correlationId }) => {
    const { table } = deps;
    const run = await findRun(table, data.runId);
    const batch = await findBatch(table, data.runId, data.batch);
    if (!run || batch?.state !== 'approved') return;
    const towns = (await townsOf(table, run.runId)).map(({ areaCode }) => areaCode);
    const lines: Line[] = [];
    for await (const line of linesOfBatch(table, run.runId, batch.batch, towns)) {
      if (line.holds.length === 0) lines.push(line);
    }
    const files: BankFile[] = [];
    for (const [index, bank] of linesByBank(lines).entries())
      files.push(await writeFile(deps, run, batch, bank, index));

    const issued: Batch = {
      ...batch,
      state: 'issued',
      files: files.map(({ fileName }) => fileName),
      version: batch.version + 1,
    };
    const shown = files.map(({ fileName, bank, lines: count, totalFen, sm3 }) => ({
      fileName,
      bank,
      lines: count,
      totalFen,
      sm3,
    }));
    const fact = {
      subject: `run/${run.runId}`,
      which: `batch-${batch.batch}`,
      at: deps.clock(),
      correlationId,
      data: { ...data, files: shown },
    };
    await transact(table, [
      putOver(table, batchItem(issued), batch.version),
      batch.batch === 1
        ? stepRun(table, run, 'issued', { openBatch: undefined })
        : changeRun(table, run, { openBatch: undefined }),
      ...moveInTowns(table, run.runId, movesOfFiling(lines)),
      announce(table, happened(FilesIssued, fact)),
    ]);
  });

export const handler = composed(() => {
  const { TABLE_NAME, BUCKET_NAME } = environment('TABLE_NAME', 'BUCKET_NAME');
  return issueFiles({
    table: openTable(TABLE_NAME),
    seals: sealsFromEnvironment(),
    objects: openObjects(BUCKET_NAME, process.env),
    clock: systemClock,
  });
});
