import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { EntitlementsRecorded } from '../../events/disbursement.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { admitResidentHandler } from './admit-resident.ts';
import { decideVoucherHandler } from './decide-voucher.ts';
import { dischargeResidentHandler } from './discharge-resident.ts';
import { explainFindingHandler } from './explain-finding.ts';
import { recordCareHome } from './home-routes.ts';
import { keepEntitlement } from './keep-entitlement.ts';
import { listReconciliationsHandler } from './list-reconciliations.ts';
import { listVouchersHandler } from './list-vouchers.ts';
import { proposeMonthHandler } from './propose-month.ts';
import { readHomeStatementHandler } from './read-home-statement.ts';
import { readResidentStatementHandler } from './read-resident-statement.ts';
import { reconcileHomeHandler } from './reconcile-home.ts';
import { explainFinding, listReconciliations, reconcileHome } from './reconciliation-routes.ts';
import { recordAbsenceHandler } from './record-absence.ts';
import { recordCareHomeHandler } from './record-care-home.ts';
import { recordVoucherHandler } from './record-voucher.ts';
import { admitResident, dischargeResident, readResidentStatement, recordAbsence } from './resident-routes.ts';
import { institutionsTable } from './table.ts';
import {
  decideVoucher,
  listVouchers,
  proposeMonth,
  readHomeStatement,
  recordVoucher,
} from './voucher-routes.ts';

/** The money an institution keeps for persons, through the handlers, on the real SDK and an engine in this process. */

const HOME = '1133070200259915X2';
const TOWN = '330702100000';
const clerk = sampleOfficer('township-clerk', TOWN);
const leader = sampleOfficer('township-leader', TOWN);
const chief = sampleOfficer('section-chief', '330702000000');
const bureau = sampleOfficer('district-clerk', '330702000000');
const ofHome = { creditCode: HOME };
const document = { kind: 'bank-receipt', number: '20210710-001' };

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
beforeEach(async () => {
  let ids = 0;
  const newId = () => `voucher-${++ids}`;
  desk = openSampleDesk(institutionsTable, '2021-07-01T02:00:00.000Z');
  const { deps, seals } = desk;
  ask = desk.serving({
    recordCareHome: recordCareHomeHandler(deps),
    admitResident: admitResidentHandler(deps, seals),
    recordAbsence: recordAbsenceHandler(deps),
    dischargeResident: dischargeResidentHandler(deps),
    proposeMonth: proposeMonthHandler(deps, newId),
    recordVoucher: recordVoucherHandler(deps, newId),
    listVouchers: listVouchersHandler(deps),
    decideVoucher: decideVoucherHandler(deps),
    readHomeStatement: readHomeStatementHandler(deps),
    readResidentStatement: readResidentStatementHandler(deps, seals),
    reconcileHome: reconcileHomeHandler(deps),
    listReconciliations: listReconciliationsHandler(deps),
    explainFinding: explainFindingHandler(deps),
  });
  const body = { name: '罗店镇敬老院', areaCode: TOWN, kind: 'public', beds: 40 };
  await ask(recordCareHome, bureau, { params: ofHome, body });
});

type Row = Readonly<Record<string, unknown>>;
const rowsOf = (body: Row, field = 'items') => body[field] as readonly Row[];

const moveIn = async (caseNo: string, amountFen = 2070_00) => {
  await ask(admitResident, clerk, {
    params: { caseNo },
    body: { ...ofHome, name: '诸葛䶮', on: '2021-07-01' },
  });
  const entitlements = [{ programme: 'destitute', caseNo, version: 1, from: '2021-07', amountFen }];
  const envelope = { id: caseNo, type: EntitlementsRecorded.type, source: 'disbursement', subject: 'any' };
  const when = { time: '2021-06-20T00:00:00.000Z', correlationId: 'c' };
  await keepEntitlement(desk.table)({ ...envelope, ...when, data: { origin: 'roster/1', entitlements } });
};
const propose = (kind: string, month = '2021-07', who = clerk) =>
  ask(proposeMonth, who, { params: ofHome, body: { kind, month, document } });
const approve = (voucherId: unknown, who = leader) =>
  ask(decideVoucher, who, { params: { voucherId: String(voucherId) }, body: { decision: 'approve' } });
const bookMonth = async (kind: string, month = '2021-07') => {
  const { body } = await propose(kind, month);
  for (const { voucherId } of rowsOf(body)) await approve(voucherId);
};
const enter = (lines: readonly object[]) =>
  ask(recordVoucher, clerk, { params: ofHome, body: { kind: 'entries', month: '2021-07', document, lines } });
