import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { startCloud } from '../infra/local/cloud.ts';
import { DataFolderInUse, DataFolderOutdated } from '../infra/local/database.ts';
import type { Delivery } from '../month/delivery.ts';
import { Refusal } from '../month/desk.ts';
import { strangeFiles } from '../month/month-folder.ts';
import { CannotGoOn, type MonthResult, runMonth } from '../month/month-job.ts';
import { nextSteps } from '../month/month-sentences.ts';
import { finishEarlierWork, openOffice, WorkStuck } from '../month/office.ts';
import { HELP, type MonthOptions, readOptions, UsageError } from '../month/options.ts';
import { openProgress } from '../month/progress.ts';
import { summaryOf } from '../month/summary.ts';
import { summaryTable } from '../month/summary-table.ts';
import { systemClock } from '../shared/clock.ts';

/** Read before anything is started, so that a misspelt name costs nothing. */
const read = (path: string): Delivery => {
  try {
    return { fileName: basename(path), bytes: readFileSync(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why =
      { ENOENT: '文件不存在', EISDIR: '是文件夹,不是文件', EACCES: '没有读取权限' }[code] ?? String(error);
    throw new UsageError(`无法读取 ${path}:${why}。`, { cause: error });
  }
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The command as it would be typed again, without returns and `--close`: advice adds what comes next. */
const commandOf = ({ month, registers, rosters, data, out }: MonthOptions): string =>
  [
    `npm run month -- --month ${month}`,
    ...registers.map((path) => `--register ${path}`),
    ...rosters.map((path) => `--roster ${path}`),
    ...(data === '.huimin' ? [] : [`--data ${data}`]),
    ...(out === 'out' ? [] : [`--out ${out}`]),
  ].join(' ');

const sayResult = (result: MonthResult, options: MonthOptions): void => {
  const { account, folder, paths, unmet } = result;
  const summary = summaryOf(account);
  say(`\n${summaryTable(summary)}\n`);
  if (!summary.conservation.balanced) say('金额勾稽不符,请立即核查。');
  if (summary.rejectedRows > 0) say(`名册拒收 ${summary.rejectedRows} 行,逐行原因见 rejected.csv。`);
  for (const path of paths) say(path);
  say(`${folder}/files  ${summary.files.length} 个报盘文件`);
  for (const name of strangeFiles(folder, account))
    say(`注意:${folder}/files/${name} 不是本月签发的文件,请勿报送。`);
  for (const sentence of unmet) say(`未办成:${sentence}`);
  const steps = result.isDemo ? [] : nextSteps(account, { command: commandOf(options), folder });
  if (steps.length > 0) say(`\n${steps.join('\n')}`);
};

const run = async (options: MonthOptions): Promise<MonthResult> => {
  const registers = options.registers.map(read);
  const rosters = options.rosters.map(read);
  const returns = options.returns.map(read);
  const progress = openProgress({ stream: process.stdout, now: () => performance.now() });
  const cloud = await startCloud({ dataFolder: options.data, owner: 'npm run month', quietLogs: true });
  try {
    say(
      `${options.month} 发放。经办 ${options.preparedBy},审批 ${options.approvedBy}。数据目录 ${options.data}`,
    );
    await finishEarlierWork(cloud, progress);
    const office = await openOffice(cloud, options);
    return await runMonth({ office, options, registers, rosters, returns, progress });
  } finally {
    await cloud.stop();
  }
};

const inShanghai = (instant: string): string =>
  new Date(instant).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' });

/** The sentence for what a person at the terminal can do something about, and the exit code; other errors keep their stack. */
const explained = (error: unknown): { readonly sentence: string; readonly exitCode: number } | undefined => {
  if (error instanceof UsageError)
    return { sentence: `${error.message}\n(npm run month -- --help 显示说明)`, exitCode: 2 };
  if (error instanceof DataFolderInUse) {
    const who = error.owner
      ? `进程 ${error.owner.pid}(${error.owner.command},自 ${inShanghai(error.owner.startedAt)} 起)`
      : '一个刚启动的进程';
    return { sentence: `数据目录 ${error.folder} 正由${who}使用。本次未做任何改动。`, exitCode: 1 };
  }
  if (error instanceof DataFolderOutdated)
    return {
      sentence: `数据目录 ${error.folder} 由旧版本写入,本版本不能读取。请用 --data 另指定一个目录,或删除该目录后重新开始。本次未做任何改动。`,
      exitCode: 1,
    };
  return error instanceof Refusal || error instanceof WorkStuck || error instanceof CannotGoOn
    ? { sentence: error.message, exitCode: 1 }
    : undefined;
};

// Whoever read the output has gone (`| head`); the month is done all the same.
process.stdout.on('error', (error) => {
  if (!('code' in error && error.code === 'EPIPE')) throw error;
});

try {
  const options = readOptions(process.argv.slice(2), systemClock());
  if (options === 'help') process.stdout.write(HELP);
  else {
    const result = await run(options);
    sayResult(result, options);
    if (result.unmet.length > 0) process.exitCode = 1;
  }
} catch (error) {
  const known = explained(error);
  if (known === undefined) throw error;
  process.stderr.write(`${known.sentence}\n`);
  process.exitCode = known.exitCode;
}
