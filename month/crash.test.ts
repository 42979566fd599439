import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { returnTo } from './sample-bank.ts';
import { registerOf, registerRow } from './sample-register.ts';
import { csvOf, row } from './sample-roster.ts';

/** The month command, killed in the middle and begun again, against one that nobody disturbed. */

const COMMAND = join(import.meta.dirname, '../commands/month.ts');
const MONTH = '2021-07';

const home = mkdtempSync(join(tmpdir(), 'huimin-crash-'));
const returns = join(home, 'returns');
afterAll(() => rmSync(home, { recursive: true }));

// Months run here in processes of their own, the first of them after building the functions' bundles.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const begin = (bureau: string, ...more: string[]) => {
  const folder = join(home, bureau);
  mkdirSync(folder, { recursive: true });
  const files = ['--register', join(home, '名册.csv'), '--roster', join(home, '花名册.csv')];
  const child = spawn(process.execPath, [COMMAND, '--month', MONTH, ...files, ...more], { cwd: folder });
  const exit = once(child, 'close');
  return { child, exit, errors: text(child.stderr) };
};

/** Lets the command run to its end. */
const finish = async (bureau: string, ...more: string[]) => {
  const { child, exit, errors } = begin(bureau, ...more);
  const output = await text(child.stdout);
  const [exitCode] = await exit;
  return { exitCode, output, errors: await errors };
};

/** Kills the command the moment it prints a line that holds `words`; false when it ended without. */
const killAt = async (bureau: string, words: string, ...more: string[]): Promise<boolean> => {
  const { child, exit } = begin(bureau, ...more);
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
    if (printed.includes(words)) child.kill('SIGKILL');
  });
  const [, signal] = await exit;
  return signal === 'SIGKILL';
};

/** Everything the command wrote for the month, by name. */
const written = (bureau: string): Record<string, string> => {
  const folder = join(home, bureau, 'out', MONTH);
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')]),
  );
};
const bankFiles = (bureau: string) =>
  Object.entries(written(bureau)).filter(([name]) => name.endsWith('.txt'));

const wholeMonth: string[] = [];
beforeAll(async () => {
  const rows = [
    row(1),
    row(2),
    row(3, { 账号: '' }),
    row(4, { 项目: '特困', 案号: 'T004' }),
    row(5, { 月金额: '-1' }),
  ];
  writeFileSync(join(home, '名册.csv'), registerOf([registerRow(6)]));
  writeFileSync(join(home, '花名册.csv'), csvOf(rows));
  expect(await finish('calm')).toMatchObject({ exitCode: 0 });
  mkdirSync(returns);
  for (const [name, content] of bankFiles('calm')) {
    const path = join(returns, name);
    writeFileSync(path, returnTo(Buffer.from(content, 'latin1'), { A002: '02' }));
    wholeMonth.push('--returns', path);
  }
  wholeMonth.push('--close');
  expect(await finish('calm', ...wholeMonth)).toMatchObject({ exitCode: 0, errors: '' });
});

test('killed while importing, planning, issuing and reading returns, then run again, the month has the same bytes', async () => {
  const moments = ['登记名册', '导入花名册', '编制发放明细', '签发', '导入回盘'];
  const killed: string[] = [];
  for (const moment of moments) if (await killAt('killed', moment, ...wholeMonth)) killed.push(moment);
  const last = await finish('killed', ...wholeMonth);

  expect(killed.slice(0, 4)).toEqual(moments.slice(0, 4));
  expect(last).toMatchObject({ exitCode: 0, errors: '' });
  expect(written('killed')).toEqual(written('calm'));
  expect(JSON.parse(written('killed')['summary.json'] ?? '')).toMatchObject({
    conservation: {
      balanced: true,
      pendingFen: 0,
      settledFen: 1800_00 + 1260_00,
      returnedFen: 900_00,
      heldFen: 900_00,
    },
  });
});

test('of two commands on one folder the second names the first and ends, and the first’s month is unharmed', async () => {
  const first = begin('shared', ...wholeMonth);
  await once(first.child.stdout, 'data');
  const second = await finish('shared', ...wholeMonth);
  first.child.stdout.resume();
  const [exitCode] = await first.exit;

  expect(second.exitCode).toBe(1);
  expect(second.errors).toContain(`正由进程 ${first.child.pid}(npm run month,自 `);
  expect(exitCode).toBe(0);
  expect(written('shared')).toEqual(written('calm'));
});
