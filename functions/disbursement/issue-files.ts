import { BatchApproved, FilesIssued } from '../../events/disbursement.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { UNLISTED } from '../../shared/bank.ts';
import { type Clock, dateAt, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import {
  inParallel,
  openTable,
  putIfAbsent,
  putNew,
  putOver,
  type Table,
  transact,
} from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import type { Seals } from '../../shared/keyring.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { programmeOfCode } from '../../shared/programme.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { AGENCY } from './agency.ts';
import { type BankFileDetail, bankFileName, beneficiaryIdHash } from './bank-file.ts';
import { formatBankFile } from './bank-file-bytes.ts';
import type { Batch } from './batch.ts';
import { BLOCK_LINES, type Block, lineKeyText } from './block.ts';
import { caseOwner, type Payee } from './entitlement.ts';
import { type BankFile, fileObjectKey } from './file.ts';
import { blockItem, fileItem } from './file-store.ts';
import { type Line, payeeOwner } from './line.ts';
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

/** What a bank file needs of a line; a whole district's lines are held at once, so no more than that. */
type Payment = Pick<Line, 'areaCode' | 'caseNo' | 'amountFen' | 'identityNumber' | 'home'> & {
  readonly payee: Payee;
};
type BankPayments = { readonly bank: string; readonly bankCode: string; readonly payments: Payment[] };
type Filing = { readonly banks: readonly BankPayments[]; readonly moves: ReadonlyMap<AreaCode, Totals> };

/** Where filing moves the money of a line; a line of nothing (fully taken by recoveries) is settled with it. */
const moveOf = ({ was, amountFen }: Line): Partial<Totals> => {
  const amount = { lines: 1, fen: amountFen };
  const filed =
    was === 'held' ? moves.release(amount) : was === 'returned' ? moves.reissue(amount) : moves.file(amount);
  return amountFen === 0 ? addTotals(addTotals(zeroTotals, filed), moves.settle(amount)) : filed;
};

/** Goes through the lines of a batch once: the payments of each bank, banks in the order of their codes, and what moves. */
const gather = async (lines: AsyncIterable<Line>): Promise<Filing> => {
  const banks = new Map<string, BankPayments>();
  const towns = new Map<AreaCode, Totals>();
  for await (const line of lines) {
    if (line.holds.length > 0) continue;
    const town = townOf(line.areaCode);
    towns.set(town, addTotals(towns.get(town) ?? zeroTotals, moveOf(line)));
    const { areaCode, caseNo, amountFen, identityNumber, payee, home } = line;
    if (!payee?.bank || amountFen === 0) continue;
    const known = banks.get(payee.bank) ?? {
      bank: payee.bank,
      bankCode: payee.bankCode ?? UNLISTED,
      payments: [],
    };
    known.payments.push({ areaCode, caseNo, amountFen, identityNumber, payee, home });
    banks.set(payee.bank, known);
  }
  const byCode = (a: BankPayments, b: BankPayments) =>
    `${a.bankCode}${a.bank}` < `${b.bankCode}${b.bank}` ? -1 : 1;
  return { banks: [...banks.values()].toSorted(byCode), moves: towns };
};

const detailsOf = function* (
  run: Run,
  file: BankPayments,
  batchNo: string,
  seals: Seals,
): Generator<BankFileDetail> {
  const summary = `${programmeOfCode(run.programme).name}${run.month}`;
  for (const [index, { caseNo, amountFen, identityNumber, payee, home }] of file.payments.entries()) {
    const { programme } = run;
    const owner = payeeOwner({ programme, caseNo, home });
    // The bank compares with what it knows of the account's holder: of an institution that is its credit code.
    const holder = home ?? seals.open(caseOwner(programme, caseNo), 'identityNumber', identityNumber);
    yield {
      seq: index + 1,
      caseNo,
      beneficiaryIdHash: beneficiaryIdHash(batchNo, holder),
      account: seals.open(owner, 'account', payee.account),
      accountName: seals.open(owner, 'accountName', payee.accountName),
      bankCode: file.bankCode,
      amountFen,
      summary,
    };
  }
};

const blocksOf = (run: Run, fileName: string, { payments }: BankPayments): Block[] =>
  Array.from({ length: Math.ceil(payments.length / BLOCK_LINES) }, (_, index) => {
    const lines = payments.slice(index * BLOCK_LINES, (index + 1) * BLOCK_LINES);
    return {
      fileName,
      runId: run.runId,
      firstSeq: index * BLOCK_LINES + 1,
      lines: lines.map(lineKeyText),
      amounts: lines.map(({ amountFen }) => amountFen),
      outcomes: lines.map(() => ''),
      returns: {},
      version: 1,
    };
  });

/** Monthly programmes pay on their day of the month; what is paid once goes to the bank on the day of its last approval. */
const payDayOf = async (table: Table, run: Run, { approvals, preparedAt }: Batch): Promise<string> =>
  programmeOfCode(run.programme).monthly
    ? payDateOf(await parametersOf(table, run.asOf), run.month)
    : dateAt(approvals.at(-1)?.at ?? preparedAt);

/**
 * Writes one bank's file, its blocks and its record. All are a pure function of the batch, and none is put over an existing
 * one: a second writer of the same batch must not wipe the answers a bank has given in between.
 */
const writeFile = async (
  deps: IssueDeps,
  run: Run,
  batch: Batch,
  file: BankPayments,
  index: number,
  payDate: string,
): Promise<BankFile> => {
  const { purposeCode } = programmeOfCode(run.programme);
  const sequence = `${String(batch.batch).padStart(2, '0')}${String(index + 1).padStart(2, '0')}`;
  const batchNo = `${run.month.replace('-', '')}${purposeCode}${sequence}`;
  const fileName = bankFileName({ agency: AGENCY, purposeCode, date: payDate, sequence });
  const header = { batchNo, agency: AGENCY, purposeCode, payDate };
  const formatted = formatBankFile(header, detailsOf(run, file, batchNo, await deps.seals()));
  await deps.objects.put(fileObjectKey(fileName), formatted.bytes, 'text/plain; charset=gb18030');

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
  const blocks = blocksOf(run, fileName, file).map(blockItem);
  await inParallel(blocks.slice(0, -1), BLOCK_WRITERS, async (block) => {
    await putIfAbsent(deps.table, block);
  });
  // Most files have one block. The loser of this race finds all of it written, by whoever was faster.
  await transact(
    deps.table,
    [...blocks.slice(-1), fileItem(record), { ...keys.fileOfBatchNo(batchNo), fileName }].map((item) =>
      putNew(deps.table, item),
    ),
  );
  return record;
};

/** Writes the bank files of an approved batch, one per bank, and fixes their hashes before anybody can fetch them. */
export const issueFiles = (deps: IssueDeps) =>
  consume(BatchApproved, async ({ data, correlationId }) => {
    const { table } = deps;
    const run = await findRun(table, data.runId);
    const batch = await findBatch(table, data.runId, data.batch);
    if (!run || batch?.state !== 'approved') return;
    const towns = (await townsOf(table, run.runId)).map(({ areaCode }) => areaCode);
    const filing = await gather(linesOfBatch(table, run, batch, towns));
    const payDate = await payDayOf(table, run, batch);
    const files: BankFile[] = [];
    for (const [index, bank] of filing.banks.entries())
      files.push(await writeFile(deps, run, batch, bank, index, payDate));

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
      ...moveInTowns(table, run.runId, filing.moves),
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
