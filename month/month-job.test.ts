import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answerBankFile } from '../demo/bank.ts';
import { type Cloud, startCloud } from '../infra/local/cloud.ts';
import { checkDigit } from '../shared/identity-number.ts';
import { Month } from '../shared/month.ts';
import { type Delivery, deliverRoster } from './delivery.ts';
import { demoRoster } from './demo-month.ts';
import type { Desk } from './desk.ts';
import { CannotGoOn, type MonthJob, type MonthResult, runMonth } from './month-job.ts';
import { type Office, openOffice } from './office.ts';
import { registerOf, registerRow } from './sample-register.ts';
import { summaryOf } from './summary.ts';

const names = { preparedBy: '王经办', approvedBy: '李审批', secondApprovedBy: '张复核' };
const silent = { say: () => {}, phase: () => ({ at: () => {}, end: () => {} }) };
const month = Month.parse('2021-07');

const HEADER = '项目,案号,姓名,身份证号,区划代码,保障人口,月金额,起始月,终止月,户名,账号,开户银行,联系电话';
const row = (caseNo: string, identityNumber: string, account: string, amount = '900.00') =>
  `低保,${caseNo},张三,${identityNumber},330702100000,1,${amount},2021-01,,,${account},${account && '中国农业银行'},`;
const rosterOf = (rows: readonly string[], fileName = '花名册.csv'): Delivery => ({
  fileName,
  bytes: iconv.encode([HEADER, ...rows, ''].join('\r\n'), 'gb18030'),
});
const paid = row('A1', '330702195001010017', '6222020200000000014');
const paidElsewhere = row('A1', '330702195001010017', '6222020200000000022');
const withoutAccount = row('A2', '330702195101010014', '');
const withAccount = row('A2', '330702195101010014', '6222020200000000022');
const wrong = row('A3', '330702195001010018', '', '-5');

const calmFiles = {
  registers: [{ fileName: '特困名册.csv', bytes: registerOf([registerRow(7)]) }],
  rosters: [rosterOf([paid, withoutAccount, wrong])],
};

/** A bureau of its own: data folder, cloud, officers, output. */
const openBureau = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-month-'));
  const cloud = await startCloud({ dataFolder: join(folder, 'data'), owner: 'test', quietLogs: true });
  bureaus.push({ cloud, folder });
  const out = join(folder, 'out');
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const progress = { say, phase: () => ({ at: () => {}, end: say }) };
  const office = await openOffice(cloud, names);
  const run = (given: Partial<MonthJob> & { readonly close?: boolean }) =>
    runMonth({
      office,
      registers: [],
      rosters: [],
      returns: [],
      progress,
      options: { month, data: 'data', out, close: given.close ?? false, seed: 1 },
      ...given,
    });
  const written = () =>
    Object.fromEntries(
      readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')]),
    );
  return { office, run, said, written, out };
};
type Bureau = Awaited<ReturnType<typeof openBureau>>;

const bureaus: { readonly cloud: Cloud; readonly folder: string }[] = [];
afterAll(async () => {
  for (const { cloud, folder } of bureaus) {
    await cloud.stop();
    rmSync(folder, { recursive: true });
  }
});

// Whole months run here, the first of them after building the functions' bundles.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** A month nobody disturbed. */
let calm: { readonly bureau: Bureau; readonly result: MonthResult; readonly written: Record<string, string> };
beforeAll(async () => {
  const bureau = await openBureau();
  const result = await bureau.run(calmFiles);
  calm = { bureau, result, written: bureau.written() };
});

/** What the bank answers to the newest file: everything returned, or nothing. */
const answerOf = ({ out }: Bureau, { account }: MonthResult, returnedShare: 0 | 1): Delivery => {
  const fileName = account.runs[0]?.files.at(-1)?.fileName ?? '';
  const bytes = readFileSync(join(out, month, 'files', fileName));
  return { fileName, bytes: answerBankFile(bytes, 1, { returnedShare }) };
};
const summed = ({ account }: MonthResult) => {
  const { conservation, files, rejectedRows, runs } = summaryOf(account);
  return { ...conservation, files: files.length, rejectedRows, state: runs[0]?.state };
};

