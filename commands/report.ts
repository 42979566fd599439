import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingOf } from '../functions/reporting/annex.ts';
import { FileFormat } from '../functions/reporting/report-record.ts';
import { Refusal } from '../month/desk.ts';
import { WorkStuck } from '../month/office.ts';
import { UsageError } from '../month/options.ts';
import { openProgress } from '../month/progress.ts';
import { HELP, type ReportOptions, readOptions } from '../report/options.ts';
import { reportOfYear } from '../report/report-job.ts';
import { YearBroken } from '../year/checks.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const run = async (options: ReportOptions): Promise<void> => {
  const { period, out } = options;
  const progress = openProgress({ stream: process.stderr, now: () => performance.now() });
  const dataFolder = mkdtempSync(join(tmpdir(), 'huimin-report-'));
  try {
    const { report, files } = await reportOfYear(options, { dataFolder, progress });
    mkdirSync(out, { recursive: true });
    for (const [label, why] of missingOf(report)) say(`暂缺:${label}  ${why}`);
    for (const format of FileFormat.options) {
      const path = join(out, `report-${period.code}.${format}`);
      writeFileSync(path, files[format]);
      say(path);
    }
    say(`filled ${report.filled} of ${report.total} figures`);
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n(npm run report -- --help 显示说明)\n`);
    process.exitCode = 2;
  } else if (error instanceof YearBroken || error instanceof WorkStuck || error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else throw error;
}
