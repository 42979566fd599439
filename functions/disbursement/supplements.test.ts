import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { accountOf, row } from '../../month/sample-roster.ts';
import { Month } from '../../shared/month.ts';
import { parseBankFile } from './bank-file.ts';
import { correctAccount } from './entitlement-routes.ts';
import type { ResultCode } from './result-code.ts';
import { closeRun, decideLine, listLines, prepareSupplement, readLine } from './run-routes.ts';
import { LineState } from './views.ts';

/** Supplements of one run, one after the other: each test goes on where the one before it ended. */

const runId = '2021-07-dibao-regular';
const TOWN = '330702100000';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.importRoster([
    row(1),
    row(2),
    row(3),
    row(4),
    row(5, { 账号: '' }),
    row(6),
    row(6, { 项目: '特困', 案号: 'T006' }),
    row(7),
    row(7, { 案号: 'B007' }),
    row(8, { 账号: '' }),
  ]);
  await bureau.open('dibao', Month.parse('2021-07'));
  await bureau.approve(runId);
  await answer({ A002: '02', A003: '03', A004: '01' });
}, 60_000);
afterAll(() => bureau.stop());

const newestFile = async () => (await bureau.files(runId)).at(-1)?.bytes ?? Buffer.alloc(0);
const answer = async (codes: Readonly<Record<string, ResultCode>>) =>
  bureau.importReturn(returnTo(await newestFile(), codes));
const filedNow = async () =>
  parseBankFile(await newestFile()).details.map(({ caseNo, account }) => [caseNo, account]);
const lineId = (caseNo: string) => `${runId}~${TOWN}~${caseNo}`;
const correct = (caseNo: string, account: string) =>
  bureau.preparer(correctAccount, {
    params: { programme: 'dibao', caseNo },
    body: { account, bank: '农业银行', proof: '本人持存折到镇街更正' },
  });
const decide = async (caseNo: string, decision: 'pay' | 'withdraw') =>
  bureau.approvers[0]?.desk(decideLine, {
    params: { runId, lineId: lineId(caseNo) },
    body: { decision, reason: '经复核核实后决定' },
  });
const stateOf = async (caseNo: string) => {
  const { items } = await bureau.preparer(listLines, { params: { runId }, query: {} });
  return items.find((line) => line.caseNo === caseNo)?.state;
};

type Query = NonNullable<Parameters<typeof bureau.preparer<typeof listLines>>[1]>['query'];
/** The lines of a query, page after page of two. */
const listed = async (query: Query) => {
  const lines = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await bureau.preparer(listLines, {
      params: { runId },
      query: { ...query, limit: 2, ...(cursor ? { cursor } : {}) },
    });
    lines.push(...page.items);
    cursor = page.next;
  }
  return lines;
};

/** At every stage the lines of a state are those of all lines that are in it, in the same order. */
afterEach(async () => {
  const all = await listed({});
  for (const state of LineState.options)
    expect(await listed({ state })).toEqual(all.filter((line) => line.state === state));
});

test('while nothing was corrected or decided, a supplement finds nothing and the run goes on', async () => {
  const before = await bureau.run(runId);
  const run = await bureau.supplement(runId);

  expect(run.batchList[1]).toMatchObject({ batch: 2, state: 'empty', lines: 0, files: [] });
  expect(run.totals).toEqual(before.totals);
  expect(run.totals).toMatchObject({ settledLines: 1, returnedLines: 3, heldLines: 5, pendingLines: 0 });
});

test('only a held or returned line can be decided on, and only by an approver', async () => {
  const params = { runId, lineId: lineId('A001') };
  const body = { decision: 'pay' as const, reason: '再发一次看看' };

  await expect(decide('A001', 'pay')).rejects.toMatchObject({ code: 'NOT_HELD_OR_RETURNED' });
  await expect(decide('A999', 'pay')).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' });
  await expect(bureau.preparer(decideLine, { params, body })).rejects.toMatchObject({
    code: 'ROLE_NOT_ALLOWED',
  });
});

