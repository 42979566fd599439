import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listCases } from '../functions/assistance/case-routes.ts';
import { keys as assistance } from '../functions/assistance/table.ts';
import { keys as disbursement } from '../functions/disbursement/table.ts';
import { listReserves } from '../functions/relief/reserve-routes.ts';
import { keys as relief } from '../functions/relief/table.ts';
import { LOCAL_CREDENTIALS } from '../infra/local/lambda/function.ts';
import { Month } from '../shared/month.ts';
import type { Key } from '../shared/table.ts';
import type { Bureau } from './bureau.ts';
import {
  checkPlanned,
  checkRegister,
  checkReserves,
  ledgerOf,
  registerNow,
  takenBy,
  YearBroken,
} from './checks.ts';
import { detailOf, openedRuns } from './payments.ts';
import type { MonthFigures, YearAccount } from './year-account.ts';
import { yearJson, yearTable } from './year-account.ts';
import { playYear } from './year-job.ts';

/** One month of a small district, played twice from one seed; at the end of the second, facts are broken on purpose. */

const MONTH = Month.parse('2021-02');
const silent = { say: () => {}, phase: () => ({ at: () => {}, end: () => {} }) };
const folders: string[] = [];

const play = (onMonth: (bureau: Bureau, figures: MonthFigures) => Promise<void>): Promise<YearAccount> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'huimin-year-'));
  folders.push(dataFolder);
  return playYear({
    from: MONTH,
    to: MONTH,
    seed: 1,
    households: 20,
    dataFolder,
    progress: silent,
    onMonth,
  });
};

/** Changes what a context has stored, behind its back. */
const tamper = async (
  { cloud }: Bureau,
  context: string,
  key: Key,
  change: (item: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: cloud.awsUrl,
    region: 'cn-northwest-1',
    credentials: LOCAL_CREDENTIALS,
  });
  const documents = DynamoDBDocumentClient.from(client);
  const TableName = `huimin-local-${context}`;
  const { Item } = await documents.send(new GetCommand({ TableName, Key: key }));
  if (!Item) throw new Error('There is nothing to break.');
  await documents.send(new PutCommand({ TableName, Item: change(Item) }));
  client.destroy();
};

const sentenceOf = async (check: () => Promise<unknown>): Promise<string> => {
  try {
    await check();
  } catch (error) {
    if (error instanceof YearBroken) return error.message;
    throw error;
  }
  return '核对相符';
};

type Broken = Readonly<Record<'before' | 'reserve' | 'entitlement' | 'case' | 'flow', string>>;

/** One fact after another is broken, and the check that watches it asked. */
const breakFacts = async (bureau: Bureau, { reserveFen, register }: MonthFigures): Promise<Broken> => {
  const before = await sentenceOf(() => checkReserves(bureau, reserveFen));
  const { reserves } = await bureau.clerk(listReserves, { query: {} });
  const [{ areaCode = '', year = 0 } = {}] = reserves;
  await tamper(bureau, 'relief', relief.reserve(areaCode, year), (item) => ({
    ...item,
    balanceFen: Number(item.balanceFen) + 1,
  }));
  const reserve = await sentenceOf(() => checkReserves(bureau, reserveFen));

  const { items } = await bureau.clerk(listCases, { query: { programme: 'dibao', limit: 1 } });
  const [{ caseNo = '' } = {}] = items;
  await tamper(bureau, 'disbursement', disbursement.entitlement('dibao', caseNo), (item) => ({
    ...item,
    versions: JSON.stringify(
      (JSON.parse(String(item.versions)) as { amountFen: number }[]).map((version) => ({
        ...version,
        amountFen: version.amountFen + 100,
      })),
    ),
  }));
  await bureau.comeTo('2021-03-01');
  await bureau.settle();
  const run = (await openedRuns(bureau, Month.parse('2021-03'))).find(
    ({ programme }) => programme === 'dibao',
  );
  if (!run) throw new Error('The schedule opens the run.');
  const taken = takenBy(run, await ledgerOf(bureau, 'dibao'));
  const detail = await detailOf(bureau, run);
  const opened = await registerNow(bureau);
  const entitlement = await sentenceOf(async () => checkPlanned(detail, opened, taken));

  const flow = await sentenceOf(() =>
    checkRegister(bureau, register, register, [{ programme: 'dibao', households: 1 }]),
  );
  await tamper(bureau, 'assistance', assistance.case(caseNo), (item) => ({
    ...item,
    amountFen: Number(item.amountFen) - 100,
  }));
  const ofCase = await sentenceOf(() => checkRegister(bureau, register, register, []));
  return { before, reserve, entitlement, case: ofCase, flow };
};

// The first cloud of a run comes after building the functions' bundles.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let first: YearAccount;
let second: YearAccount;
let broken: Broken | undefined;
beforeAll(async () => {
  const breakAll = async (bureau: Bureau, figures: MonthFigures) => {
    broken = await breakFacts(bureau, figures);
  };
  [first, second] = await Promise.all([play(async () => {}), play(breakAll)]);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

test('two plays of one seed come to the same, byte for byte', () => {
  expect(yearJson(second)).toBe(yearJson(first));
  expect(yearTable(second)).toBe(yearTable(first));
});

test('a month has people coming and going, festival aid, relief, and money that adds up', () => {
  const [month] = first.months;

  expect(month).toMatchObject({
    month: '2021-02',
    done: { festival: 31, applications: 4, reliefs: 3, residentsPaid: 2 },
  });
  expect(month?.came).toBeGreaterThan(0);
  expect(month?.left).toBeGreaterThan(0);
  expect(month?.reliefFen).toBeGreaterThan(0);
  expect(month?.done.fullAmount).toBeGreaterThan(0);
  expect(month?.runs.map(({ programme }) => programme).toSorted()).toEqual(
    ['低保', '特困', '孤困儿童', '儿童主任', '节日补助', '临时救助'].toSorted(),
  );
});

test('the checks find a fact that was broken, and say what differs', () => {
  expect(broken?.before).toBe('核对相符');
  expect(broken?.reserve).toMatch(/年备用金余额与收支不符。$/);
  expect(broken?.entitlement).toMatch(
    /^2021-03-dibao-regular 低保勾稽不符:名册每月应发 [\d,.]+,编制的本月待遇 [\d,.]+,相差 -1\.00。$/,
  );
  expect(broken?.flow).toBe('低保名册勾稽不符:新增减注销户数 1,在册户数变动 0,相差 1。');
  expect(broken?.case).toMatch(/^低保名册勾稽不符:统计月应发 [\d,.]+,清单月应发 [\d,.]+,相差 1\.00。$/);
});
