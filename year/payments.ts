import { answerBankFile, correctedAccount } from '../demo/bank.ts';
import { parseBankFile, parseReturnFile } from '../functions/disbursement/bank-file.ts';
import { correctAccount } from '../functions/disbursement/entitlement-routes.ts';
import { listFiles, receiveReturn } from '../functions/disbursement/return-routes.ts';
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
import { type Families, type Family, isPaid } from './family.ts';

/**
 * The way of the money in a month: approved by two, filed, answered by the banks, corrected, supplemented, closed. The runs
 * of a month have nothing to do with each other and go side by side.
 */

export type Run = Pick<RunDetail, 'runId' | 'programme'>;
/** What a bank answered for one payment. */
export type Answer = {
  readonly run: Run;
  readonly caseNo: string;
  /** The account that the bank file names. */
  readonly account: string;
  readonly amountFen: number;
  readonly isSettled: boolean;
};
/** The runs of a month, and everything the banks answered so far. */
export type Paying = { readonly runs: Run[]; readonly answers: Answer[] };

const LARGEST_PAGE = 200;

export const detailOf = ({ clerk }: Bureau, { runId }: Run): Promise<RunDetail> =>
  clerk(readRun, { params: { runId } });

/** Gives a prepared batch all the approvals it needs. */
const approve = async ({ chief, leader }: Bureau, { runId }: Run, batch: number): Promise<void> => {
  const params = { runId, batch };
  const { state } = await chief(approveBatch, { params });
  if (state === 'prepared') await leader(approveBatch, { params });
};

/** The runs the schedule opened on the 1st, planned by now. */
export const openedRuns = async ({ clerk }: Bureau, month: Month): Promise<Run[]> => {
  const { items } = await clerk(listRuns, { query: { month, limit: LARGEST_PAGE } });
  return items.filter(({ kind, state }) => kind === 'regular' && state === 'planned');
};

/** Opens the run of what is paid once in a month, and lets it be planned. */
export const openOnce = async (bureau: Bureau, programme: ProgrammeCode, month: Month): Promise<Run> => {
  const run = await bureau.clerk(openRun, { body: { programme, month } });
  await bureau.settle();
  return run;
};

/** Has runs approved, upon which their files are written. */
export const fileRuns = async (bureau: Bureau, runs: readonly Run[]): Promise<void> => {
  await Promise.all(runs.map((run) => approve(bureau, run, 1)));
  await bureau.settle();
};

const handIn = async ({ clerk }: Bureau, fileName: string, bytes: Uint8Array): Promise<void> => {
  const { uploadId, url } = await clerk(createUpload, { body: { fileName } });
  await putFile(url, { fileName, bytes });
  await clerk(receiveReturn, { body: { uploadId, fileName } });
};

const answerRun = async (bureau: Bureau, run: Run, seed: number): Promise<Answer[]> => {
  const answers: Answer[] = [];
  const { items } = await bureau.clerk(listFiles, { params: { runId: run.runId } });
  for (const { fileName, pendingLines } of items) {
    if (pendingLines === 0) continue;
    const issued = await fetchBankFile({ preparer: bureau.clerk }, fileName);
    const accountOf = new Map(parseBankFile(issued).details.map(({ caseNo, account }) => [caseNo, account]));
    const bytes = answerBankFile(issued, seed);
    for (const { caseNo, amountFen, resultCode } of parseReturnFile(bytes).rows) {
      const account = accountOf.get(caseNo) ?? '';
      answers.push({ run, caseNo, account, amountFen, isSettled: resultCode === '00' });
    }
    await handIn(bureau, fileName, bytes);
  }
  return answers;
};

/** Plays the banks: answers every file that waits for it, and hands the answers in. */
export const answerBanks = async (bureau: Bureau, { runs, answers }: Paying, seed: number): Promise<void> => {
  const answered = await Promise.all(runs.map((run) => answerRun(bureau, run, seed)));
  answers.push(...answered.flat());
  await bureau.settle();
};

const bringAccount = (
  bureau: Bureau,
  { programme, caseNo }: { readonly programme: ProgrammeCode; readonly caseNo: string },
  account: string,
): Promise<unknown> =>
  bureau.clerk(correctAccount, {
    params: { programme, caseNo },
    body: { account, bank: '农业银行', proof: '本人持存折复印件到镇街办理' },
  });

/** Whose payment was returned brings another account. */
export const correctReturned = async (bureau: Bureau, { answers }: Paying, seed: number): Promise<void> => {
  const settled = new Set(
    answers.filter(({ isSettled }) => isSettled).map(({ run, caseNo }) => `${run.runId} ${caseNo}`),
  );
  const returned = answers.filter(({ run, caseNo }) => !settled.has(`${run.runId} ${caseNo}`));
  await Promise.all(
    returned.map(({ run, caseNo }) => {
      const account = correctedAccount(`${run.runId}~${caseNo}`, seed);
      return bringAccount(bureau, { programme: run.programme, caseNo }, account);
    }),
  );
};

/** Some of those who have no account yet open one, so that what was held for them can be paid. */
export const bringAccounts = async (
  bureau: Bureau,
  families: Families,
  seed: number,
  count: number,
): Promise<void> => {
  const without = [...families.values()]
    .filter((family) => isPaid(family) && !family.account)
    .slice(0, count);
  for (const family of without) {
    const { caseNo } = family;
    const account = correctedAccount(caseNo, seed);
    await bringAccount(bureau, { programme: family.programme as 'dibao' | 'destitute', caseNo }, account);
    families.set(caseNo, withAccount(family, account));
  }
};

const withAccount = (family: Family, account: string): Family => ({
  ...family,
  account: { account, holder: '', bank: '农业银行' },
});

/** Gathers what can be paid by now into one more batch of each run that has something unpaid, which goes to the banks. */
export const supplementRuns = async (bureau: Bureau, runs: readonly Run[]): Promise<void> => {
  const details = await Promise.all(runs.map((run) => detailOf(bureau, run)));
  const unpaid = details.filter(({ totals }) => totals.heldLines + totals.returnedLines > 0);
  await Promise.all(unpaid.map(({ runId }) => bureau.clerk(prepareSupplement, { params: { runId } })));
  await bureau.settle();
  await Promise.all(
    unpaid.map(async (run) => {
      const newest = (await detailOf(bureau, run)).batchList.at(-1);
      // Nothing may have come of it: whoever is held may still have no account.
      if (newest?.state === 'prepared') await approve(bureau, run, newest.batch);
    }),
  );
  await bureau.settle();
};

/** Closes runs; what was not paid is owed from then on. */
export const closeRuns = async (bureau: Bureau, runs: readonly Run[]): Promise<RunDetail[]> => {
  await Promise.all(runs.map(({ runId }) => bureau.clerk(closeRun, { params: { runId } })));
  await bureau.settle();
  return Promise.all(runs.map((run) => detailOf(bureau, run)));
};
