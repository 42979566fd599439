import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderInUse } from '../infra/local/database.ts';
import { Refusal } from '../month/desk.ts';
import { WorkStuck } from '../month/office.ts';
import { UsageError } from '../month/options.ts';
import { openProgress } from '../month/progress.ts';
import { YearBroken } from '../year/checks.ts';
import { HELP, readOptions, type YearOptions } from '../year/options.ts';
import { recallSentence, yearJson, yearTable } from '../year/year-account.ts';
import { playYear } from '../year/year-job.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A year begins in an empty folder, because nothing may be there that does not follow from the seed. */
const emptyFolder = (data: string): string => {
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new UsageError(`--data ${data}:目录不是空的。请另指定一个空目录。`);
  return data;
};

/** What goes to the standard output follows from the seed alone; progress and seconds go to the other one. */
const run = async ({ data, out, ...options }: YearOptions): Promise<void> => {
  const began = performance.now();
  const progress = openProgress({ stream: process.stderr, now: () => performance.now() });
  const dataFolder = data === undefined ? mkdtempSync(join(tmpdir(), 'huimin-year-')) : emptyFolder(data);
  try {
    const onMonth = async (_: unknown, { month }: { readonly month: string }) =>
      progress.say(`${month} 已办结,核对相符`);
    const account = await playYear({ ...options, dataFolder, progress, onMonth });
    const folder = join(out, `year-${options.from}-${options.to}-seed${options.seed}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'year.json'), yearJson(account));
    say(yearTable(account));
    say(recallSentence(account));
    say(join(folder, 'year.json'));
    progress.say(`用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒`);
  } finally {
    if (data === undefined) rmSync(dataFolder, { recursive: true, force: true });
  }
};

/** The sentence for what a person can do something about, and the exit code; other errors keep their stack. */
const explained = (error: unknown): { readonly sentence: string; readonly exitCode: number } | undefined => {
  if (error instanceof UsageError)
    return { sentence: `${error.message}\n(npm run year -- --help 显示说明)`, exitCode: 2 };
  if (error instanceof DataFolderInUse)
    return { sentence: `数据目录 ${error.folder} 正由另一进程使用。本次未做任何改动。`, exitCode: 1 };
  return error instanceof YearBroken || error instanceof WorkStuck || error instanceof Refusal
    ? { sentence: error.message, exitCode: 1 }
    : undefined;
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  const known = explained(error);
  if (known === undefined) throw error;
  process.stderr.write(`${known.sentence}\n`);
  process.exitCode = known.exitCode;
}
