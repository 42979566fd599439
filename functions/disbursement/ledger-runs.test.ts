import { afterAll, beforeAll, expect, test } from 'vitest';
import { returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { row } from '../../month/sample-roster.ts';
import { Month } from '../../shared/month.ts';
import { parseBankFile } from './bank-file.ts';
import { listLedger, recordLedgerEntry } from './entitlement-routes.ts';
import type { LedgerKind } from './ledger.ts';
import { approveBatch, listLines, openRun, rejectRun } from './run-routes.ts';

/** What one month owes the next, over three months: each test goes on where the one before it ended. */

const [july, august, september] = ['2021-07', '2021-08', '2021-09'].map((text) => Month.parse(text)) as [
  Month,
  Month,
  Month,
];
const rejectedRun = '2021-07-dibao-regular';
const julyRun = '2021-07-dibao-regular-2';
const augustRun = '2021-08-dibao-regular';
const septemberRun = '2021-09-dibao-regular';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.importRoster([
    row(1),
    row(2, { 账号: '' }),
    row(3),
    row(4),
    row(5),
    row(6, { 账号: '', 终止月: '2021-07' }),
  ]);
  await enter('A003', 'recovery', 1500_00);
  await enter('A005', 'arrears', 100_00);
  await enter('A005', 'recovery', 30_00);
}, 60_000);
afterAll(() => bureau.stop());

const enter = (caseNo: string, kind: LedgerKind, amountFen: number) =>
  bureau.preparer(recordLedgerEntry, {
    body: { programme: 'dibao', caseNo, kind, amountFen, reason: '复核后更正以前月份' },
  });
const ledger = async () => {
  const { items } = await bureau.preparer(listLedger, { query: { programme: 'dibao', limit: 200 } });
  return Object.fromEntries(
    items.map(({ caseNo, kind, amountFen, openFen }) => [`${caseNo} ${kind}`, [amountFen, openFen]]),
  );
};
const linesOf = async (runId: string) => {
  const { items } = await bureau.preparer(listLines, { params: { runId }, query: {} });
  return Object.fromEntries(
    items.map(({ caseNo, state, amountFen, components }) => [
      caseNo,
      [state, amountFen, components.map(({ kind, amountFen: part }) => `${kind} ${part}`).join(', ')],
    ]),
  );
};
const settleAll = async (runId: string, codes: Parameters<typeof returnTo>[1] = {}) => {
  for (const { bytes } of await bureau.files(runId)) await bureau.importReturn(returnTo(bytes, codes));
};
const filed = async (runId: string) =>
  (await bureau.files(runId)).flatMap(({ bytes }) =>
    parseBankFile(bytes).details.map(({ caseNo, amountFen }) => [caseNo, amountFen]),
  );

test('a rejected run is never paid, and gives back what it took up of the ledger', async () => {
  const planned = await bureau.open('dibao', july);
  expect(planned.totals).toMatchObject({ lines: 6, amountFen: 5 * 900_00 + 70_00 });
  expect(await ledger()).toMatchObject({ 'A003 recovery': [1500_00, 600_00], 'A005 arrears': [100_00, 0] });

  const approver = bureau.approvers[0]?.desk ?? bureau.preparer;
  await approver(rejectRun, { params: { runId: rejectedRun }, body: { reason: '名册需要重新核对' } });

  expect(await bureau.run(rejectedRun)).toMatchObject({
    state: 'rejected',
    batchList: [{ state: 'rejected' }],
  });
  await expect(approver(approveBatch, { params: { runId: rejectedRun, batch: 1 } })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  });
  expect(await bureau.files(rejectedRun)).toEqual([]);
  expect(await ledger()).toMatchObject({
    'A003 recovery': [1500_00, 1500_00],
    'A005 arrears': [100_00, 100_00],
    'A005 recovery': [30_00, 30_00],
  });
});

