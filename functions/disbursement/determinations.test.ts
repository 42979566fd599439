import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeterminationsMade } from '../../events/assistance.ts';
import { ReliefGranted } from '../../events/relief.ts';
import { type Announcer, announcerIn } from '../../month/sample-announcement.ts';
import { returnTo } from '../../month/sample-bank.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { accountOf, identityNumberOf, nameOf, phoneOf } from '../../month/sample-roster.ts';
import { happened } from '../../shared/event.ts';
import type { Payees } from '../../shared/handover.ts';
import { Month } from '../../shared/month.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { parseBankFile } from './bank-file.ts';
import { listLedger } from './entitlement-routes.ts';
import { decideLine, listLines, rejectRun } from './run-routes.ts';

/** What assistance and relief determine, paid and settled over three months: each test goes on where the one before ended. */

const [july, august, september] = ['2021-07', '2021-08', '2021-09'].map((text) => Month.parse(text)) as [
  Month,
  Month,
  Month,
];
const julyRun = '2021-07-dibao-regular';
const rejectedRun = '2021-08-dibao-regular';
const augustRun = '2021-08-dibao-regular-2';

let bureau: Bureau;
let tell: Announcer;
beforeAll(async () => {
  bureau = await openBureau();
  tell = announcerIn(bureau.cloud);
}, 60_000);
afterAll(() => bureau.stop());

type Made = Parameters<typeof happened<typeof DeterminationsMade>>[1]['data']['determinations'][number];
const made = (
  caseNo: string,
  number: number,
  amountFen: number,
  from: Month,
  change: Partial<Made> = {},
): Made => ({
  programme: 'dibao',
  caseNo,
  number,
  kind: 'new',
  reason: 'application',
  from,
  amountFen,
  persons: 1,
  areaCode: '330702100201',
  ...change,
});
const payee = (person: number, change: object = {}): Payees[string] => ({
  name: nameOf(person),
  identityNumber: identityNumberOf(person),
  phone: phoneOf(person),
  account: accountOf(person),
  bank: '农业银行',
  ...change,
});
const at = '2021-07-01T00:00:00.000Z';
/** Announces determinations, twice as a bus may, and waits until they are recorded. */
const determine = async (which: string, determinations: Made[], payees?: Payees) => {
  const key = `assistance/${which}`;
  const data = { origin: which, determinations, ...(payees ? { handover: key } : {}) };
  const event = happened(DeterminationsMade, { subject: which, which: 'made', at, correlationId: 'c', data });
  await tell(event, payees && { key, payees });
  await tell(event);
  await bureau.settle();
};
const grant = async (caseNo: string, amountFen: number, person: number) => {
  const key = `relief/${caseNo}`;
  const data = { caseNo, month: july, amountFen, persons: 1, areaCode: '330702100201', handover: key };
  const event = happened(ReliefGranted, { subject: key, which: 'granted', at, correlationId: 'c', data });
  await tell(event, { key, payees: { [caseNo]: payee(person) } });
  await bureau.settle();
};
const linesOf = async (runId: string) => {
  const { items } = await bureau.preparer(listLines, { params: { runId }, query: { limit: 200 } });
  return Object.fromEntries(
    items.map(({ caseNo, state, components }) => [
      caseNo,
      [state, components.map(({ kind, amountFen }) => `${kind} ${amountFen}`).join(', ')],
    ]),
  );
};
const ledger = async (programme: ProgrammeCode = 'dibao') => {
  const { items } = await bureau.preparer(listLedger, { query: { programme, limit: 200 } });
  return items
    .map(({ caseNo, kind, months = [], openFen, entryId }) => [
      caseNo,
      entryId.startsWith('carry') ? 'carry' : kind,
      months.map(({ month, amountFen }) => `${month} ${amountFen}`).join(', '),
      openFen,
    ])
    .toSorted((a, b) => (`${a}` < `${b}` ? -1 : 1));
};
const payAndClose = async (runId: string) => {
  await bureau.approve(runId);
  for (const { bytes } of await bureau.files(runId)) await bureau.importReturn(returnTo(bytes, {}));
  return bureau.close(runId);
};

test('what was determined is paid to whom it was handed over; without an account it is held', async () => {
  const cases = ['DB1', 'DB2', 'DB3', 'DB4', 'DB5'];
  const payees = Object.fromEntries(cases.map((caseNo, index) => [caseNo, payee(index + 1)]));
  await determine(
    'register',
    cases.map((caseNo) => made(caseNo, 1, 900_00, july)),
    { ...payees, DB2: payee(2, { account: undefined }) },
  );

  const run = await bureau.open('dibao', july);

  expect(run.totals).toMatchObject({ lines: 5, amountFen: 4500_00, heldLines: 1 });
  expect(await linesOf(julyRun)).toMatchObject({
    DB1: ['unfiled', 'regular 90000'],
    DB2: ['held', 'regular 90000'],
  });
});

test('a run settles nothing of its own month; what was not paid by its end is carried', async () => {
  await bureau.approve(julyRun);
  const [file] = await bureau.files(julyRun);
  await bureau.importReturn(returnTo(file?.bytes ?? new Uint8Array(), { DB5: '02' }));
  const body = { decision: 'withdraw' as const, reason: '本月不予发放' };
  const lineId = `${julyRun}~330702100201~DB5`;
  await bureau.approvers[0]?.desk(decideLine, { params: { runId: julyRun, lineId }, body });
  await bureau.close(julyRun);

  expect(await ledger()).toEqual([['DB2', 'carry', '', 900_00]]);
});

