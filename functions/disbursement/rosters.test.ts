import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../../month/desk.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { accountOf, csvOf, identityNumberOf, LUODIAN, row, YAFAN } from '../../month/sample-roster.ts';
import { AreaCode } from '../../shared/area.ts';
import { correctAccount, listEntitlements, readEntitlement } from './entitlement-routes.ts';
import { createUpload, listFindings, receiveRoster } from './roster-routes.ts';

/** Rosters handed in one after the other: each test goes on where the one before it ended. */

let bureau: Bureau;
let yafan: Desk;
beforeAll(async () => {
  bureau = await openBureau();
  yafan = await bureau.desk({ role: 'integration', name: '雅畈镇系统', area: AreaCode.parse(YAFAN) });
}, 60_000);
afterAll(() => bureau.stop());

const entitlementOf = (caseNo: string) =>
  bureau.preparer(readEntitlement, { params: { programme: 'dibao', caseNo } });
const findingsOf = async (rosterId: string, desk = bureau.preparer) =>
  (await desk(listFindings, { params: { rosterId }, query: {} })).items.map(({ row: at, column, code }) => [
    at,
    column,
    code,
  ]);

test('a changed row is the next version, the version before stays, and the other rows are left alone', async () => {
  await bureau.importRoster([row(1), row(2)]);
  const changed = await bureau.importRoster([row(1, { 月金额: '950.00' }), row(2)]);

  expect(changed).toMatchObject({ recorded: 1, unchanged: 1 });
  const { current, versions } = await entitlementOf('A001');
  expect(current).toMatchObject({ version: 2, amountFen: 950_00 });
  expect(versions.map(({ version, amountFen }) => [version, amountFen])).toEqual([
    [1, 900_00],
    [2, 950_00],
  ]);
  expect((await entitlementOf('A002')).versions).toHaveLength(1);
});

test('an account an officer corrected is not undone by the old file, and is replaced by a row that changed', async () => {
  const body = { account: accountOf(202), bank: '工商银行', proof: '本人持存折到镇街更正' };
  await bureau.preparer(correctAccount, { params: { programme: 'dibao', caseNo: 'A002' }, body });
  const old = await bureau.importRoster([row(2)]);

  expect(old).toMatchObject({ recorded: 0, unchanged: 1 });
  expect(await entitlementOf('A002')).toMatchObject({ bank: '工商银行', current: { version: 2 } });

  await bureau.importRoster([row(2, { 月金额: '800.00' })]);
  expect(await entitlementOf('A002')).toMatchObject({
    bank: '农业银行',
    current: { version: 3, amountFen: 800_00 },
  });
});

test('a bad row is refused with its column and reason, its value masked, and the rest is imported', async () => {
  const wrongDigit = `${identityNumberOf(11).slice(0, 17)}${identityNumberOf(11).endsWith('1') ? '2' : '1'}`;
  const roster = await bureau.importRoster([
    row(10),
    row(11, { 身份证号: wrongDigit }),
    row(12, { 月金额: '12.345', 区划代码: '330702999000' }),
    row(10),
    row(13, { 账号: '12345678901' }),
  ]);

  expect(roster).toMatchObject({ state: 'imported', rows: 5, recorded: 2, refused: 3 });
  expect(await findingsOf(roster.rosterId)).toEqual([
    [3, '身份证号', 'CHECK-DIGIT'],
    [4, '区划代码', 'UNKNOWN'],
    [4, '月金额', 'DECIMALS'],
    [5, '案号', 'DUPLICATE'],
    [6, '账号', 'ACCOUNT_CHECK'],
  ]);
  const { items } = await bureau.preparer(listFindings, { params: { rosterId: roster.rosterId }, query: {} });
  expect(items[0]?.value).toMatch(/^3307\*+\d$/);
  expect(JSON.stringify(items)).not.toContain(wrongDigit);
});

test('a file that is no roster is refused whole, with the reason', async () => {
  const none = await bureau.importRoster(new TextEncoder().encode('今天天气很好\n'));
  const empty = await bureau.importRoster(new Uint8Array());

  expect(none).toMatchObject({
    state: 'refused',
    recorded: 0,
    problem: expect.stringMatching(/\p{Script=Han}/u),
  });
  expect(empty).toMatchObject({ state: 'refused', problem: expect.stringMatching(/\p{Script=Han}/u) });
  expect(bureau.cloud.deadLetters()).toEqual([]);
});

test('a deliverer of one town records that town’s cases only', async () => {
  const uploadId = await bureau.upload(csvOf([row(20, { 区划代码: YAFAN }), row(21)]), yafan);
  await yafan(receiveRoster, { body: { uploadId, fileName: '雅畈.csv' } });
  await bureau.settle();

  expect(await findingsOf(uploadId)).toEqual([[3, '区划代码', 'OUTSIDE_AREA']]);
  expect(await entitlementOf('A020')).toMatchObject({ current: { areaCode: YAFAN } });
  await expect(entitlementOf('A021')).rejects.toMatchObject({ code: 'ENTITLEMENT_NOT_FOUND' });
});

test('a deliverer of one town cannot take over a case of another by writing its own town beside it', async () => {
  const before = await entitlementOf('A010');
  const theft = row(10, { 区划代码: YAFAN, 账号: accountOf(999) });
  const uploadId = await bureau.upload(csvOf([theft, row(22, { 区划代码: YAFAN })]), yafan);
  await yafan(receiveRoster, { body: { uploadId, fileName: '雅畈.csv' } });
  await bureau.settle();

  expect(await findingsOf(uploadId)).toEqual([[2, '区划代码', 'OUTSIDE_AREA']]);
  expect(await entitlementOf('A010')).toEqual(before);
  expect(await entitlementOf('A022')).toMatchObject({ current: { areaCode: YAFAN } });
});

test('the district moves a case to another town, where it is listed from then on', async () => {
  await bureau.importRoster([row(10, { 区划代码: YAFAN })]);
  const inTown = async (areaCode: string) => {
    const query = { programme: 'dibao' as const, areaCode: AreaCode.parse(areaCode) };
    return (await bureau.preparer(listEntitlements, { query })).items.map(({ caseNo }) => caseNo);
  };

  expect(await inTown(YAFAN)).toEqual(['A010', 'A020', 'A022']);
  expect(await inTown(LUODIAN)).toEqual(['A001', 'A002', 'A013']);
});

test('an upload that never arrived, and one of another officer, are no upload', async () => {
  const body = { fileName: '花名册.csv' };
  const { uploadId } = await bureau.preparer(createUpload, { body });
  const arrived = await bureau.upload(csvOf([row(30)]));

  await expect(bureau.preparer(receiveRoster, { body: { uploadId, ...body } })).rejects.toMatchObject({
    code: 'UPLOAD_NOT_FOUND',
  });
  await expect(yafan(receiveRoster, { body: { uploadId: arrived, ...body } })).rejects.toMatchObject({
    code: 'UPLOAD_NOT_FOUND',
  });
});