const statement = async (month = '2021-07') =>
  (await ask(readHomeStatement, clerk, { params: { ...ofHome, month } })).body;
const own = async (caseNo = 'TK1') => {
  const query = { from: '2021-07', to: '2021-12' };
  return (await ask(readResidentStatement, clerk, { params: { ...ofHome, caseNo }, query })).body;
};

describe('the money kept for residents', () => {
  test('comes in by what payments recorded, is settled by bed-days, and the rest stays the person’s', async () => {
    await moveIn('TK1');
    desk.at('2021-07-12T02:00:00.000Z');
    await bookMonth('receipts');
    const absence = { kind: 'hospital', from: '2021-07-20', to: '2021-07-30' };
    desk.at('2021-08-02T02:00:00.000Z');
    await ask(recordAbsence, clerk, { params: { caseNo: 'TK1' }, body: absence });
    await bookMonth('settlement');

    expect(await statement()).toMatchObject({
      openingFen: 0,
      creditFen: 2070_00,
      closingFen: 2070_00,
      balanced: true,
    });
    expect(await statement('2021-08')).toMatchObject({
      debitFen: 117_00 + 1638_00,
      closingFen: 315_00,
      fundFen: 315_00,
    });
    expect(
      rowsOf(await own(), 'entries').map(({ purpose, amountFen, balanceFen }) => [
        purpose,
        amountFen,
        balanceFen,
      ]),
    ).toEqual([
      ['basic', 1170_00, 1170_00],
      ['care', 900_00, 2070_00],
      ['pocket-money', 117_00, 1953_00],
      ['settlement', 1638_00, 315_00],
    ]);
    expect(rowsOf(await own(), 'bedDays')[0]).toEqual({
      month: '2021-07',
      occupied: 21,
      hospital: 10,
      leave: 0,
    });
  });

  test('is booked by a second officer only, and a voucher sent back leaves nothing behind', async () => {
    await moveIn('TK1');
    const both = sampleOfficer('section-chief', '330702000000', clerk.id);
    const [voucher] = rowsOf((await propose('receipts')).body);
    const params = { voucherId: String(voucher?.voucherId) };

    expect((await approve(voucher?.voucherId, both)).code).toBe('MAKER_IS_CHECKER');
    expect((await propose('receipts')).code).toBe('VOUCHER_OPEN');
    await ask(decideVoucher, leader, { params, body: { decision: 'reject', reason: '回单号有误' } });
    expect((await approve(voucher?.voucherId)).code).toBe('WRONG_STATE');
    expect(await statement()).toMatchObject({ fundFen: 0, balanced: true });
    expect((await propose('receipts')).status).toBe(201);
    expect((await desk.eventsOf(`voucher/${params.voucherId}`)).map(({ type }) => type)).toEqual([
      'institutions.voucher-proposed.v1',
      'institutions.voucher-rejected.v1',
    ]);
  });

  test('approved by two at the same moment is booked once', async () => {
    await moveIn('TK1');
    const [voucher] = rowsOf((await propose('receipts')).body);

    const answers = await Promise.all([approve(voucher?.voucherId), approve(voucher?.voucherId, chief)]);

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await statement()).toMatchObject({ fundFen: 2070_00, balanced: true });
  });

  test('proposed by two at the same moment is proposed once, and never booked twice for a month', async () => {
    await moveIn('TK1');

    const answers = await Promise.all([propose('receipts'), propose('receipts', '2021-07', bureau)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    for (const { body, status } of answers) if (status === 201) await approve(rowsOf(body)[0]?.voucherId);

    expect((await propose('receipts')).code).toBe('NOTHING_TO_PROPOSE');
    expect(await statement()).toMatchObject({ fundFen: 2070_00 });
  });

  test('of a settlement is not booked when a stay changed after it was prepared, nor a stay changed after it was booked', async () => {
    await moveIn('TK1');
    await bookMonth('receipts');
    desk.at('2021-08-02T02:00:00.000Z');
    const [first] = rowsOf((await propose('settlement')).body);
    const absence = {
      params: { caseNo: 'TK1' },
      body: { kind: 'leave', from: '2021-07-20', to: '2021-07-30' },
    };
    await ask(recordAbsence, clerk, absence);

    expect((await approve(first?.voucherId)).code).toBe('RESIDENT_CHANGED');
    const params = { voucherId: String(first?.voucherId) };
    await ask(decideVoucher, leader, { params, body: { decision: 'reject', reason: '重新编制' } });
    await bookMonth('settlement');
    const late = {
      params: { caseNo: 'TK1' },
      body: { kind: 'hospital', from: '2021-07-02', to: '2021-07-04' },
    };
    expect((await ask(recordAbsence, clerk, late)).code).toBe('MONTH_SETTLED');
    expect(
      (await ask(dischargeResident, clerk, { ...late, body: { on: '2021-07-31', reason: 'died' } })).code,
    ).toBe('MONTH_SETTLED');
  });

  test('pays for nobody else, in no cash, and a voucher that is short is not booked at all', async () => {
    await moveIn('TK1');
    await moveIn('TK2', 0);
    await bookMonth('receipts');
    const lines = [
      { caseNo: 'TK1', purpose: 'medical', amountFen: 100, counterparty: 'hospital' },
      { caseNo: 'TK2', purpose: 'medical', amountFen: 1, counterparty: 'hospital' },
    ];

    const { body } = await enter(lines);
    const short = await approve(body.voucherId);

    expect([short.code, short.body.detail]).toEqual(['BALANCE_TOO_LOW', '个人账户余额不足:TK2。']);
    expect(await statement()).toMatchObject({ fundFen: 2070_00, balanced: true });
    expect((await enter([{ ...lines[0], counterparty: 'home-operating' }])).code).toBe(
      'COUNTERPARTY_REFUSED',
    );
    expect((await enter([{ ...lines[0], counterparty: 'cash' }])).code).toBe('INVALID_REQUEST');
    expect((await enter([{ ...lines[0], caseNo: 'TK9' }])).code).toBe('RESIDENT_NOT_FOUND');
  });

  test('is refunded whole after the exit, once every month is settled, and the account is closed with it', async () => {
    await moveIn('TK1');
    await bookMonth('receipts');
    desk.at('2021-08-02T02:00:00.000Z');
    const refund = { kind: 'refund', caseNo: 'TK1', document, counterparty: 'resident' };
    const ask4Refund = () => ask(recordVoucher, clerk, { params: ofHome, body: refund });
    expect((await ask4Refund()).code).toBe('STILL_RESIDENT');
    const left = { on: '2021-07-28', reason: 'returned-home' };
    await ask(dischargeResident, clerk, { params: { caseNo: 'TK1' }, body: left });
    expect((await ask4Refund()).code).toBe('MONTHS_UNSETTLED');
    await bookMonth('settlement');

    const first = await ask4Refund();
    const second = await ask4Refund();
    await approve(first.body.voucherId);

    expect(first.body.debitFen).toBe(2070_00 - 117_00 - 1701_00);
    expect((await approve(second.body.voucherId)).code).toBe('BALANCE_TOO_LOW');
    expect(await statement('2021-08')).toMatchObject({ fundFen: 0, personsFen: 0 });
    const late = await enter([{ caseNo: 'TK1', purpose: 'subsidy', amountFen: 1, counterparty: 'treasury' }]);
    expect(late.code).toBe('RESIDENT_NOT_FOUND');
  });

  test('of many residents is booked part by part, each part whole', async () => {
    for (let n = 0; n < 17; n++) await moveIn(`TK${n}`);

    const vouchers = rowsOf((await propose('receipts')).body);
    expect(vouchers.map(({ persons }) => persons)).toEqual([15, 2]);
    for (const { voucherId } of vouchers) expect((await approve(voucherId)).status).toBe(200);
    desk.at('2021-08-02T02:00:00.000Z');
    for (const { voucherId } of rowsOf((await propose('settlement')).body))
      expect((await approve(voucherId)).status).toBe(200);

    expect(await statement()).toMatchObject({ fundFen: 0, personsFen: 0, balanced: true });
    const { body } = await ask(listVouchers, clerk, { params: ofHome, query: { state: 'decided' } });
    expect(rowsOf(body)).toHaveLength(4);
  });

  test('whatever is entered and in whatever order it is approved, the fund is the sum of persons', async () => {
    await moveIn('TK1');
    await moveIn('TK2');
    const line = fc.record({
      caseNo: fc.constantFrom('TK1', 'TK2'),
      ...{ amountFen: fc.integer({ min: 1, max: 500 }) },
      flow: fc.constantFrom(
        { purpose: 'subsidy', counterparty: 'charity' },
        { purpose: 'medical', counterparty: 'hospital' },
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
        async (vouchers) => {
          const entered = await Promise.all(
            vouchers.map((lines) => enter(lines.map(({ flow, ...rest }) => ({ ...rest, ...flow })))),
          );
          await Promise.all(entered.map(({ body }) => approve(body.voucherId)));

          const { fundFen, personsFen, balanced } = await statement();
          const balances = [await own('TK1'), await own('TK2')].map(({ closingFen }) => Number(closingFen));
          expect([balanced, personsFen]).toEqual([true, fundFen]);
          expect(balances.reduce((sum, fen) => sum + fen, 0)).toBe(fundFen);
          expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('a reconciliation', () => {
  const reconcile = (statementFen: number) =>
    ask(reconcileHome, clerk, {
      params: ofHome,
      body: { quarter: '2021-Q3', statementFen, statementNo: 'DZD-1' },
    });
  const codes = (body: Row, state = 'open') =>
    rowsOf(body, 'findings').flatMap((each) =>
      each.state === state ? [[each.code, each.caseNo, each.month].filter(Boolean).join(' ')] : [],
    );

  test('finds what the bank, the stays and the payments say otherwise, and forgets nothing when it is made again', async () => {
    await moveIn('TK1');
    await moveIn('TK2', 0);
    await bookMonth('receipts');
    desk.at('2021-08-02T02:00:00.000Z');
    await bookMonth('settlement');
    await ask(dischargeResident, clerk, {
      params: { caseNo: 'TK1' },
      body: { on: '2021-08-01', reason: 'moved' },
    });
    await ask(dischargeResident, clerk, {
      params: { caseNo: 'TK2' },
      body: { on: '2021-08-01', reason: 'moved' },
    });
    expect((await reconcile(0)).code).toBe('QUARTER_NOT_OVER');
    desk.at('2021-10-08T02:00:00.000Z');

    const first = await reconcile(5);
    const explain = {
      params: { ...ofHome, quarter: '2021-Q3' },
      body: { findingId: 'BALANCE_DIFFERS', explanation: '银行利息次月入账' },
    };
    const explained = await ask(explainFinding, leader, explain);
    const again = await reconcile(5);
    const better = await reconcile(0);

    expect(first.body).toMatchObject({
      ledgerFen: 0,
      statementFen: 5,
      residents: 2,
      bedDays: 62,
      differenceFen: 5,
    });
    expect(codes(first.body)).toEqual(['BALANCE_DIFFERS', 'NO_ENTITLEMENT TK2 2021-07']);
    expect(explained.body).toMatchObject({ state: 'explained', codeName: '银行对账单余额与账面余额不符' });
    expect(codes(again.body)).toEqual(['NO_ENTITLEMENT TK2 2021-07']);
    expect(codes(better.body, 'gone')).toEqual(['BALANCE_DIFFERS']);
    const listed = rowsOf((await ask(listReconciliations, chief, { params: ofHome })).body);
    expect(listed.map(({ quarter, openFindings }) => [quarter, openFindings])).toEqual([['2021-Q3', 1]]);
  });

  test('finds months not settled, money that did not come, and balances that were not refunded', async () => {
    await moveIn('TK1');
    await bookMonth('receipts');
    desk.at('2021-08-02T02:00:00.000Z');
    await ask(dischargeResident, clerk, {
      params: { caseNo: 'TK1' },
      body: { on: '2021-08-02', reason: 'moved' },
    });
    desk.at('2021-10-08T02:00:00.000Z');

    expect(codes((await reconcile(2070_00)).body)).toEqual([
      'MONTH_NOT_SETTLED TK1 2021-07',
      'CREDIT_DIFFERS TK1 2021-08',
      'MONTH_NOT_SETTLED TK1 2021-08',
      'NOT_REFUNDED TK1',
    ]);
  });

  test('is explained by somebody other than who made it', async () => {
    await moveIn('TK1', 0);
    desk.at('2021-10-08T02:00:00.000Z');
    await reconcile(1);
    const both = sampleOfficer('section-chief', '330702000000', clerk.id);
    const explain = {
      params: { ...ofHome, quarter: '2021-Q3' },
      body: { findingId: 'BALANCE_DIFFERS', explanation: '银行利息' },
    };

    expect((await ask(explainFinding, both, explain)).code).toBe('MAKER_IS_CHECKER');
    expect((await ask(explainFinding, leader, explain)).status).toBe(200);
    expect((await ask(explainFinding, leader, explain)).code).toBe('FINDING_NOT_FOUND');
  });
});
