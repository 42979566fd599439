import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../infra/local/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'huimin-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const month = async (...args: string[]) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'month.ts'), ...args]);
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { output, errors, exitCode: await exit };
};

test('help goes to the output', async () => {
  const { output, exitCode } = await month('--help');

  expect(output).toContain('npm run month -- --month 2021-07');
  expect(exitCode).toBe(0);
});

test('a wrong option and a file that is not there end with code 2 and a sentence, before anything is started', async () => {
  const data = join(folder, 'untouched');
  const wrong = await month('--month', '七月', '--data', data);
  const missing = await month('--roster', join(folder, '没有.csv'), '--data', data);
  const directory = await month('--roster', folder, '--data', data);

  expect(wrong).toMatchObject({ exitCode: 2, errors: expect.stringContaining('月份应写成 2021-07 的形式') });
  expect(missing).toMatchObject({ exitCode: 2, errors: expect.stringContaining('没有.csv:文件不存在') });
  expect(directory).toMatchObject({ exitCode: 2, errors: expect.stringContaining('是文件夹') });
  expect(existsSync(data)).toBe(false);
});

test('while another process has the data folder, the command says who and does nothing', async () => {
  const data = join(folder, 'busy');
  const database = openDatabase(data, 'npm start');

  const { errors, exitCode } = await month('--data', data);
  database.close();

  expect(errors).toContain(`正由进程 ${process.pid}(npm start,自 `);
  expect(errors).toContain('本次未做任何改动');
  expect(exitCode).toBe(1);
});
