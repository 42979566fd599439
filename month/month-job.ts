import { join } from 'node:path';
import type { ImportView } from '../functions/assistance/import-views.ts';
import { listFiles } from '../functions/disbursement/return-routes.ts';
import { listRosters } from '../functions/disbursement/roster-routes.ts';
import type { RosterView } from '../functions/disbursement/views.ts';
import { importReturns } from './bank-returns.ts';
import { type Delivery, deliverRoster, findingsOf } from './delivery.ts';
import { bringRegister, correctReturnedAccounts, demoRoster, isDemoFile, playBanks } from './demo-month.ts';
import { everyItem } from './desk.ts';
import { fetchBankFile, writeAccount, writeBankFile } from './month-folder.ts';
import { planSentences } from './month-sentences.ts';
import type { Office } from './office.ts';
import type { MonthOptions } from './options.ts';
import {
  accountOf,
  awaitPlanning,
  close,
  detailOf,
  exceptionsOf,
  issueBatch,
  openRuns,
  programmeName,
  type RunDetail,
} from './pay-runs.ts';
import type { Progress } from './progress.ts';
import { deliverRegister, knownRegisters, registerFindings } from './register-delivery.ts';
import type { MonthAccount, RosterAccount } from './summary.ts';
import { supplement } from './supplement.ts';

/** A month from register and roster to closing, as two officers would do it over the HTTP API. */

export type MonthJob = {
  readonly office: Office;
  readonly options: Pick<MonthOptions, 'month' | 'data' | 'out' | 'close' | 'seed'>;
  readonly registers: readonly Delivery[];
  readonly rosters: readonly Delivery[];
  readonly returns: readonly Delivery[];
  readonly progress: Progress;
};

export type MonthResult = {
  readonly account: MonthAccount;
  readonly isDemo: boolean;
  readonly folder: string;
  readonly paths: readonly string[];
  /** What was asked for and could not be done, as sentences. */
  readonly unmet: readonly string[];
};

/** The month cannot go on; the message says why in Chinese. What was done so far stands. */
export class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
}

const LARGEST_PAGE = 200;

const folderOf = ({ out, month }: Pick<MonthOptions, 'out' | 'month'>): string => join(out, month);

/** Rosters of the data folder, newest first. */
const knownRosters = ({ preparer }: Office): Promise<RosterView[]> =>
  Array.fromAsync(everyItem((cursor) => preparer(listRosters, { query: { cursor, limit: LARGEST_PAGE } })));

/** What the data folder holds already, each newest first. */
type Known = { readonly registers: readonly ImportView[]; readonly rosters: readonly RosterView[] };

/** Demo work is what was asked for without any data of one's own; own data and invented people never share a folder. */
const isDemoWork = ({ registers, rosters, returns, options }: MonthJob, known: Known): boolean => {
  const files = [...known.registers, ...known.rosters];
  const holdsDemo = files.some(isDemoFile);
  const holdsOwn = !files.every(isDemoFile);
  const bringsOwn = registers.length + rosters.length + returns.length > 0;
  if (holdsDemo && (bringsOwn || holdsOwn)) {
    throw new CannotGoOn(
      `数据目录 ${options.data} 中是演示数据,不能与实际数据混用。请用 --data 另指定一个目录。`,
    );
  }
  return !bringsOwn && !holdsOwn && !options.close;
};

/** Without a file on the command line: the last import of every one the folder knows. */
const newestOfEach = <T extends { readonly fileName: string; readonly state: string }>(
  known: readonly T[],
  done: T['state'],
): T[] => {
  const newest = new Map<string, T>();
  for (const file of known) {
    if (!newest.has(file.fileName)) newest.set(file.fileName, file);
  }
  return [...newest.values()].filter(({ state }) => state === done).toReversed();
};

const importRegisters = async (
  { office, options, registers, progress }: MonthJob,
  known: readonly ImportView[],
): Promise<ImportView[]> => {
  const imported: ImportView[] = [];
  for (const file of registers) {
    const register = await deliverRegister(office, file, { month: options.month, known }, progress);
    if (register.state === 'refused')
      throw new CannotGoOn(`名册 ${file.fileName} 整份拒收:${register.problem ?? ''}`);
    imported.push(register);
  }
  return imported;
};

const importRosters = async (
  { office, progress }: MonthJob,
  files: readonly Delivery[],
): Promise<RosterView[]> => {
  const imported: RosterView[] = [];
  for (const file of files) {
    const roster = await deliverRoster(office, file, progress);
    if (roster.state === 'refused')
      throw new CannotGoOn(`花名册 ${file.fileName} 整份拒收:${roster.problem ?? ''}`);
    imported.push(roster);
  }
  return imported;
};

const importDemo = async ({ office, options, progress }: MonthJob, known: Known): Promise<ImportView[]> => {
  const register = await bringRegister(office, known.registers, options, progress);
  if (register) return [register];
  throw new CannotGoOn(
    `数据目录 ${options.data} 中的演示名册始于更晚的月份,不能补办 ${options.month}。请用 --data 另指定一个目录。`,
  );
};

