import { answerBankFile, correctedAccount } from '../demo/bank.ts';
import { registerChanges, demoRegister as registerText } from '../demo/register.ts';
import { demoRoster as rosterText } from '../demo/roster.ts';
import type { ImportView } from '../functions/assistance/import-views.ts';
import { correctAccount } from '../functions/disbursement/entitlement-routes.ts';
import { listFiles } from '../functions/disbursement/return-routes.ts';
import type { Month } from '../shared/month.ts';
import type { Delivery } from './delivery.ts';
import { countText } from './figures.ts';
import { fetchBankFile, writeReturnFile } from './month-folder.ts';
import type { Office } from './office.ts';
import { detailOf } from './pay-runs.ts';
import type { Progress } from './progress.ts';
import { deliverRegister, finishRegister } from './register-delivery.ts';
import { sweep } from './register-sweep.ts';
import { linesIn } from './supplement.ts';

/** What others do in a demo month: the register and the roster, the banks' answers, the accounts that people bring afterwards. */

const ROSTER_NAME = '演示花名册';
const REGISTER_NAME = '演示名册';

const fileOf = (name: string, month: Month, text: string): Delivery => ({
  fileName: `${name}-${month}.csv`,
  bytes: new TextEncoder().encode(text),
});

/** What is decided elsewhere: children and child directors. */
export const demoRoster = (month: Month, seed: number): Delivery =>
  fileOf(ROSTER_NAME, month, rosterText(month, seed));

export const isDemoFile = ({ fileName }: { readonly fileName: string }): boolean =>
  fileName.startsWith(ROSTER_NAME) || fileName.startsWith(REGISTER_NAME);

/** `households` on the allowance, with the others in proportion; without it the whole district. */
export type DemoDistrict = {
  readonly month: Month;
  readonly seed: number;
  readonly households?: number;
};

/**
 * Moves the district's register in, once for a folder: it is what the district knew in its first demo month. What later months
 * change in it, rule numbers and the measure for the old, comes as in life by a sweep that two officers approve.
 * Answers undefined for a month before the register's.
 */
export const bringRegister = async (
  office: Office,
  known: readonly ImportView[],
  { month, seed, households }: DemoDistrict,
  progress: Progress,
): Promise<ImportView | undefined> => {
  const before = known.find(({ state }) => state !== 'refused' && state !== 'rejected');
  if (!before) {
    const file = fileOf(REGISTER_NAME, month, registerText(month, seed, households));
    return deliverRegister(office, file, { month, known }, progress);
  }
  const { month: registered = month } = before;
  if (month < registered) return undefined;
  const register = await finishRegister(office, before, progress);
  for (const change of registerChanges(registered, month, seed, households))
    await sweep(office, change, progress);
  return register;
};

/**
 * The banks' answers to every file they have not fully answered, written beside the files they answer. The same file gets the
 * same answer again, so that an import that was broken off is repeated, not contradicted.
 */
export const playBanks = async (
  office: Office,
  runIds: readonly string[],
  seed: number,
  folder: string,
): Promise<Delivery[]> => {
  const answers: Delivery[] = [];
  for (const runId of runIds) {
    const { items } = await office.preparer(listFiles, { params: { runId } });
    for (const { fileName, pendingLines } of items) {
      if (pendingLines === 0) continue;
      const bytes = answerBankFile(await fetchBankFile(office, fileName), seed);
      writeReturnFile(folder, fileName, bytes);
      answers.push({ fileName, bytes });
    }
  }
  return answers;
};

/**
 * Everybody whose payment was returned brings a new account; once, before the first supplement, so that what is returned
 * again then is carried over by the closing.
 */
export const correctReturnedAccounts = async (
  office: Office,
  runIds: readonly string[],
  seed: number,
  progress: Progress,
): Promise<void> => {
  const runs = await Promise.all(runIds.map((runId) => detailOf(office, runId)));
  const returned = runs.filter(({ state, batches }) => state === 'issued' && batches === 1);
  const total = returned.reduce((sum, { totals }) => sum + totals.returnedLines, 0);
  const phase = progress.phase('更正退回账号', '笔');
  let corrected = 0;
  for (const { runId } of returned) {
    for await (const { lineId, programme, caseNo, bank = '' } of linesIn(office, runId, 'returned')) {
      const account = correctedAccount(lineId, seed);
      const body = { account, bank, proof: '演示:本人持存折复印件到镇街更正账号' };
      await office.preparer(correctAccount, { params: { programme, caseNo }, body }, `account-${lineId}`);
      corrected += 1;
      phase.at(corrected, total);
    }
  }
  if (corrected > 0) phase.end(`${countText(corrected)} 笔`);
};