test('the next run pays a raise from the month it reaches back to, and recovers what a late stop says was paid too much', async () => {
  await determine('changes', [
    made('DB1', 2, 1_000_00, july),
    made('DB2', 2, 0, july, { kind: 'stop', reason: 'died' }),
    made('DB3', 2, 0, july, { kind: 'stop', reason: 'died' }),
    made('DB4', 2, 300_00, july),
    made('DB4', 3, 400_00, july),
    made('DB5', 2, 0, july, { kind: 'stop', reason: 'moved-away' }),
  ]);

  await bureau.open('dibao', august);

  expect(await linesOf(rejectedRun)).toEqual({
    DB1: ['unfiled', 'regular 100000, arrears 10000'],
    DB2: ['held', 'arrears 90000, recovery -90000'],
    DB4: ['unfiled', 'regular 40000, recovery -40000'],
  });
  expect(await ledger()).toEqual([
    ['DB1', 'arrears', '2021-07 10000', 0],
    ['DB2', 'carry', '', 0],
    ['DB2', 'recovery', '2021-07 90000', 0],
    // Nothing is paid any more, so the debt stays open; DB5 was withdrawn in July, so nothing is owed.
    ['DB3', 'recovery', '2021-07 90000', 900_00],
    ['DB4', 'recovery', '2021-07 50000', 100_00],
  ]);
});

test('a run cannot be sent back while a later one of the programme is open', async () => {
  const chief = bureau.approvers[0]?.desk ?? bureau.preparer;
  await bureau.open('dibao', september);
  const body = { reason: '名册需要重新核对' };

  await expect(chief(rejectRun, { params: { runId: rejectedRun }, body })).rejects.toMatchObject({
    code: 'LATER_RUN_OPEN',
  });
  await chief(rejectRun, { params: { runId: '2021-09-dibao-regular' }, body });
  await chief(rejectRun, { params: { runId: rejectedRun }, body });

  expect(await bureau.run(rejectedRun)).toMatchObject({ state: 'rejected' });
});

test('the next attempt reckons anew with what was determined since; what the rejected one reckoned is void', async () => {
  await determine('more changes', [made('DB1', 3, 1_100_00, july)]);

  await bureau.open('dibao', august);

  expect(await linesOf(augustRun)).toEqual({
    DB1: ['unfiled', 'regular 110000, arrears 20000'],
    DB2: ['held', 'arrears 90000, recovery -90000'],
    DB4: ['unfiled', 'regular 40000, recovery -40000'],
  });
  const open = (await ledger()).map(([caseNo, kind, , openFen]) => [caseNo, kind, openFen]);
  expect(open.filter(([, , openFen]) => openFen !== 0)).toEqual([
    ['DB3', 'recovery', 900_00],
    ['DB4', 'recovery', 100_00],
  ]);
  expect(await payAndClose(augustRun)).toMatchObject({ state: 'closed' });
});

test('what a recovery could not take is taken by the month after, and settled months are not settled again', async () => {
  await bureau.open('dibao', september);

  expect(await linesOf('2021-09-dibao-regular-2')).toEqual({
    DB1: ['unfiled', 'regular 110000'],
    DB4: ['unfiled', 'regular 40000, recovery -10000'],
  });
});

test('a festival is paid once, on the day it is approved, to whom the case’s dibao is paid', async () => {
  const festival = { programme: 'festival', to: september, payeeOf: 'dibao' };
  await determine('festival', [made('DB1', 4, 500_00, september, festival)]);

  await bureau.open('festival', september);
  await bureau.approve('2021-09-festival-regular');

  const [file] = await bureau.files('2021-09-festival-regular');
  const { header, details } = parseBankFile(file?.bytes ?? new Uint8Array());
  expect(details).toMatchObject([{ caseNo: 'DB1', account: accountOf(1), amountFen: 500_00 }]);
  const approvedOn = (await bureau.run('2021-09-festival-regular')).batchList[0]?.approvals[0]?.at ?? '';
  expect(Date.parse(header.payDate) - Date.parse(approvedOn)).toBeLessThan(24 * 60 * 60 * 1000);
  expect(header).toMatchObject({ purposeCode: 'JIERI', batchNo: '202109JIERI0101' });
});

test('relief that is granted after the month’s run was opened is paid by the next run of relief', async () => {
  await grant('LS1', 3_000_00, 11);
  await bureau.open('relief', july);
  await grant('LS2', 2_000_00, 12);

  expect(await linesOf('2021-07-relief-regular')).toEqual({ LS1: ['unfiled', 'regular 300000'] });

  await payAndClose('2021-07-relief-regular');
  await bureau.open('relief', august);
  await bureau.open('relief', september);

  expect(await linesOf('2021-08-relief-regular')).toEqual({ LS2: ['unfiled', 'arrears 200000'] });
  expect(await linesOf('2021-09-relief-regular')).toEqual({});
  expect(await ledger('relief')).toEqual([['LS2', 'arrears', '2021-07 200000', 0]]);
});

test('no message is given up', () => {
  expect(bureau.cloud.deadLetters()).toEqual([]);
});
