import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { chanceFrom } from '../../demo/chance.ts';
import { peopleInventor } from '../../demo/person.ts';
import { ReturnsApplied, RowResolved } from '../../events/disbursement.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { transact } from '../../shared/dynamo.ts';
import type { EventValue, HappenedOf } from '../../shared/event.ts';
import { openReliefCase, readReliefCase } from './case-routes.ts';
import { findCase, writeCase } from './case-store.ts';
import { followReversal } from './follow-reversal.ts';
import { followSettlement } from './follow-settlement.ts';
import { openReliefCaseHandler } from './open-relief-case.ts';
import { readReliefCaseHandler } from './read-relief-case.ts';
import type { ReliefCase, Settlement } from './relief-case.ts';
import { settled } from './settlement.ts';
import { reliefTable } from './table.ts';

/** A case follows what the bank answers. */

const clerk = sampleOfficer('township-clerk', '330702100000');
const AREA = '330702100200';
const RUN = '2021-08-relief';

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
let caseNo: string;
beforeEach(async () => {
  desk = openSampleDesk(reliefTable, '2021-08-02T02:00:00.000Z');
  const { deps, seals, table } = desk;
  ask = desk.serving({
    openReliefCase: openReliefCaseHandler(deps, seals),
    readReliefCase: readReliefCaseHandler(deps, seals),
  });
  const { name, identityNumber } = peopleInventor()(chanceFrom('settlement'), 1960, 1980);
  const { body } = await ask(openReliefCase, clerk, {
    body: {
      areaCode: AREA,
      form: 'individual',
      kind: 'emergency',
      cause: 'fire',
      causeDate: '2021-07-30',
      description: '房屋失火,基本生活困难',
      applicant: { name, identityNumber },
      account: { account: '6228480000000000018', bank: '农业银行' },
    },
  });
  caseNo = String(body.caseNo);
  const known = await found();
  await transact(table, [
    writeCase(table, { ...known, state: 'approved', due: undefined, version: known.version + 1 }),
  ]);
});

const found = async (): Promise<ReliefCase> => {
  const known = await findCase(desk.table, caseNo);
  if (!known) throw new Error(`No case ${caseNo}.`);
  return known;
};
const happened = <E extends EventValue>(value: E, data: HappenedOf<E>['data'], time: string) =>
  ({
    id: `${value.type}/${time}`,
    type: value.type,
    source: value.source,
    subject: 'any',
    time,
    correlationId: 'c',
    data,
  }) as HappenedOf<E>;
const answered = (outcome: 'paid' | 'returned', time: string, programme = 'relief') => {
  const none = { lines: 0, amountFen: 0 };
  const data = {
    runId: RUN,
    programme,
    month: '2021-08',
    returnId: 'return-1',
    fileName: 'file-1',
    settled: none,
    returned: none,
    settledLines: outcome === 'paid' ? [{ caseNo, areaCode: AREA, amountFen: 300_000 }] : [],
    returnedLines:
      outcome === 'returned' ? [{ lineId: `${RUN}~${AREA}~${caseNo}`, resultCode: 'ACCOUNT_CLOSED' }] : [],
  };
  return followSettlement(desk.table)(happened(ReturnsApplied, data, time));
};

describe('relief that the bank pays', () => {
  test('is paid when the bank says so, once, with the month and the amount', async () => {
    await answered('paid', '2021-08-10T02:00:00.000Z');
    await answered('paid', '2021-08-10T02:00:00.000Z');

    expect((await ask(readReliefCase, clerk, { params: { caseNo } })).body).toMatchObject({
      state: 'paid',
      stateName: '已支付',
      settlement: { runId: RUN, month: '2021-08', amountFen: 300_000 },
    });
    const moved = (await desk.eventsOf(`relief/${caseNo}`)).filter(({ step }) => step === 'paid');
    expect(moved).toMatchObject([{ state: 'paid', by: 'disbursement' }]);
  });

  test('is returned, and paid when another account was reached', async () => {
    await answered('returned', '2021-08-10T02:00:00.000Z');
    const returned = await found();
    await answered('paid', '2021-08-20T02:00:00.000Z');

    expect(returned.state).toBe('returned');
    expect((await found()).state).toBe('paid');
  });

  test('is returned when the bank takes it back after it had posted it', async () => {
    await answered('paid', '2021-08-10T02:00:00.000Z');
    const reversed = {
      runId: RUN,
      programme: 'relief',
      month: '2021-08',
      caseNo,
      areaCode: AREA,
      amountFen: 300_000,
    };
    const data = { returnId: 'return-1', row: 1, resolution: 'reverse', resolvedBy: 'officer', reversed };
    await followReversal(desk.table)(happened(RowResolved, data, '2021-08-12T02:00:00.000Z'));

    expect(await found()).toMatchObject({ state: 'returned', settlement: { outcome: 'returned' } });
  });

  test('does not move by a run of another programme, nor when it is unknown here', async () => {
    await answered('paid', '2021-08-10T02:00:00.000Z', 'dibao');
    expect((await found()).state).toBe('approved');

    caseNo = '330702-LS-2021-999999';
    await answered('paid', '2021-08-10T02:00:00.000Z');
    expect(await findCase(desk.table, caseNo)).toBeUndefined();
  });

  test('ends where the newest answer leaves it, in whatever order answers come', async () => {
    const known = await found();
    const answers = ['returned', 'paid', 'returned', 'paid'].map(
      (outcome, index) =>
        ({ outcome, runId: RUN, month: '2021-08', at: `2021-08-1${index}T02:00:00.000Z` }) as Settlement,
    );

    fc.assert(
      fc.property(fc.shuffledSubarray(answers, { minLength: 1 }), (order) => {
        const newest = order.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
        expect(order.reduce(settled, known).settlement).toEqual(newest);
      }),
    );
  });

  test('leaves a case alone that is paid from the reserve', async () => {
    const known: ReliefCase = { ...(await found()), method: 'cash' };
    const answer = { outcome: 'paid', runId: RUN, month: '2021-08', at: '2021-08-10T02:00:00.000Z' };

    expect(settled(known, answer as Settlement)).toBe(known);
  });
});
