import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersTo, bytesOf, returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { row } from '../../month/sample-roster.ts';
import { Month } from '../../shared/month.ts';
import { listFiles, readReturn, receiveReturn, resolveRow } from './return-routes.ts';
import { closeRun, listLines } from './run-routes.ts';
import type { Totals } from './totals.ts';

/** Returns of one bank file, handed in one after the other: each test goes on where the one before it ended. */

const runId = '2021-07-dibao-regular';
const PEOPLE = 9;

let bureau: Bureau;
let file: Buffer;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.importRoster(Array.from({ length: PEOPLE }, (_, index) => row(index + 1)));
  await bureau.open('dibao', Month.parse('2021-07'));
  await bureau.approve(runId);
  file = (await bureau.files(runId))[0]?.bytes ?? Buffer.alloc(0);
}, 60_000);
afterAll(() => bureau.stop());

const standing = async (): Promise<Partial<Totals>> => {
  const { settledLines, returnedLines, pendingLines } = (await bureau.run(runId)).totals;
  return { settledLines, returnedLines, pendingLines };
};
/** The return with only some of its payments, and the trailer as the bank wrote it for all of them. */
const truncated = (lines: readonly string[], payments: number) => lines.slice(0, payments + 1);
const [TRAILER, HEADER] = [PEOPLE + 1, 0];

test('a file cut off before its trailer counts for the payments that arrived, and says that it was cut off', async () => {
  const lines = truncated(answersTo(file, { A002: '02' }), 2);
  const cut = await bureau.importReturn(bytesOf(lines));

  expect(cut).toMatchObject({ state: 'imported', rows: 2, applied: 2, repeated: 0, unmatched: 1 });
  expect(await bureau.unmatched(cut.returnId)).toEqual([[3, 'TRAILER']]);
  expect(await standing()).toEqual({ settledLines: 1, returnedLines: 1, pendingLines: 7 });
});

test('a file cut off in the middle of a row counts without that row', async () => {
  const lines = answersTo(file).slice(0, 4);
  const cut = await bureau.importReturn(bytesOf(lines.with(3, lines[3]?.slice(0, 40) ?? '')));

  expect(cut).toMatchObject({ rows: 2, applied: 0, repeated: 1, unmatched: 2 });
  expect(await bureau.unmatched(cut.returnId)).toEqual([
    [3, 'CONTRADICTS'],
    [4, 'MALFORMED'],
  ]);
  expect(await standing()).toEqual({ settledLines: 1, returnedLines: 1, pendingLines: 7 });
});

test('a row that fits no payment is kept for a person, with the reason, and moves no money', async () => {
  const lines = answersTo(file);
  const strange = [
    lines[HEADER] ?? '',
    lines[3]?.replace('DTL|3|', 'DTL|77|') ?? '',
    lines[3]?.replace('DTL|3|', 'DTL|0|') ?? '',
    lines[3]?.replace('|90000|', '|90001|') ?? '',
    lines[3]?.replace('|A003|', '|A004|') ?? '',
    lines[3]?.replace('|00|成功|', '|77|不明|') ?? '',
    '随便写的一行',
    lines[3]?.replace('|90000|', '|-90000|') ?? '',
  ];
  const kept = await bureau.importReturn(bytesOf(strange));

  expect(kept).toMatchObject({ state: 'imported', applied: 0, repeated: 0 });
  expect(await bureau.unmatched(kept.returnId)).toEqual([
    [2, 'SEQ_UNKNOWN'],
    [3, 'SEQ_UNKNOWN'],
    [4, 'AMOUNT_DIFFERS'],
    [5, 'CASE_DIFFERS'],
    [6, 'CODE_UNKNOWN'],
    [7, 'MALFORMED'],
    [8, 'MALFORMED'],
  ]);
  expect(await standing()).toEqual({ settledLines: 1, returnedLines: 1, pendingLines: 7 });
});

test('rows in any order and in UTF-8 are read as well', async () => {
  const lines = answersTo(file);
  const mixed = [lines[HEADER], lines[5], lines[4], lines[3], lines[TRAILER]].join('\r\n');
  const read = await bureau.importReturn(new TextEncoder().encode(`\uFEFF${mixed}\r\n`));

  expect(read).toMatchObject({ rows: 3, applied: 3, unmatched: 1 });
  expect(await standing()).toEqual({ settledLines: 4, returnedLines: 1, pendingLines: 4 });
});

test('of two answers to one payment in one file the first counts', async () => {
  const lines = answersTo(file);
  const both = answersTo(file, { A006: '04' });
  const read = await bureau.importReturn(
    bytesOf([lines[HEADER] ?? '', both[6] ?? '', lines[6] ?? '', both[6] ?? '']),
  );

  expect(read).toMatchObject({ rows: 3, applied: 1, repeated: 1, unmatched: 2 });
  expect(await bureau.unmatched(read.returnId)).toEqual([
    [3, 'CONTRADICTS'],
    [4, 'TRAILER'],
  ]);
  expect(await standing()).toEqual({ settledLines: 4, returnedLines: 2, pendingLines: 3 });
});