/** Brings in what there is to bring in, registers first; answers with what was found in the files, or in those of before. */
const importAll = async (job: MonthJob, known: Known, isDemo: boolean): Promise<RosterAccount[]> => {
  const { office, options } = job;
  const registers = await (isDemo ? importDemo(job, known) : importRegisters(job, known.registers));
  const rosters = await importRosters(job, isDemo ? [demoRoster(options.month, options.seed)] : job.rosters);
  return registers.length + rosters.length > 0
    ? findingsOfEach(office, registers, rosters)
    : findingsOfEach(
        office,
        newestOfEach(known.registers, 'applied'),
        newestOfEach(known.rosters, 'imported'),
      );
};

const findingsOfEach = (
  office: Office,
  registers: readonly ImportView[],
  rosters: readonly RosterView[],
): Promise<RosterAccount[]> =>
  Promise.all([
    ...registers.map(async ({ importId, fileName }) => ({
      fileName,
      findings: await registerFindings(office, importId),
    })),
    ...rosters.map(async ({ rosterId, fileName }) => ({
      fileName,
      findings: await findingsOf(office, rosterId),
    })),
  ]);

/** Has every planned run approved and filed; says before what the approver is asked to agree to. */
const issueRuns = async (
  { office, progress }: MonthJob,
  runIds: readonly string[],
  exceptions: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Promise<void> => {
  for (const runId of runIds) {
    const run = await detailOf(office, runId);
    for (const sentence of planSentences(run, exceptions.get(runId) ?? new Map())) progress.say(sentence);
    if (!run.balanced)
      throw new CannotGoOn(`${programmeName(run)}的金额勾稽不平,已停止办理,请联系系统管理员。`);
    if (run.state === 'planned' || run.state === 'approved') await issueBatch(office, runId, 1, progress);
  }
};

const writeBankFiles = async ({ office, options }: MonthJob, runIds: readonly string[]): Promise<void> => {
  for (const runId of runIds) {
    const { items } = await office.preparer(listFiles, { params: { runId } });
    for (const { fileName } of items) {
      writeBankFile(folderOf(options), fileName, await fetchBankFile(office, fileName));
    }
  }
};

const supplementRuns = async ({ office, progress }: MonthJob, runIds: readonly string[]): Promise<void> => {
  for (const runId of runIds) await supplement(office, await detailOf(office, runId), progress);
};

/** Closes what can be closed; says what cannot. */
const closeRuns = async ({ office, progress }: MonthJob, runIds: readonly string[]): Promise<string[]> => {
  const unmet: string[] = [];
  const phase = progress.phase('关账', '个项目');
  let closed = 0;
  for (const runId of runIds) {
    const run: RunDetail = await detailOf(office, runId);
    if (run.state === 'issued' && run.totals.pendingLines > 0) {
      unmet.push(`${programmeName(run)}还有 ${run.totals.pendingLines} 笔未回盘,不能关账。`);
      continue;
    }
    await close(office, run);
    closed += 1;
    phase.at(closed, runIds.length);
  }
  phase.end(`${closed} 个项目已关账`);
  return unmet;
};

/** Plays the banks, then the district's answer to what they sent back, until the month can be closed. */
const playDemo = async (job: MonthJob, runIds: readonly string[]): Promise<string[]> => {
  const { office, options, progress } = job;
  const answer = async () =>
    importReturns(office, runIds, await playBanks(office, runIds, options.seed, folderOf(options)), progress);
  const first = await answer();
  await correctReturnedAccounts(office, runIds, options.seed, progress);
  await supplementRuns(job, runIds);
  await writeBankFiles(job, runIds);
  return [...first, ...(await answer())];
};

const playOwn = async (job: MonthJob, runIds: readonly string[]): Promise<string[]> => {
  const unmet = await importReturns(job.office, runIds, job.returns, job.progress);
  await supplementRuns(job, runIds);
  await writeBankFiles(job, runIds);
  return unmet;
};

/** Does what is left to do of the month, then writes its account into the output folder. Doing it again changes nothing. */
export const runMonth = async (job: MonthJob): Promise<MonthResult> => {
  const { office, options, progress } = job;
  const { month } = options;
  const known: Known = { registers: await knownRegisters(office), rosters: await knownRosters(office) };
  const isDemo = isDemoWork(job, known);
  const rosters = await importAll(job, known, isDemo);

  const runIds = await openRuns(office, month);
  if (runIds.length === 0) {
    throw new CannotGoOn(
      '没有可发放的待遇记录:请用 --register 或 --roster 导入名册;若已导入,各行均被拒收,请先更正。',
    );
  }
  await awaitPlanning(office, runIds, progress);
  const exceptions = new Map<string, ReadonlyMap<string, number>>();
  for (const runId of runIds) exceptions.set(runId, await exceptionsOf(office, runId));
  await issueRuns(job, runIds, exceptions);
  await writeBankFiles(job, runIds);

  const unmet = isDemo ? await playDemo(job, runIds) : await playOwn(job, runIds);
  if (isDemo || options.close) unmet.push(...(await closeRuns(job, runIds)));

  const runs = [];
  for (const runId of runIds) runs.push(await accountOf(office, runId, exceptions.get(runId) ?? new Map()));
  const account: MonthAccount = { month, runs, rosters };
  const folder = folderOf(options);
  return { account, isDemo, folder, paths: writeAccount(folder, account), unmet };
};
