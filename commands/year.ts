import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { openProgress } from '../month/progress.ts';
import { Month } from '../shared/month.ts';
import { YearBroken } from '../year/checks.ts';
import { recalledFen, yearJson, yearTable } from '../year/year-account.ts';
import { playYear } from '../year/year-job.ts';

const HELP = `npm run year -- [--from 2021-01] [--to 2021-12] [--seed 1] [--households 1776] [--data DIR] [--out out]

在推进的时钟上演一个民政局的若干个月:名册登记、申请、变更、复核、调标、临时救助、节日补助、每月发放,逐月核对。
同一种子两次结果相同。核对不符时说明差异,退出码为 1。

  --from        起始月
  --to          截止月
  --seed        种子
  --households  低保户数,特困、低边按比例
  --data        数据目录(默认用后即删的临时目录)
  --out         输出目录,写入 year-<起>-<止>-seed<种子>/year.json
`;

const Options = z
  .strictObject({
    from: Month.default(Month.parse('2021-01')),
    to: Month.default(Month.parse('2021-12')),
    seed: z.coerce.number().int().min(1).default(1),
    households: z.coerce.number().int().min(10).max(20_000).optional(),
    data: z.string().optional(),
    out: z.string().default('out'),
  })
  .refine(({ from, to }) => from <= to, '起始月不能晚于截止月');

const option = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    from: option,
    to: option,
    seed: option,
    households: option,
    data: option,
    out: option,
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const run = async (options: z.output<typeof Options>): Promise<void> => {
  const { from, to, seed, households, data, out } = options;
  const began = performance.now();
  const dataFolder = data ?? mkdtempSync(join(tmpdir(), 'huimin-year-'));
  const progress = openProgress({ stream: process.stderr, now: () => performance.now() });
  try {
    const account = await playYear({
      from,
      to,
      seed,
      dataFolder,
      progress,
      ...(households === undefined ? {} : { households }),
      onMonth: async (_, { month }) => progress.say(`${month} 核对相符`),
    });
    const folder = join(out, `year-${from}-${to}-seed${seed}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'year.json'), yearJson(account));
    say(yearTable(account));
    say(`收回历年结余 ${(recalledFen(account) / 100).toFixed(2)} 元。`);
    say(`${join(folder, 'year.json')}`);
    process.stderr.write(`用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒\n`);
  } finally {
    if (data === undefined) rmSync(dataFolder, { recursive: true, force: true });
  }
};

const { help, ...given } = values;
const options = Options.safeParse(given);
if (help) say(HELP);
else if (!options.success) {
  process.stderr.write(`${options.error.issues.map(({ message }) => message).join('\n')}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  try {
    await run(options.data);
  } catch (error) {
    if (!(error instanceof YearBroken)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