test('a file without a header, and one of a batch nobody filed, are refused whole', async () => {
  const [header = '', ...rest] = answersTo(file);
  const strange = await bureau.importReturn(bytesOf([header.replace('DIBAO0101', 'DIBAO0909'), ...rest]));
  const headless = await bureau.importReturn(bytesOf(rest));
  const empty = await bureau.importReturn(new Uint8Array());

  expect(strange).toMatchObject({
    state: 'refused',
    problem: '文件头中的批次号不是本系统报出的批次',
    applied: 0,
  });
  expect(headless).toMatchObject({ state: 'refused', problem: '不是可识别的回盘文件:缺少文件头' });
  expect(empty).toMatchObject({ state: 'refused' });
  expect(await standing()).toEqual({ settledLines: 4, returnedLines: 2, pendingLines: 3 });
});

test('the same file handed in twice changes nothing, under one upload or under two', async () => {
  const whole = returnTo(file, { A002: '02', A006: '04' });
  const first = await bureau.importReturn(whole);
  const after = await standing();
  const again = await bureau.importReturn(whole);
  await bureau.preparer(receiveReturn, { body: { uploadId: first.returnId, fileName: '又一次.txt' } });
  await bureau.settle();

  expect(first).toMatchObject({ rows: PEOPLE, applied: 3, repeated: 6, unmatched: 0 });
  expect(after).toEqual({ settledLines: 7, returnedLines: 2, pendingLines: 0 });
  expect(again).toMatchObject({ rows: PEOPLE, applied: 0, repeated: PEOPLE, unmatched: 0 });
  expect(await bureau.preparer(readReturn, { params: { returnId: first.returnId } })).toEqual(first);
  expect(await standing()).toEqual(after);
});

test('two files that answer the same payments at the same moment: one counts, the other repeats', async () => {
  await bureau.importRoster([row(11, { 项目: '特困', 案号: 'T011' })]);
  const { runId: other } = await bureau.open('destitute', Month.parse('2021-07'));
  await bureau.approve(other);
  const bytes = returnTo((await bureau.files(other))[0]?.bytes ?? new Uint8Array());
  const both = await Promise.all([bureau.importReturn(bytes), bureau.importReturn(bytes)]);

  expect(both.map(({ applied }) => applied).toSorted()).toEqual([0, 1]);
  expect(both.map(({ repeated }) => repeated).toSorted()).toEqual([0, 1]);
  expect((await bureau.run(other)).totals).toMatchObject({ settledLines: 1, pendingLines: 0 });
});

test('a payment the bank sends back after it settled contradicts, until an officer reverses it', async () => {
  const back = await bureau.importReturn(
    bytesOf([answersTo(file)[0] ?? '', answersTo(file, { A001: '03' })[1] ?? '']),
  );
  const params = { returnId: back.returnId, row: 2 };
  const reverse = () =>
    bureau.preparer(resolveRow, { params, body: { resolution: 'reverse', reason: '银行来函退汇' } });
  expect(await bureau.unmatched(back.returnId)).toContainEqual([2, 'CONTRADICTS']);
  expect(await standing()).toEqual({ settledLines: 7, returnedLines: 2, pendingLines: 0 });
  const resolved = await reverse();

  expect(resolved).toMatchObject({ row: 2, resolution: 'reverse' });
  expect(await standing()).toEqual({ settledLines: 6, returnedLines: 3, pendingLines: 0 });
  await expect(reverse()).rejects.toMatchObject({ code: 'ROW_RESOLVED' });
  const { items } = await bureau.preparer(listLines, { params: { runId }, query: { state: 'returned' } });
  expect(items.map(({ caseNo, resultCode }) => [caseNo, resultCode])).toEqual([
    ['A001', '03'],
    ['A002', '02'],
    ['A006', '04'],
  ]);
});

test('only a settled payment that came back can be reversed; any other row is dismissed', async () => {
  const other = await bureau.importReturn(bytesOf([answersTo(file)[0] ?? '', answersTo(file)[2] ?? '']));
  const params = { returnId: other.returnId, row: 2 };
  const body = { resolution: 'reverse' as const, reason: '试试能不能冲回' };

  expect(await bureau.unmatched(other.returnId)).toContainEqual([2, 'CONTRADICTS']);
  await expect(bureau.preparer(resolveRow, { params, body })).rejects.toMatchObject({
    code: 'ROW_NOT_REVERSIBLE',
  });
  const dismissed = await bureau.preparer(resolveRow, { params, body: { ...body, resolution: 'dismiss' } });
  expect(dismissed).toMatchObject({ resolution: 'dismiss' });
  expect(await standing()).toEqual({ settledLines: 6, returnedLines: 3, pendingLines: 0 });
});

test('the file’s own counters agree with its answers, and the audit of the closing agrees with both', async () => {
  const { items } = await bureau.preparer(listFiles, { params: { runId } });
  await bureau.preparer(closeRun, { params: { runId } });
  await bureau.settle();

  expect(items).toMatchObject([{ lines: PEOPLE, settledLines: 6, returnedLines: 3, pendingLines: 0 }]);
  expect(await bureau.run(runId)).toMatchObject({ state: 'closed', carriedLines: 3, carriedFen: 3 * 900_00 });
  expect(bureau.cloud.deadLetters()).toEqual([]);
});
