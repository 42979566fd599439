import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { answerBankFile } from '../demo/bank.ts';

const HELP = `模拟银行:为下载的报盘文件生成回盘文件,供本机演示在页面上导入。

  npm run bank -- 下载/1133070200259915X2_DIBAO_20270110_0101.txt [更多文件]

  --returned  退回笔数的比例,0 到 1(默认 0.02)
  --out       写入目录(默认与报盘文件同一目录)
  --seed      种子,整数(默认 1);同一文件、同一种子,回盘逐字节相同
  --help      显示本说明

回盘文件以报盘文件名加“-回盘”命名。
退出码:0 全部写出;1 有文件没有生成回盘;2 参数有误。
`;

const Options = z.strictObject({
  returned: z.coerce.number().min(0).max(1).default(0.02),
  out: z.string().optional(),
  seed: z.coerce.number().int().default(1),
  files: z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

const readOptions = (args: readonly string[]): Options | 'help' | { readonly wrong: string } => {
  const option = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        returned: option,
        out: option,
        seed: option,
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
    const { help, ...given } = values;
    if (help) return 'help';
    const parsed = Options.safeParse({ ...given, files: positionals });
    if (parsed.success) return parsed.data;
    const sentences = parsed.error.issues.map(({ path: [name], message }) =>
      name === 'files' ? '请写明报盘文件。' : `--${String(name)}:${message}`,
    );
    return { wrong: sentences.join('\n') };
  } catch (error) {
    // What parseArgs throws is a sentence about the arguments.
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
};

/** Answers one file beside it or in `out`; false, with a sentence that says why, when there is none. */
const answerFile = (file: string, { returned, out, seed }: Options): boolean => {
  try {
    const answer = answerBankFile(readFileSync(file), seed, { returnedShare: returned });
    const folder = out ?? dirname(file);
    const ending = extname(file);
    const answered = join(folder, `${basename(file, ending)}-回盘${ending}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(answered, answer);
    process.stdout.write(`${answered}\n`);
    return true;
  } catch (error) {
    process.stderr.write(`${file}:没有生成回盘(${error instanceof Error ? error.message : String(error)})\n`);
    return false;
  }
};

const options = readOptions(process.argv.slice(2));
if (options === 'help') process.stdout.write(HELP);
else if ('wrong' in options) {
  process.stderr.write(`${options.wrong}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  const answered = options.files.map((file) => answerFile(file, options));
  process.exitCode = answered.every(Boolean) ? 0 : 1;
}
