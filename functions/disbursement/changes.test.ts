import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyItem } from '../../month/desk.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { row } from '../../month/sample-roster.ts';
import type { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { compareRun } from './run-routes.ts';

/** Two months of the same bureau side by side. */

const [june, july] = ['2021-06', '2021-07'].map((text) => Month.parse(text)) as [Month, Month];
const runOf = (month: Month) => `${month}-dibao-regular`;
const [TOWN, OTHER_TOWN] = ['330702100000', '330702101000'] as [AreaCode, AreaCode];

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  const from = { 起始月: '2021-06' };
  await bureau.importRoster([1, 2, 3, 4].map((number) => row(number, from)));
  await bureau.open('dibao', june);
  await bureau.importRoster([
    row(1, from),
    row(2, { 起始月: '2021-07', 月金额: '950.00' }),
    row(3, { 起始月: '2021-07', 区划代码: OTHER_TOWN }),
    row(4, { 起始月: '2021-06', 终止月: '2021-06' }),
    row(5, { 起始月: '2021-07' }),
  ]);
  await bureau.open('dibao', july);
}, 60_000);
afterAll(() => bureau.stop());

test('tells who is new, changed and ended with both amounts, page by page; who moved and is paid the same is none of them', async () => {
  const params = { runId: runOf(july) };
  const pages = everyItem((cursor) => bureau.preparer(compareRun, { params, query: { cursor, limit: 1 } }));

  const told = (await Array.fromAsync(pages)).map(({ caseNo, kind, previousAmountFen, amountFen }) => [
    ...[caseNo, kind, previousAmountFen, amountFen],
  ]);

  expect(told).toEqual([
    ['A002', 'changed', 90_000, 95_000],
    ['A004', 'ended', 90_000, undefined],
    ['A005', 'new', undefined, 90_000],
  ]);
});

test('shows one kind when asked for one, and officers of a town their own', async () => {
  const params = { runId: runOf(july) };
  const ended = await bureau.preparer(compareRun, { params, query: { kind: 'ended' } });
  const elsewhere = await bureau.desk({ role: 'township-clerk', area: OTHER_TOWN });

  expect(ended.items.map(({ caseNo }) => caseNo)).toEqual(['A004']);
  expect((await elsewhere(compareRun, { params, query: {} })).items).toEqual([]);
  await expect(elsewhere(compareRun, { params, query: { areaCode: TOWN } })).rejects.toThrow();
});

test('has nothing to compare the first month with, and says so', async () => {
  const first = await bureau.preparer(compareRun, { params: { runId: runOf(june) }, query: {} });

  expect(first).toEqual({ items: [] });
});
