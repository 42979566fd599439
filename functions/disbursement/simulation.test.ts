import { beforeAll, describe, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../../infra/local/clock.ts';
import { type Faults, seededFaults } from '../../infra/local/faults.ts';
import { returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { accountOf, row, YAFAN } from '../../month/sample-roster.ts';
import { Month } from '../../shared/month.ts';
import { parseBankFile } from './bank-file.ts';
import { correctAccount, listLedger, recordLedgerEntry } from './entitlement-routes.ts';
import type { ResultCode } from './result-code.ts';
import { decideLine, listLines } from './run-routes.ts';

/**
 * Two months of one bureau under queues and a bus that repeat, reorder, delay and fail after the effect. At-least-once
 * delivery allows all of it, so none of it may show in what is paid.
 */

const SEEDS = [1, 2];
const RATES = { duplicate: 0.25, reorder: 0.3, delay: 0.25, failAfterEffect: 0.15, maximumDelayMs: 4_000 };
const months = ['2021-07', '2021-08'].map((text) => Month.parse(text));
const programmes = ['dibao', 'destitute'] as const;

/** What the bank sends back; everything else settles. */
const returned: Readonly<Record<string, Readonly<Record<string, ResultCode>>>> = {
  '2021-07': { A001: '03', A002: '01', T009: '04' },
  '2021-08': { A004: '02' },
};

const roster = [
  ...[1, 2, 3, 4].map((person) => row(person)),
  row(5, { 区划代码: YAFAN, 开户银行: '工商银行' }),
  row(6, { 账号: '', 终止月: '2021-07' }),
  row(7, { 账号: '' }),
  row(8),
  row(8, { 项目: '特困', 案号: 'T008' }),
  row(9, { 项目: '特困', 案号: 'T009', 区划代码: YAFAN }),
  row(10, { 起始月: '2021-08' }),
  row(11, { 月金额: '0' }),
];

const runIdsOf = (month: Month) => programmes.map((programme) => `${month}-${programme}-regular`);

/** The banks answer the newest files of a run, each twice: banks do that as well. */
const answer = async (bureau: Bureau, runId: string, from: number): Promise<void> => {
  const files = (await bureau.files(runId)).slice(from);
  for (const { bytes } of files) {
    const reply = returnTo(bytes, from === 0 ? returned[runId.slice(0, 7)] : {});
    await Promise.all([bureau.importReturn(reply), bureau.importReturn(reply)]);
  }
};

const correct = (bureau: Bureau, caseNo: string, account: string) =>
  bureau.preparer(correctAccount, {
    params: { programme: 'dibao', caseNo },
    body: { account, bank: '农业银行', proof: '本人持存折到镇街更正' },
  });

const payRun = async (bureau: Bureau, runId: string): Promise<void> => {
  await bureau.approve(runId);
  const issued = (await bureau.files(runId)).length;
  await answer(bureau, runId, 0);
  if (runId === '2021-07-dibao-regular') {
    await correct(bureau, 'A001', accountOf(101));
    await correct(bureau, 'A007', accountOf(7));
    const lineId = `${runId}~330702100000~A008`;
    const body = { decision: 'pay' as const, reason: '经核实属低保对象' };
    await bureau.approvers[0]?.desk(decideLine, { params: { runId, lineId }, body });
  }
  const { batchList } = await bureau.supplement(runId);
  if (batchList[1]?.state === 'prepared') await bureau.approve(runId, 2);
  await answer(bureau, runId, issued);
  await bureau.close(runId);
};

const liveTwoMonths = async (bureau: Bureau, clock: DrivenClock): Promise<void> => {
  await bureau.importRoster(roster);
  const body = {
    programme: 'dibao' as const,
    caseNo: 'A003',
    kind: 'recovery' as const,
    reason: '多发部分抵扣',
  };
  await bureau.preparer(recordLedgerEntry, { body: { ...body, amountFen: 1500_00 } });
  for (const month of months) {
    await Promise.all(programmes.map((programme) => bureau.open(programme, month)));
    for (const runId of runIdsOf(month)) await payRun(bureau, runId);
    await clock.advance(28 * 24 * 60 * 60 * 1000);
  }
};

/** Everything that is paid, owed or shown, without the times and random ids in it. */
const outcomeOf = async (bureau: Bureau) => {
  const runs: Record<string, unknown> = {};
  const files: Record<string, string> = {};
  for (const runId of months.flatMap(runIdsOf)) {
    const { state, totals, towns, batchList, carriedLines, carriedFen } = await bureau.run(runId);
    const { items } = await bureau.preparer(listLines, { params: { runId }, query: { limit: 200 } });
    const lines = items.map(({ lineId, batch, state: standing, amountFen, fileName, resultCode }) => [
      lineId,
      batch,
      standing,
      amountFen,
      fileName,
      resultCode,
    ]);
    const batches = batchList.map(({ batch, state: standing, lines: count, amountFen }) => [
      batch,
      standing,
      count,
      amountFen,
    ]);
    runs[runId] = { state, totals, towns, batches, lines, carriedLines, carriedFen };
    for (const { fileName, bytes } of await bureau.files(runId)) files[fileName] = bytes.toString('latin1');
  }
  const ledger = [];
  for (const programme of programmes) {
    const { items } = await bureau.preparer(listLedger, { query: { programme, limit: 200 } });
    ledger.push(
      ...items.map(({ caseNo, kind, amountFen, openFen, applied }) => [
        caseNo,
        kind,
        amountFen,
        openFen,
        applied,
      ]),
    );
  }
  return { runs, files, ledger };
};
type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

const lifeWith = async (faults?: Faults) => {
  const clock = drivenClock(Date.parse('2021-07-01T09:00:00+08:00'));
  const bureau = await openBureau({ clock, ...(faults ? { faults } : {}) });
  try {
    await liveTwoMonths(bureau, clock);
    return { outcome: await outcomeOf(bureau), deadLetters: bureau.cloud.deadLetters() };
  } finally {
    await bureau.stop();
  }
};

/** Files a case stands in, by month, in the order they were issued. */
const filesOfCases = ({ files }: Outcome): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const fileName of Object.keys(files).toSorted()) {
    const { header, details } = parseBankFile(Buffer.from(files[fileName] ?? '', 'latin1'));
    for (const { caseNo } of details) {
      const key = `${header.batchNo.slice(0, 6)} ${caseNo}`;
      found.set(key, [...(found.get(key) ?? []), fileName]);
    }
  }
  return found;
};

let calm: Awaited<ReturnType<typeof lifeWith>>;
beforeAll(async () => {
  calm = await lifeWith();
}, 60_000);

test('without faults, two months end closed, with the returned paid in a supplement or owed', () => {
  const states = Object.values(calm.outcome.runs).map((run) => (run as { state: string }).state);

  expect(states).toEqual(['closed', 'closed', 'closed', 'closed']);
  expect(Object.keys(calm.outcome.files)).toHaveLength(7);
  expect(calm.deadLetters).toEqual([]);
});

describe.each(SEEDS)('with the faults of seed %i', (seed) => {
  let life: typeof calm;
  beforeAll(async () => {
    life = await lifeWith(seededFaults(seed, RATES));
  }, 60_000);

  test('totals, lines, files byte for byte and the ledger are those of the life without faults', () => {
    expect(life.outcome).toEqual(calm.outcome);
  });

  test('nobody stands in two files for one month unless the first was returned in between', () => {
    const twice = [...filesOfCases(life.outcome)].filter(([, files]) => files.length > 1);

    expect(twice.map(([key]) => key)).toEqual(['202107 A001']);
  });

  test('no message is given up', () => {
    expect(life.deadLetters).toEqual([]);
  });
});
