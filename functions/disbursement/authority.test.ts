import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, everyItem } from '../../month/desk.ts';
import { bytesOf, returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import {
  accountOf,
  csvOf,
  identityNumberOf,
  LUODIAN,
  phoneOf,
  row,
  YAFAN,
} from '../../month/sample-roster.ts';
import { AreaCode } from '../../shared/area.ts';
import { openTable, queryAll, within } from '../../shared/dynamo.ts';
import { Month } from '../../shared/month.ts';
import { Problem } from '../../shared/problem.ts';
import { type Role, roles } from '../../shared/role.ts';
import type { Route } from '../../shared/route.ts';
import {
  listEntitlements,
  listLedger,
  listPayments,
  readEntitlement,
  recordEntitlement,
  recordLedgerEntry,
  unmaskEntitlement,
} from './entitlement-routes.ts';
import { listReturns, listUnmatchedRows } from './return-routes.ts';
import { listFindings, listRosters, receiveRoster } from './roster-routes.ts';
import { disbursementRoutes } from './routes.ts';
import { listExceptions, listLines, listRunEvents, listRuns, readLine, readRun } from './run-routes.ts';

/** Who may do and see what, on a bureau of two towns in the middle of its month. */

const runId = '2021-07-dibao-regular';
const yafan = AreaCode.parse(YAFAN);
const VILLAGE = '330702101201';

let bureau: Bureau;
let town: Desk;
let returnId: string;
let rosterId: string;
beforeAll(async () => {
  bureau = await openBureau();
  town = await bureau.desk({ role: 'township-clerk', area: yafan });
  const people = [row(1), row(2), row(3, { 账号: '' }), ...[4, 5, 6].map((n) => row(n, { 区划代码: YAFAN }))];
  const bad = [7, 8, 9].map((n) => row(n, { 月金额: '0' }));
  rosterId = (await bureau.importRoster([...people, row(10, { 区划代码: YAFAN, 账号: '' }), ...bad]))
    .rosterId;
  await bureau.importRoster([row(1)]);
  await bureau.importRoster([row(2)]);
  for (const caseNo of ['A001', 'A002', 'A004']) await enter(caseNo, 100_00);
  for (const month of ['2021-07', '2021-08', '2021-09']) await bureau.open('dibao', Month.parse(month));
  await bureau.approve(runId);
  const [file] = await bureau.files(runId);
  await bureau.importReturn(returnTo(file?.bytes ?? new Uint8Array(), { A001: '02' }));
  await bureau.importReturn(new Uint8Array());
  const header = new TextDecoder().decode(file?.bytes).split('\n')[0] ?? '';
  returnId = (await bureau.importReturn(bytesOf([header, 'a', 'b', 'c', 'd']))).returnId;
}, 60_000);
afterAll(() => bureau.stop());

const enter = (caseNo: string, amountFen: number, key?: string) =>
  bureau.preparer(
    recordLedgerEntry,
    { body: { programme: 'dibao', caseNo, kind: 'arrears', amountFen, reason: '复核后补发' } },
    key,
  );

/** A request as any HTTP client may send it. */
const send = async (
  { method, path }: Pick<Route, 'method' | 'path'>,
  token: string | undefined,
  body: unknown = {},
) => {
  const answer = await fetch(bureau.cloud.httpUrl + path, {
    method: method.toUpperCase(),
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(method === 'get' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, problem: Problem.safeParse(await answer.json()).data };
};
const somewhere = ({ method, path }: Route): Pick<Route, 'method' | 'path'> => ({
  method,
  path: path
    .replace('{programme}', 'dibao')
    .replace(/\{(batch|row)\}/, '1')
    .replace(/\{\w+\}/g, 'none') as Route['path'],
});

test.each(disbursementRoutes as readonly Route[])(
  '$operationId is refused with 403 to the roles that are not listed, and to no other',
  async (route) => {
    const refused = await Promise.all(
      roles.map(async (role) => {
        const { status, problem } = await send(somewhere(route), await bureau.token({ role }));
        return status === 403 && problem?.code === 'ROLE_NOT_ALLOWED' ? [role] : [];
      }),
    );

    expect(refused.flat()).toEqual(roles.filter((role) => !route.roles.includes(role)));
    expect(await send(somewhere(route), undefined)).toMatchObject({ status: 401 });
  },
);

test('an officer of a town sees its lines, exceptions, cases and arrears, and counts of it alone', async () => {
  const query = { limit: 200 };
  const lines = await town(listLines, { params: { runId }, query });
  const exceptions = await town(listExceptions, { params: { runId }, query });
  const cases = await town(listEntitlements, { query: { programme: 'dibao' } });
  const ledger = await town(listLedger, { query: { programme: 'dibao' } });
  const run = await town(readRun, { params: { runId } });
  const runs = await town(listRuns, { query: { month: Month.parse('2021-07') } });

  expect(lines.items.map(({ caseNo }) => caseNo)).toEqual(['A004', 'A005', 'A006', 'A010']);
  expect(exceptions.items.map(({ caseNo }) => caseNo)).toEqual(['A010']);
  expect(cases.items.map(({ caseNo }) => caseNo)).toEqual(['A004', 'A005', 'A006', 'A010']);
  expect(ledger.items.map(({ caseNo }) => caseNo)).toEqual(['A004']);
  expect(run.totals).toMatchObject({ lines: 4, amountFen: 4 * 900_00 + 100_00 });
  expect(run.towns.map(({ areaCode }) => areaCode)).toEqual([YAFAN]);
  expect(run).not.toHaveProperty('planned');
  expect(runs.items[0]?.totals).toEqual(run.totals);
});

test('the amounts of whole batches are not shown to an officer of a town', async () => {
  expect((await town(readRun, { params: { runId } })).batchList).toEqual([]);
  expect((await bureau.run(runId)).batchList).toHaveLength(1);
});

test('a village sees less than its town, and another town’s line or case is outside, not empty', async () => {
  const village = await bureau.desk({ role: 'township-clerk', area: AreaCode.parse(VILLAGE) });
  const lineId = `${runId}~${LUODIAN}~A001`;
  const luodian = AreaCode.parse(LUODIAN);

  expect((await village(listLines, { params: { runId }, query: {} })).items).toEqual([]);
  expect((await village(listEntitlements, { query: { programme: 'dibao' } })).items).toEqual([]);
  const outside = [
    () => town(readLine, { params: { runId, lineId } }),
    () => town(readEntitlement, { params: { programme: 'dibao', caseNo: 'A001' } }),
    () => town(listPayments, { params: { programme: 'dibao', caseNo: 'A001' } }),
    () => town(listLines, { params: { runId }, query: { areaCode: luodian } }),
    () => town(listEntitlements, { query: { programme: 'dibao', areaCode: luodian } }),
  ];
  for (const ask of outside) await expect(ask()).rejects.toMatchObject({ code: 'OUTSIDE_AREA' });
});

test('a preparer or approver of one town cannot act for the district', async () => {
  const districtOnly = disbursementRoutes.filter(({ operationId }) =>
    [
      'openRun',
      'approveBatch',
      'rejectRun',
      'prepareSupplement',
      'closeRun',
      'receiveReturn',
      'listFiles',
    ].includes(operationId),
  ) as readonly Route[];
  const body = { programme: 'dibao', month: '2021-12', reason: '镇街试试', uploadId: 'x', fileName: 'x' };
  for (const route of districtOnly) {
    const [role = 'auditor'] = route.roles as readonly Role[];
    const path = route.path.replace('{runId}', runId).replace('{batch}', '1') as Route['path'];
    const answer = await send(
      { ...route, path },
      await bureau.token({ role, area: yafan, name: '镇经办' }),
      body,
    );
    expect([route.operationId, answer.problem?.code]).toEqual([route.operationId, 'OUTSIDE_AREA']);
  }
});

type Pager = (page: {
  cursor?: string;
  limit: number;
}) => Promise<{ items: readonly unknown[]; next?: string | undefined }>;
const listings: Readonly<Record<string, Pager>> = {
  rosters: (query) => bureau.preparer(listRosters, { query }),
  findings: (query) => bureau.preparer(listFindings, { params: { rosterId }, query }),
  entitlements: (query) => bureau.preparer(listEntitlements, { query: { ...query, programme: 'dibao' } }),
  ledger: (query) => bureau.preparer(listLedger, { query: { ...query, programme: 'dibao' } }),
  runs: (query) => bureau.preparer(listRuns, { query }),
  lines: (query) => bureau.preparer(listLines, { params: { runId }, query }),
  'settled lines': (query) =>
    bureau.preparer(listLines, { params: { runId }, query: { ...query, state: 'settled' } }),
  exceptions: (query) =>
    bureau.preparer(listExceptions, { params: { runId: '2021-08-dibao-regular' }, query }),
  events: (query) => bureau.preparer(listRunEvents, { params: { runId }, query }),
  returns: (query) => bureau.preparer(listReturns, { query }),
  'unmatched rows': (query) => bureau.preparer(listUnmatchedRows, { params: { returnId }, query }),
};

test.each(Object.entries(listings))(
  'the list of %s pages to its end without loss or repetition',
  async (_, read) => {
    const whole = await read({ limit: 200 });
    const paged = await Array.fromAsync(
      everyItem((cursor) => read(cursor === undefined ? { limit: 1 } : { cursor, limit: 1 })),
    );

    expect(whole.next).toBeUndefined();
    expect(whole.items.length).toBeGreaterThan(1);
    expect(paged).toEqual(whole.items);
  },
);

test('a cursor does not lead out of the officer’s area, and one this API never gave is refused', async () => {
  const { next = '' } = await bureau.preparer(listLines, { params: { runId }, query: { limit: 1 } });
  const query = { cursor: next, limit: 200 };
  const answer: unknown = await town(listLines, { params: { runId }, query }).catch(
    (refusal: Error) => refusal,
  );

  expect(JSON.stringify(answer)).not.toContain(LUODIAN);
  await expect(town(listLines, { params: { runId }, query: { cursor: 'nonsense' } })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
  });
});

test('sealed fields are shown in full for a reason only, as far as asked, and the look is on record', async () => {
  const auditor = await bureau.desk({ role: 'auditor', name: '审计员' });
  const params = { programme: 'dibao' as const, caseNo: 'A002' };
  const look = (reason: string) =>
    auditor(unmaskEntitlement, { params, body: { fields: ['identityNumber', 'phone'], reason } });

  await expect(look('  ')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  expect(await look('核对信访来件')).toEqual({ identityNumber: identityNumberOf(2), phone: phoneOf(2) });

  const client = new DynamoDBClient({
    endpoint: bureau.cloud.awsUrl,
    region: 'cn-northwest-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const table = openTable('huimin-local-disbursement', client);
  const events = await Array.fromAsync(queryAll(table, within('EVENT#entitlement/dibao/A002')));
  const looks = await Array.fromAsync(queryAll(table, within('LOOK#dibao/A002')));
  expect(events.map(({ envelope }) => JSON.parse(String(envelope)))).toMatchObject([
    {
      type: 'disbursement.personal-data-shown.v1',
      data: { caseNo: 'A002', fields: ['identityNumber', 'phone'] },
    },
  ]);
  expect(looks).toMatchObject([{ reason: '核对信访来件', fields: ['identityNumber', 'phone'] }]);
});

test('a command repeated under its key gets the first answer; another command under it is refused', async () => {
  const first = await enter('A005', 70_00, 'once');
  const again = await enter('A005', 70_00, 'once');

  expect(again).toEqual(first);
  await expect(enter('A005', 71_00, 'once')).rejects.toMatchObject({ code: 'KEY_REUSED' });
  const { items } = await bureau.preparer(listLedger, { query: { programme: 'dibao', caseNo: 'A005' } });
  expect(items).toHaveLength(1);
});

test('a request is told every fault of every part at once, each with its path', async () => {
  const token = await bureau.token({ role: 'district-clerk' });
  const ledger = await send(recordLedgerEntry, token, {
    programme: 'x',
    caseNo: '',
    kind: 'gift',
    amountFen: 0,
    reason: '',
  });
  const lines = await send(
    { method: 'get', path: `/disbursement/runs/${runId}/lines?limit=0&state=lost&areaCode=1` },
    token,
  );
  const record = await send({ method: 'put', path: '/disbursement/entitlements/dibao/A050' }, token, {
    姓名: '',
  });

  expect(ledger.problem?.errors?.map(({ path }) => path)).toEqual([
    'body.programme',
    'body.caseNo',
    'body.kind',
    'body.amountFen',
    'body.reason',
  ]);
  expect(lines.problem?.errors?.map(({ path }) => path)).toEqual([
    'query.limit',
    'query.areaCode',
    'query.state',
  ]);
  expect(record).toMatchObject({ status: 422, problem: { code: 'ROW_REFUSED' } });
  expect(record.problem?.detail).toMatch(/姓名:.*身份证号:.*区划代码:.*月金额:.*起始月:/);
});

test('recording a case by hand follows the area: a town’s system records its own and no other', async () => {
  const system = await bureau.desk({ role: 'integration', area: yafan, name: '雅畈镇系统' });
  const cells = {
    姓名: '钱梓',
    身份证号: identityNumberOf(60),
    区划代码: YAFAN,
    保障人口: '1',
    月金额: '900',
    起始月: '2021-07',
  };
  const record = (caseNo: string, given: Readonly<Record<string, string>>) =>
    system(recordEntitlement, { params: { programme: 'dibao', caseNo }, body: given });

  expect(await record('A060', cells)).toMatchObject({
    caseNo: 'A060',
    current: { version: 1, areaCode: YAFAN },
  });
  await expect(record('A061', { ...cells, 区划代码: LUODIAN })).rejects.toMatchObject({
    code: 'OUTSIDE_AREA',
  });
  await expect(record('A001', { ...cells, 账号: accountOf(61), 开户银行: '农行' })).rejects.toMatchObject({
    code: 'OUTSIDE_AREA',
  });
});

test('an upload handed in by somebody else is not found', async () => {
  const uploadId = await bureau.upload(csvOf([row(70)]));
  const other = await bureau.desk({ role: 'district-clerk', name: '另一经办' });

  await expect(other(receiveRoster, { body: { uploadId, fileName: 'x.csv' } })).rejects.toMatchObject({
    code: 'UPLOAD_NOT_FOUND',
  });
  expect(bureau.cloud.deadLetters()).toEqual([]);
});