test('own data without returns stops when the files are issued, and doing it again changes no byte', async () => {
  const again = await calm.bureau.run(calmFiles);

  expect(summed(calm.result)).toEqual({
    approvedFen: 180_000 + 126_000,
    filedFen: 90_000 + 126_000,
    heldFen: 90_000,
    settledFen: 0,
    returnedFen: 0,
    pendingFen: 90_000 + 126_000,
    balanced: true,
    files: 2,
    rejectedRows: 1,
    state: 'issued',
  });
  expect(summed(again)).toEqual(summed(calm.result));
  expect(calm.bureau.written()).toEqual(calm.written);
  expect(Object.keys(calm.written).toSorted()).toEqual([
    expect.stringMatching(/_DIBAO_20210710_0101\.txt$/),
    expect.stringMatching(/_TEKUN_20210710_0101\.txt$/),
    'month.html',
    'rejected.csv',
    'summary.json',
  ]);
});

test('held and returned lines are paid by a supplement once their accounts are in the roster, then the month closes', async () => {
  const bureau = await openBureau();
  const issued = await bureau.run({ rosters: [rosterOf([paid, withoutAccount])] });
  const early = await bureau.run({ close: true });
  const returned = await bureau.run({ returns: [answerOf(bureau, issued, 1)] });
  const corrected = await bureau.run({ rosters: [rosterOf([paidElsewhere, withAccount])] });
  const again = await bureau.run({ rosters: [rosterOf([paidElsewhere, withAccount])] });
  const closed = await bureau.run({ returns: [answerOf(bureau, again, 0)], close: true });

  expect(early.unmet).toEqual(['低保还有 1 笔未回盘,不能关账。']);
  expect(summed(returned)).toMatchObject({ returnedFen: 90_000, heldFen: 90_000, pendingFen: 0, files: 1 });
  expect(summed(corrected)).toMatchObject({ returnedFen: 0, heldFen: 0, pendingFen: 180_000, files: 2 });
  expect(summed(again)).toEqual(summed(corrected));
  expect(summed(closed)).toMatchObject({
    settledFen: 180_000,
    pendingFen: 0,
    balanced: true,
    state: 'closed',
  });
});

/** An office that breaks off after so many requests, as a killed process would. */
const breakingOff = (office: Office, after: number): Office => {
  let left = after;
  const breaking =
    (desk: Desk): Desk =>
    (...request) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('broken off')) : desk(...request);
    };
  return {
    ...office,
    preparer: breaking(office.preparer),
    approvers: office.approvers.map(({ name, desk }) => ({ name, desk: breaking(desk) })),
  };
};

test('a month that is broken off at many places and begun again ends with the same bytes', async () => {
  const broken = await openBureau();
  let breaks = 0;
  const attempt = (after: number) =>
    broken.run({ ...calmFiles, office: breakingOff(broken.office, after) }).catch((error: Error) => {
      expect(error.message).toBe('broken off');
      breaks += 1;
    });
  for (let after = 5; !(await attempt(after)); after += 16);

  expect(breaks).toBeGreaterThan(2);
  expect(broken.written()).toEqual(calm.written);
});

test('a register is accepted by the approver, its refused rows are listed, and a large batch is approved by two officers', async () => {
  const bureau = await openBureau();
  const large = Array.from({ length: 50 }, (_, index) => {
    const number = `3307021953010${String(index + 100)}1`;
    return row(`B${index}`, `${number}${checkDigit(number)}`, '6222020200000000014', '100000.00');
  });

  const register = { fileName: '特困名册.csv', bytes: registerOf([registerRow(7), registerRow(8, '-5')]) };
  const { account } = await bureau.run({ registers: [register], rosters: [rosterOf(large)] });

  expect(bureau.said.slice(0, 2)).toEqual([
    '可登记 1 户 1 人,无变化 0 户,拒收 1 户',
    '新登记 1 户,确认 李审批',
  ]);
  expect(iconv.decode(Buffer.from(bureau.written()['rejected.csv'] ?? '', 'latin1'), 'utf8')).toContain(
    '月保障金额,-5,金额不能为负,特困名册.csv',
  );
  expect(account.runs[0]?.run.batchList[0]?.approvals.map(({ name }) => name)).toEqual(['李审批', '张复核']);
  expect(bureau.said.join('\n')).toContain('审批 李审批、张复核(须两人审批)');
});

test('own data is not mixed with demo data, and what is no roster opens no run', async () => {
  const bureau = await openBureau();

  await expect(
    bureau.run({ rosters: [{ fileName: 'x.csv', bytes: Buffer.from('不是花名册\n') }] }),
  ).rejects.toThrow(/^花名册 x\.csv 整份拒收:/);
  await expect(bureau.run({ close: true })).rejects.toThrow('没有可发放的待遇记录');
  const demo = demoRoster(month, 1);
  await deliverRoster(bureau.office, { ...demo, bytes: rosterOf([wrong]).bytes }, silent);
  await expect(bureau.run({ rosters: [rosterOf([paid])] })).rejects.toThrow(CannotGoOn);
});
