import { afterAll, beforeAll, expect, test } from 'vitest';
import { returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { accountOf, identityNumberOf, LUODIAN, nameOf, row, YAFAN } from '../../month/sample-roster.ts';
import { Month } from '../../shared/month.ts';
import { beneficiaryIdHash, parseBankFile, sm3 } from './bank-file.ts';
import { listPayments } from './entitlement-routes.ts';
import { approveBatch, closeRun, listExceptions, listLines, openRun } from './run-routes.ts';

/** One month in the life of a bureau, in the order it happens: each test goes on where the one before it ended. */

const july = Month.parse('2021-07');
const runId = '2021-07-dibao-regular';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
}, 60_000);
afterAll(() => bureau.stop());

const roster = [
  row(1),
  row(2, { 月金额: '1234.56', 区划代码: YAFAN }),
  row(3, { 开户银行: '中国工商银行金华分行' }),
  row(4, { 账号: '' }),
  row(5, { 开户银行: '' }),
  row(6),
  row(7, { 项目: '特困', 案号: 'T007', 身份证号: identityNumberOf(6) }),
  row(8, { 终止月: '2021-06' }),
  row(9, { 起始月: '2021-08' }),
];
const approver = () => bureau.approvers[0]?.desk ?? bureau.preparer;
const linesOf = async () => (await bureau.preparer(listLines, { params: { runId }, query: {} })).items;
const statesOf = async () =>
  Object.fromEntries((await linesOf()).map(({ caseNo, state }) => [caseNo, state]));

test('a roster becomes entitlements, and the same file again changes nothing', async () => {
  const first = await bureau.importRoster(roster);
  const again = await bureau.importRoster(roster);

  expect(first).toMatchObject({ state: 'imported', rows: 9, recorded: 9, unchanged: 0, refused: 0 });
  expect(again).toMatchObject({ state: 'imported', rows: 9, recorded: 0, unchanged: 9, refused: 0 });
});

test('a run plans whoever is entitled in its month, town by town, and holds what cannot be paid', async () => {
  const run = await bureau.open('dibao', july);

  expect(run).toMatchObject({
    runId,
    state: 'planned',
    batches: 1,
    openedBy: expect.stringMatching(/^officer-/),
  });
  expect(run.totals).toMatchObject({
    lines: 6,
    persons: 6,
    amountFen: 5 * 900_00 + 1234_56,
    unfiledLines: 3,
    unfiledFen: 2 * 900_00 + 1234_56,
    heldLines: 3,
    heldFen: 3 * 900_00,
    filedLines: 0,
  });
  expect(run.towns.map(({ areaName, totals }) => [areaName, totals.lines, totals.amountFen])).toEqual([
    ['罗店镇', 5, 5 * 900_00],
    ['雅畈镇', 1, 1234_56],
  ]);
  expect(await linesOf()).toMatchObject([
    { caseNo: 'A001', state: 'unfiled', holds: [] },
    { caseNo: 'A003', state: 'unfiled', bank: '工商银行' },
    { caseNo: 'A004', state: 'held', holds: ['NO_ACCOUNT'] },
    { caseNo: 'A005', state: 'held', holds: ['NO_BANK'] },
    { caseNo: 'A006', state: 'held', holds: ['EXCLUSIVE_PROGRAMMES'] },
    { caseNo: 'A002', state: 'unfiled', areaCode: YAFAN },
  ]);
});

test('the same month opened again is the same run, and what is recorded after the opening is not in it', async () => {
  await bureau.importRoster([row(1, { 月金额: '5000.00' }), row(10)]);
  const again = await bureau.open('dibao', july);

  expect(again).toMatchObject({ runId, attempt: 1, state: 'planned' });
  expect(again.totals).toMatchObject({ lines: 6, amountFen: 5 * 900_00 + 1234_56 });
});

test('the other programme of a person in two is held as well', async () => {
  const run = await bureau.open('destitute', july);

  expect(run.totals).toMatchObject({ lines: 1, heldLines: 1, unfiledLines: 0 });
});

test('what an approver must look at is listed by case', async () => {
  const { items } = await bureau.preparer(listExceptions, { params: { runId }, query: {} });

  expect(items.map(({ caseNo, code, areaCode }) => [caseNo, code, areaCode])).toEqual([
    ['A004', 'NO_ACCOUNT', LUODIAN],
    ['A005', 'NO_BANK', LUODIAN],
    ['A006', 'EXCLUSIVE_PROGRAMMES', LUODIAN],
    ['A002', 'ABOVE_CEILING', YAFAN],
  ]);
});