test('the next attempt has an id of its own and takes the ledger up again', async () => {
  const planned = await bureau.open('dibao', july);

  expect(planned).toMatchObject({ runId: julyRun, attempt: 2, state: 'planned' });
  expect(await linesOf(julyRun)).toEqual({
    A001: ['unfiled', 900_00, 'regular 90000'],
    A002: ['held', 900_00, 'regular 90000'],
    A003: ['unfiled', 0, 'regular 90000, recovery -90000'],
    A004: ['unfiled', 900_00, 'regular 90000'],
    A005: ['unfiled', 970_00, 'regular 90000, arrears 10000, recovery -3000'],
    A006: ['held', 900_00, 'regular 90000'],
  });
  expect(await ledger()).toEqual({
    'A003 recovery': [1500_00, 600_00],
    'A005 arrears': [100_00, 0],
    'A005 recovery': [30_00, 0],
  });
});

test('a recovery takes a payment down to nothing, never below; no bank sees the nothing, and it counts as settled', async () => {
  const run = await bureau.approve(julyRun);

  expect(run.totals).toMatchObject({ settledLines: 1, settledFen: 0, pendingLines: 3, heldLines: 2 });
  expect(await filed(julyRun)).toEqual([
    ['A001', 900_00],
    ['A004', 900_00],
    ['A005', 970_00],
  ]);
});

test('the month before is carried over: held and returned lines become arrears, paid ones do not', async () => {
  await settleAll(julyRun, { A004: '03' });
  const closed = await bureau.close(julyRun);

  expect(closed).toMatchObject({ state: 'closed', carriedLines: 3, carriedFen: 2700_00 });
  expect(await ledger()).toMatchObject({
    'A002 arrears': [900_00, 900_00],
    'A004 arrears': [900_00, 900_00],
    'A006 arrears': [900_00, 900_00],
  });
});

test('the next month pays arrears and takes the rest of the recovery, also for a case that has ended', async () => {
  await bureau.importRoster([row(2), row(6, { 终止月: '2021-07' })]);
  const run = await bureau.open('dibao', august);

  expect(run).toMatchObject({ runId: augustRun, previousRunId: julyRun, attempt: 1 });
  expect(await linesOf(augustRun)).toEqual({
    A001: ['unfiled', 900_00, 'regular 90000'],
    A002: ['unfiled', 1800_00, 'regular 90000, arrears 90000'],
    A003: ['unfiled', 300_00, 'regular 90000, recovery -60000'],
    A004: ['unfiled', 1800_00, 'regular 90000, arrears 90000'],
    A005: ['unfiled', 900_00, 'regular 90000'],
    A006: ['unfiled', 900_00, 'arrears 90000'],
  });
  expect(Object.values(await ledger()).map(([, open]) => open)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a ledger entry made after the opening waits for the month after', async () => {
  await enter('A001', 'arrears', 50_00);
  await bureau.preparer(openRun, { body: { programme: 'dibao', month: august } });
  await bureau.settle();
  await bureau.approve(augustRun);
  await settleAll(augustRun);

  expect(await bureau.close(augustRun)).toMatchObject({ state: 'closed', carriedLines: 0, carriedFen: 0 });
  expect((await ledger())['A001 arrears']).toEqual([50_00, 50_00]);
});

test('arrears and recoveries are taken up once: the month after pays its own amount again', async () => {
  await bureau.open('dibao', september);

  expect(await linesOf(septemberRun)).toEqual({
    A001: ['unfiled', 950_00, 'regular 90000, arrears 5000'],
    A002: ['unfiled', 900_00, 'regular 90000'],
    A003: ['unfiled', 900_00, 'regular 90000'],
    A004: ['unfiled', 900_00, 'regular 90000'],
    A005: ['unfiled', 900_00, 'regular 90000'],
  });
  expect(bureau.cloud.deadLetters()).toEqual([]);
});

test('every fen that was due in two months was settled or is still open, none twice', async () => {
  const settled = await Promise.all(
    [julyRun, augustRun].map(async (runId) => (await bureau.run(runId)).totals.settledFen),
  );
  const due = 11 * 900_00 + 100_00 - 30_00 - 1500_00;

  expect(settled.reduce((sum, fen) => sum + fen, 0)).toBe(due);
});
