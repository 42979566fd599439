import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { accountOf, identityNumberOf, nameOf, phoneOf, row } from '../../month/sample-roster.ts';
import { Month } from '../../shared/month.ts';
import {
  correctAccount,
  listEntitlements,
  listLedger,
  readEntitlement,
  recordEntitlement,
} from './entitlement-routes.ts';
import { listFiles, listReturns, listUnmatchedRows } from './return-routes.ts';
import { listFindings, listRosters } from './roster-routes.ts';
import { listExceptions, listLines, listRunEvents, listRuns } from './run-routes.ts';

/** Where personal data stands after a whole month: sealed in the database, masked in the answers, nowhere in between. */

const runId = '2021-07-dibao-regular';
const people = Array.from({ length: 12 }, (_, index) => index + 1);
const CORRECTED = 101;
const BY_HAND = 102;
const everybody = [...people, CORRECTED, BY_HAND];

const answers: string[] = [];
const left = new Map<string, Buffer>();
let bureau: Bureau;

/** Keeps every answer of the API as it came over the wire; what storage answers is the files themselves. */
const listen = (api: string): void => {
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    const answer = await fetch(...request);
    if (String(request[0]).startsWith(api)) answers.push(await answer.clone().text());
    return answer;
  });
};

const readEverything = async (): Promise<void> => {
  const { preparer } = bureau;
  const programme = 'dibao' as const;
  const [params, query] = [{ runId }, { limit: 200 }];
  for (const route of [listLines, listExceptions, listRunEvents]) await preparer(route, { params, query });
  for (const route of [listRosters, listRuns]) await preparer(route, { query });
  for (const route of [listEntitlements, listLedger])
    await preparer(route, { query: { programme, ...query } });
  await preparer(listFiles, { params });
  await preparer(readEntitlement, { params: { programme, caseNo: 'A001' } });
  const { items: rosters } = await preparer(listRosters, { query });
  for (const { rosterId } of rosters) await preparer(listFindings, { params: { rosterId }, query });
  const { items: returns } = await preparer(listReturns, { query });
  for (const { returnId } of returns) await preparer(listUnmatchedRows, { params: { returnId }, query });
};

beforeAll(async () => {
  bureau = await openBureau();
  listen(bureau.cloud.httpUrl);
  const rows = people.map((person) => row(person, person === 3 ? { 账号: '' } : {}));
  await bureau.importRoster([
    ...rows,
    row(12),
    row(11, { 身份证号: `${identityNumberOf(11)}9`, 案号: 'A111' }),
  ]);
  const params = { programme: 'dibao' as const, caseNo: 'A102' };
  const body = Object.fromEntries(
    Object.entries({
      姓名: nameOf(BY_HAND),
      身份证号: identityNumberOf(BY_HAND),
      账号: accountOf(BY_HAND),
    }).concat([
      ['区划代码', '330702100000'],
      ['保障人口', '1'],
      ['月金额', '900'],
      ['起始月', '2021-07'],
      ['开户银行', '农业银行'],
      ['联系电话', phoneOf(BY_HAND)],
    ]),
  );
  await bureau.preparer(recordEntitlement, { params, body }, 'by-hand');
  await bureau.open('dibao', Month.parse('2021-07'));
  await bureau.approve(runId);
  const file = async () => (await bureau.files(runId)).at(-1)?.bytes ?? new Uint8Array();
  await bureau.importReturn(returnTo(await file(), { A001: '03', A002: '01' }));
  await bureau.importReturn(returnTo(await file(), { A004: '03' }));
  await bureau.preparer(
    correctAccount,
    {
      params: { programme: 'dibao', caseNo: 'A001' },
      body: { account: accountOf(CORRECTED), bank: '农业银行', proof: '本人持存折到镇街更正' },
    },
    'corrected',
  );
  await bureau.supplement(runId);
  await bureau.approve(runId, 2);
  await bureau.importReturn(returnTo(await file()));
  await bureau.close(runId);
  await readEverything();
  const dead = bureau.cloud.deadLetters();
  expect(dead).toEqual([]);
  await bureau.cloud.stop();
  for (const entry of readdirSync(bureau.dataFolder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) left.set(entry.name, readFileSync(join(entry.parentPath, entry.name)));
  }
}, 60_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

const found = (where: Iterable<readonly [string, Buffer]>, secrets: readonly string[]): string[] =>
  [...where].flatMap(([name, bytes]) =>
    secrets.filter((secret) => bytes.includes(secret)).map((secret) => `${name}: ${secret}`),
  );

test('no answer of the API holds a whole identity number, account or phone', () => {
  const secrets = everybody.flatMap((person) => [
    identityNumberOf(person),
    accountOf(person),
    phoneOf(person),
  ]);

  expect(answers.length).toBeGreaterThan(30);
  expect(answers.some((answer) => answer.includes(nameOf(2)))).toBe(true);
  expect(answers.some((answer) => answer.includes(`****${accountOf(2).slice(-4)}`))).toBe(true);
  expect(secrets.filter((secret) => answers.some((answer) => answer.includes(secret)))).toEqual([]);
});

test('no identity number, account or phone stands readable in anything the cloud keeps: database, keys, log', () => {
  const secrets = everybody.flatMap((person) => [
    identityNumberOf(person),
    accountOf(person),
    phoneOf(person),
  ]);

  expect([...left.keys()]).toEqual(
    expect.arrayContaining(['huimin.sqlite', expect.stringMatching(/\.jsonl$/)]),
  );
  expect(left.get('huimin.sqlite')?.includes('A001')).toBe(true);
  expect(found(left, secrets)).toEqual([]);
});

test('no name stands readable in what is kept of the roster, its lines, files and returns', () => {
  const imported = people.filter((person) => person !== 1);

  expect(found(left, imported.map(nameOf))).toEqual([]);
});

test('no name stands readable in a remembered answer', () => {
  expect(found(left, [1, BY_HAND].map(nameOf))).toEqual([]);
});
