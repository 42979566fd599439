import { answerBankFile, correctedAccount } from '../demo/bank.ts';
import { parseBankFile, parseReturnFile } from '../functions/disbursement/bank-file.ts';
import { correctAccount } from '../functions/disbursement/entitlement-routes.ts';
import { listFiles, readReturn, receiveReturn } from '../functions/disbursement/return-routes.ts';
import { createUpload } from '../functions/disbursement/roster-routes.ts';
import {
  approveBatch,
  closeRun,
  listRuns,
  openRun,
  prepareSupplement,
  readRun,
} from '../functions/disbursement/run-routes.ts';
import { putFile } from '../month/delivery.ts';
import { fetchBankFile } from '../month/month-folder.ts';
import type { RunDetail } from '../month/pay-runs.ts';
import type { Month } from '../shared/month.ts';
import type { ProgrammeCode } from '../shared/programme.ts';
import type { Bureau } from './bureau.ts';

/** The way of the money in a month: approved by two, filed, answered by the banks, corrected, supplemented, closed. */

/** What a bank answered for one payment. */
export type Answered = {
  readonly runId: string;
  readonly caseNo: string;
  readonly amountFen: number;
  readonly isSettled: boolean;
};

/** The runs of a month under way, and everything the banks answered so far. */
export type Paying = { readonly runIds: readonly string[]; readonly answered: Answered[] };

const LARGEST_PAGE = 200;

const detailOf = ({ clerk }: Bureau, runId: string): Promise<RunDetail> =>
  clerk(readRun, { params: { runId } });

/** Gives a batch all the approvals it needs; nothing goes to the banks of one that turned out empty. */
const approve = async (bureau: Bureau, runId: string, number: number): Promise<void> => {
  for (const approver of [bureau.chief, bureau.leader]) {
    const batch = (await detailOf(bureau, runId)).batchList.find((known) => known.batch === number);
    if (batch?.state === 'prepared') await approver(approveBatch, { params: { runId, batch: number } });
  }
};

/** The runs the schedule opened on the 1st. */
export const standingRuns = async ({ clerk }: Bureau, month: Month): Promise<string[]> => {
  const { items } = await clerk(listRuns, { query: { month, limit: LARGEST_PAGE } });
  return items.filter(({ state }) => state === 'planned').map(({ runId }) => runId);
};

/** Opens the run of what is paid once. */
export const openOnce = async (bureau: Bureau, programme: ProgrammeCode, month: Month): Promise<string> => {
  const { runId } = await bureau.clerk(openRun, { body: { programme, month } });
  await bureau.settle();
  return runId;
};

export const fileRuns = async (bureau: Bureau, runIds: readonly string[]): Promise<void> => {
  for (const runId of runIds) await approve(bureau, runId, 1);
  await bureau.settle();
};

/** Plays the banks: answers every file that waits for it, and hands the answers in. */
export const answerBanks = async (bureau: Bureau, { runIds, answered }: Paying, seed: number): Promise<void> => {
  for (const runId of runIds) {
    const { items } = await bureau.clerk(listFiles, { params: { runId } });
    for (const { fileName, pendingLines } of items) {
      if (pendingLines === 0) continue;
      const bytes = answerBankFile(await fetchBankFile({ preparer: bureau.clerk }, fileName), seed);
      for (const { caseNo, amountFen, resultCode } of parseReturnFile(bytes).rows)
        answered.push({ runId, caseNo, amountFen, isSettled: resultCode === '00' });
      await handIn(bureau, fileName, bytes);
    }
  }
  await bureau.settle();
};

const handIn = async ({ clerk }: Bureau, fileName: string, bytes: Uint8Array): Promise<void> => {
  const { uploadId, url } = await clerk(createUpload, { body: { fileName } });
  await putFile(url, { fileName, bytes });
  await clerk(receiveReturn, { body: { uploadId, fileName } });
};

/** Gathers what can be paid by now into one more batch of each run. */
export const supplementRuns = async (bureau: Bureau, runIds: readonly string[]): Promise<void> => {
  const batches: { runId: string; batch: number }[] = [];
  for (const runId of runIds) batches.push({ runId, batch: (await bureau.clerk(prepareSupplement, { params: { runId } })).batch });
  await bureau.settle();
  for (const { runId, batch } of batches) await approve(bureau, runId, batch);
  await bureau.settle();
};

export const closeRuns = async (bureau: Bureau, runIds: readonly string[]): Promise<RunDetail[]> => {
  for (const runId of runIds) await bureau.clerk(closeRun, { params: { runId } });
  await bureau.settle();
  return Promise.all(runIds.map((runId) => detailOf(bureau, runId)));
};