test('a supplement takes lines whose account was corrected or arrived, and those decided on; no other', async () => {
  await correct('A002', accountOf(102));
  await correct('A003', accountOf(3));
  await decide('A004', 'pay');
  await bureau.importRoster([row(5)]);
  await decide('A006', 'pay');
  const run = await bureau.supplement(runId);

  expect(run.batchList[2]).toMatchObject({ batch: 3, state: 'prepared', lines: 4, amountFen: 4 * 900_00 });
  expect(run.totals).toMatchObject({ settledLines: 1, returnedLines: 3, heldLines: 5, pendingLines: 0 });
  expect(await stateOf('A002')).toBe('returned');
  expect(await stateOf('A005')).toBe('held');
});

test('while a supplement is open there is no second one, and the run does not close', async () => {
  await expect(bureau.preparer(prepareSupplement, { params: { runId } })).rejects.toMatchObject({
    code: 'BATCH_OPEN',
  });
  await expect(bureau.preparer(closeRun, { params: { runId } })).rejects.toMatchObject({
    code: 'BATCH_OPEN',
  });
});

test('the approved supplement goes to the corrected accounts and moves the money once', async () => {
  const run = await bureau.approve(runId, 3);

  expect(run.totals).toMatchObject({ settledLines: 1, returnedLines: 1, heldLines: 3, pendingLines: 4 });
  expect(run.totals).toMatchObject({ lines: 9, amountFen: 9 * 900_00, filedLines: 6 });
  expect(await filedNow()).toEqual([
    ['A002', accountOf(102)],
    ['A004', accountOf(4)],
    ['A005', accountOf(5)],
    ['A006', accountOf(6)],
  ]);
});

test('a line the bank sends back again needs a new decision', async () => {
  await answer({ A004: '01' });
  const run = await bureau.supplement(runId);

  expect(run.totals).toMatchObject({ settledLines: 4, returnedLines: 2, heldLines: 3, pendingLines: 0 });
  expect(run.batchList[3]).toMatchObject({ batch: 4, state: 'empty' });
  const again = await decide('A004', 'pay');
  expect(again).toEqual({ lineId: lineId('A004'), decision: 'pay' });
});

test('the first answer to a line is history: it cannot be repeated into the supplement', async () => {
  const [first] = await bureau.files(runId);
  const late = await bureau.importReturn(
    returnTo(first?.bytes ?? new Uint8Array(), { A002: '02', A003: '03', A004: '00' }),
  );

  expect(late).toMatchObject({ applied: 0, repeated: 3, unmatched: 1 });
  expect((await bureau.run(runId)).totals).toMatchObject({ settledLines: 4, returnedLines: 2 });
});

test('of a person’s two cases the decision releases one; a withdrawn line is not paid, and stays counted', async () => {
  await decide('A004', 'withdraw');
  await decide('A003', 'withdraw');
  await decide('A007', 'pay');
  await bureau.supplement(runId);
  await bureau.approve(runId, 5);
  await answer({});

  expect(await filedNow()).toEqual([['A007', accountOf(7)]]);
  expect(await stateOf('A004')).toBe('withdrawn');
  expect(await stateOf('B007')).toBe('held');
  expect((await bureau.run(runId)).totals).toMatchObject({ settledLines: 5, returnedLines: 2, heldLines: 2 });
});

test('a withdrawal can be taken back as long as the run is open, and closing carries over only what is still owed', async () => {
  await decide('A004', 'pay');
  await decide('B007', 'withdraw');
  const closed = await bureau.close(runId);

  expect(closed).toMatchObject({ state: 'closed', carriedLines: 2, carriedFen: 2 * 900_00 });
  const line = await bureau.preparer(readLine, { params: { runId, lineId: lineId('A004') } });
  expect(line).toMatchObject({ state: 'returned', batch: 3, resultCode: '01' });
  await expect(decide('A008', 'withdraw')).rejects.toMatchObject({ code: 'WRONG_STATE' });
  expect(bureau.cloud.deadLetters()).toEqual([]);
});
