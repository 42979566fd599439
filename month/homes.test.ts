import { afterAll, beforeAll, expect, test } from 'vitest';
import { beneficiaryIdHash, parseBankFile } from '../functions/disbursement/bank-file.ts';
import {
  correctAccount,
  listPayments,
  readEntitlement,
} from '../functions/disbursement/entitlement-routes.ts';
import { listExceptions, listLines } from '../functions/disbursement/run-routes.ts';
import { decideHomeAccount, proposeHomeAccount } from '../functions/institutions/home-account-routes.ts';
import { recordCareHome } from '../functions/institutions/home-routes.ts';
import { admitResident, dischargeResident } from '../functions/institutions/resident-routes.ts';
import { Month } from '../shared/month.ts';
import { returnTo } from './sample-bank.ts';
import { type Bureau, openBureau } from './sample-bureau.ts';
import { accountOf, nameOf, row } from './sample-roster.ts';

/** The destitute in an institution and outside, paid over HTTP and bus month by month (B11); each test goes on where the one before ended. */

const HOME = '1133070200259915X2';
const HOME_ACCOUNT = '19660101040012345';
const [august, september] = ['2021-08-destitute-regular', '2021-09-destitute-regular'] as const;
const resident = { programme: 'destitute', caseNo: 'T001' } as const;

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.importRoster([
    row(1, { 项目: '特困', 案号: 'T001' }),
    row(2, { 项目: '特困', 案号: 'T002', 账号: '' }),
    row(3, { 项目: '特困', 案号: 'T003' }),
  ]);
  const body = { name: '罗店镇敬老院', areaCode: '330702100000', kind: 'public', beds: 9 } as const;
  await bureau.preparer(recordCareHome, { params: { creditCode: HOME }, body: { ...body, state: 'open' } });
  for (const [caseNo, person, on] of [
    ['T001', 1, '2021-07-05'],
    ['T002', 2, '2021-07-31'],
    ['T003', 3, '2021-08-02'],
  ] as const) {
    const name = nameOf(person);
    await bureau.preparer(admitResident, { params: { caseNo }, body: { creditCode: HOME, name, on } });
  }
  await bureau.settle();
}, 60_000);
afterAll(() => bureau.stop());

const filed = async (runId: string) =>
  (await bureau.files(runId)).flatMap(({ bytes }) =>
    parseBankFile(bytes).details.map(({ caseNo, account, accountName }) => [caseNo, account, accountName]),
  );
const answerAll = async (runId: string, from = 0) => {
  for (const { bytes } of (await bureau.files(runId)).slice(from)) await bureau.importReturn(returnTo(bytes));
};

test('while the institution has no account, its residents are held and nobody else is', async () => {
  await bureau.open('destitute', Month.parse('2021-08'));
  const { totals } = await bureau.approve(august);

  expect(totals).toMatchObject({ lines: 3, heldLines: 2, pendingLines: 1 });
  expect(await filed(august)).toEqual([['T003', accountOf(3), nameOf(3)]]);
  const { items } = await bureau.preparer(listExceptions, { params: { runId: august }, query: {} });
  expect(items.map(({ caseNo, code }) => [caseNo, code])).toEqual([
    ['T001', 'NO_HOME_ACCOUNT'],
    ['T002', 'NO_HOME_ACCOUNT'],
  ]);
});

test('once two officers gave it one, a supplement pays the institution line by line, and the banks’ answers settle them', async () => {
  const params = { creditCode: HOME };
  const proof = '开户许可证复印件存档';
  await bureau.preparer(proposeHomeAccount, {
    params,
    body: { account: HOME_ACCOUNT, bank: '农业银行', proof },
  });
  await bureau.approvers[0]?.desk(decideHomeAccount, {
    params: { ...params, number: 1 },
    body: { decision: 'approve' },
  });
  await bureau.settle();
  await bureau.supplement(august);
  await bureau.approve(august, 2);
  await answerAll(august);

  const [, { bytes = Buffer.alloc(0) } = {}] = await bureau.files(august);
  const { header, details } = parseBankFile(bytes);
  expect(details.map(({ beneficiaryIdHash: hash }) => hash)).toEqual(
    details.map(() => beneficiaryIdHash(header.batchNo, HOME)),
  );
  expect((await filed(august)).slice(1)).toEqual([
    ['T001', HOME_ACCOUNT, '罗店镇敬老院'],
    ['T002', HOME_ACCOUNT, '罗店镇敬老院'],
  ]);
  expect((await bureau.run(august)).totals).toMatchObject({ lines: 3, settledLines: 3, heldLines: 0 });
  const { items } = await bureau.preparer(listLines, { params: { runId: august }, query: {} });
  expect(items.map(({ home, homeName, account }) => [home, homeName, account])).toEqual([
    [HOME, '罗店镇敬老院', '****2345'],
    [HOME, '罗店镇敬老院', '****2345'],
    [undefined, undefined, `****${accountOf(3).slice(-4)}`],
  ]);
});

test('who leaves is paid to the own account again, as it was corrected meanwhile; who stays is not', async () => {
  await bureau.preparer(correctAccount, {
    params: resident,
    body: { account: accountOf(101), bank: '农业银行', proof: '本人持存折到镇街更正' },
  });
  const during = await bureau.preparer(readEntitlement, { params: resident });
  await bureau.preparer(dischargeResident, {
    params: { caseNo: 'T001' },
    body: { on: '2021-08-20', reason: 'returned-home' },
  });
  await bureau.settle();
  await bureau.open('destitute', Month.parse('2021-09'));
  await bureau.approve(september);

  expect(during).toMatchObject({
    account: `****${accountOf(101).slice(-4)}`,
    livesIn: { creditCode: HOME, admittedOn: '2021-07-05', account: '****2345', accountName: '罗店镇敬老院' },
  });
  expect((await bureau.preparer(readEntitlement, { params: resident })).livesIn).toBeUndefined();
  const { items } = await bureau.preparer(listPayments, { params: resident });
  expect(items.map(({ month, home }) => [month, home])).toEqual([
    ['2021-09', undefined],
    ['2021-08', HOME],
  ]);
  expect((await filed(september)).toSorted()).toEqual([
    ['T001', accountOf(101), nameOf(1)],
    ['T002', HOME_ACCOUNT, '罗店镇敬老院'],
    ['T003', HOME_ACCOUNT, '罗店镇敬老院'],
  ]);
});
