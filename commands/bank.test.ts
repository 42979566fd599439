import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseReturnFile } from '../functions/disbursement/bank-file.ts';
import { formatBankFile } from '../functions/disbursement/bank-file-bytes.ts';
import { runCommand } from './sample-command.ts';

const header = {
  batchNo: '202109DIBAO01',
  agency: '1133070200259915X2',
  purposeCode: 'DIBAO',
  payDate: '2021-09-10',
};
const detail = {
  seq: 1,
  caseNo: '330702-DB-2019-000001',
  beneficiaryIdHash: '0'.repeat(64),
  account: '6240000000000000001',
  accountName: '申屠䶮',
  bankCode: '402',
  amountFen: 900_00,
  summary: '低保2021-09',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huimin-bank-'));
  writeFileSync(join(folder, 'issued.txt'), formatBankFile(header, [detail]).bytes);
  writeFileSync(join(folder, 'other.txt'), '这不是报盘文件\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('answers every file beside it, and says which one is no bank file', async () => {
  const other = join(folder, 'other.txt');
  const { code, stdout, stderr } = await runCommand(
    'bank',
    other,
    join(folder, 'issued.txt'),
    '--returned',
    '1',
  );

  const answer = join(folder, 'issued-回盘.txt');
  expect({ code, stdout }).toEqual({ code: 1, stdout: `${answer}\n` });
  expect(stderr).toContain(`${other}:没有生成回盘`);
  const { rows, faults } = parseReturnFile(readFileSync(answer));
  expect(faults).toEqual([]);
  expect(rows).toMatchObject([{ caseNo: detail.caseNo, amountFen: detail.amountFen }]);
  expect(rows[0]?.resultCode).not.toBe('00');
});

test('says everything that is wrong with its arguments, and writes nothing', async () => {
  const out = join(folder, 'out');
  const { code, stdout, stderr } = await runCommand('bank', '--returned', '2', '--seed', 'x', '--out', out);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  for (const sentence of ['--returned:', '--seed:', '请写明报盘文件']) expect(stderr).toContain(sentence);
  expect(existsSync(out)).toBe(false);
});