test('who prepared a batch cannot approve it: not in the same role, and not under an approver’s token of the same person', async () => {
  const params = { runId, batch: 1 };
  const samePerson = await bureau.desk({ role: 'section-chief', name: '王经办' });

  await expect(bureau.preparer(approveBatch, { params })).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
  await expect(samePerson(approveBatch, { params })).rejects.toMatchObject({ code: 'MAKER_IS_CHECKER' });
  expect(await bureau.run(runId)).toMatchObject({ state: 'planned' });
});

test('an approved run is filed: one file per bank, with header, payments and trailer that fit', async () => {
  const run = await bureau.approve(runId);

  expect(run).toMatchObject({ state: 'issued' });
  expect(run.totals).toMatchObject({
    unfiledLines: 0,
    filedLines: 3,
    pendingLines: 3,
    pendingFen: 2 * 900_00 + 1234_56,
  });
  const files = await bureau.files(runId);
  expect(files.map(({ fileName }) => fileName)).toEqual([
    '1133070200259915X2_DIBAO_20210710_0101.txt',
    '1133070200259915X2_DIBAO_20210710_0102.txt',
  ]);
  const [icbc, abc] = files.map(({ bytes }) => new TextDecoder('gb18030').decode(bytes).split('\n'));
  expect(icbc?.[0]).toBe('HDR|1|202107DIBAO0101|1133070200259915X2|DIBAO|2021-07-10|CNY|1|90000');
  expect(abc?.[0]).toBe('HDR|1|202107DIBAO0102|1133070200259915X2|DIBAO|2021-07-10|CNY|2|213456');
  const beforeTrailer = files[1]?.bytes.subarray(0, files[1].bytes.lastIndexOf('TRL|')) ?? '';
  expect(abc?.at(-2)).toBe(`TRL|2|213456|${sm3(beforeTrailer)}`);
  expect(parseBankFile(files[1]?.bytes ?? new Uint8Array()).details).toEqual([
    {
      seq: 1,
      caseNo: 'A001',
      beneficiaryIdHash: beneficiaryIdHash('202107DIBAO0102', identityNumberOf(1)),
      account: accountOf(1),
      accountName: nameOf(1),
      bankCode: '103',
      amountFen: 900_00,
      summary: '低保2021-07',
    },
    expect.objectContaining({ seq: 2, caseNo: 'A002', account: accountOf(2), amountFen: 1234_56 }),
  ]);
});

test('an approval given twice, and one after the files, are refused and change no byte', async () => {
  const before = await bureau.files(runId);
  const params = { runId, batch: 1 };

  await expect(approver()(approveBatch, { params })).rejects.toMatchObject({ code: 'APPROVED_ALREADY' });
  await expect(bureau.approvers[1]?.desk(approveBatch, { params })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  });
  expect(await bureau.files(runId)).toEqual(before);
});

test('a month cannot be closed while a bank has not answered', async () => {
  await expect(bureau.preparer(closeRun, { params: { runId } })).rejects.toMatchObject({
    code: 'STILL_PENDING',
  });
});

test('the banks’ answers say of each line whether it was paid', async () => {
  for (const { bytes } of await bureau.files(runId))
    await bureau.importReturn(returnTo(bytes, { A002: '03' }));
  const run = await bureau.run(runId);

  expect(run.totals).toMatchObject({
    settledLines: 2,
    settledFen: 2 * 900_00,
    returnedLines: 1,
    returnedFen: 1234_56,
    pendingLines: 0,
  });
  expect(await statesOf()).toEqual({
    A001: 'settled',
    A002: 'returned',
    A003: 'settled',
    A004: 'held',
    A005: 'held',
    A006: 'held',
  });
});

test('a case shows what it was paid and where that money stands, and no name', async () => {
  const paymentsOf = async (caseNo: string) =>
    (await bureau.preparer(listPayments, { params: { programme: 'dibao', caseNo } })).items;
  const [paid] = await paymentsOf('A001');

  expect(paid).toMatchObject({ runId, month: july, state: 'settled', amountFen: 900_00 });
  expect(await paymentsOf('A002')).toMatchObject([{ state: 'returned', resultCode: '03' }]);
  expect(await paymentsOf('A004')).toMatchObject([{ state: 'held', holds: ['NO_ACCOUNT'] }]);
  expect(JSON.stringify(paid)).not.toContain(nameOf(1));
  await expect(paymentsOf('A999')).rejects.toMatchObject({ code: 'ENTITLEMENT_NOT_FOUND' });
});

test('a closed month owes what it did not pay, and does not open again', async () => {
  const closed = await bureau.close(runId);
  const opened = await bureau.preparer(openRun, { body: { programme: 'dibao', month: july } });

  expect(closed).toMatchObject({ state: 'closed', carriedLines: 4, carriedFen: 3 * 900_00 + 1234_56 });
  expect(opened).toMatchObject({ runId, state: 'closed' });
  expect(bureau.cloud.deadLetters()).toEqual([]);
});
