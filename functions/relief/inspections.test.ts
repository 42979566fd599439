import { beforeEach, describe, expect, test, vi } from 'vitest';
import { chanceFrom } from '../../demo/chance.ts';
import { peopleInventor } from '../../demo/person.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import type { Route } from '../../shared/route.ts';
import { answerReliefFindingHandler } from './answer-relief-finding.ts';
import { openReliefCase } from './case-routes.ts';
import { confirmReliefFindingHandler } from './confirm-relief-finding.ts';
import { decideReserveMovementHandler } from './decide-reserve-movement.ts';
import * as inspections from './inspection-routes.ts';
import { listReliefFindingsHandler } from './list-relief-findings.ts';
import { listReliefInspectionsHandler } from './list-relief-inspections.ts';
import { listReserveMovementsHandler } from './list-reserve-movements.ts';
import { listReservesHandler } from './list-reserves.ts';
import { openReliefCaseHandler } from './open-relief-case.ts';
import { openReliefInspectionHandler } from './open-relief-inspection.ts';
import { payReliefInAdvanceHandler } from './pay-relief-in-advance.ts';
import { payReliefInAdvance } from './procedure-routes.ts';
import { proposeReserveMovementHandler } from './propose-reserve-movement.ts';
import { proposeReserveRecallsHandler } from './propose-reserve-recalls.ts';
import { readReliefInspectionHandler } from './read-relief-inspection.ts';
import { readReserveStatementHandler } from './read-reserve-statement.ts';
import { reconcileReserveHandler } from './reconcile-reserve.ts';
import { recordReliefFindingHandler } from './record-relief-finding.ts';
import * as reserves from './reserve-routes.ts';
import { reliefTable } from './table.ts';

/** The reserves of townships and their inspection, through the handlers, on the real SDK and an engine in this process. */

const VILLAGE = '330702100200';
const TOWN = '330702100000';
const OTHER_TOWN = '330702101000';
const DISTRICT = '330702000000';
const SHA = 'b'.repeat(64);
const townClerk = sampleOfficer('township-clerk', TOWN);
const townLeader = sampleOfficer('township-leader', TOWN);
const otherClerk = sampleOfficer('township-clerk', OTHER_TOWN, 'elsewhere');
const bureauClerk = sampleOfficer('district-clerk', DISTRICT);
const chief = sampleOfficer('section-chief', DISTRICT);
const invent = peopleInventor();
const chance = chanceFrom('inspections');

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
beforeEach(() => {
  const log = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  let ids = 0;
  desk = openSampleDesk(reliefTable, '2021-01-15T02:00:00.000Z');
  const { deps, seals } = desk;
  ask = desk.serving({
    openReliefCase: openReliefCaseHandler(deps, seals),
    payReliefInAdvance: payReliefInAdvanceHandler(deps),
    listReserves: listReservesHandler(deps),
    readReserveStatement: readReserveStatementHandler(deps),
    proposeReserveMovement: proposeReserveMovementHandler(deps),
    proposeReserveRecalls: proposeReserveRecallsHandler(deps),
    listReserveMovements: listReserveMovementsHandler(deps),
    decideReserveMovement: decideReserveMovementHandler(deps),
    reconcileReserve: reconcileReserveHandler(deps),
    openReliefInspection: openReliefInspectionHandler(deps, () => `inspection-${++ids}`),
    listReliefInspections: listReliefInspectionsHandler(deps),
    readReliefInspection: readReliefInspectionHandler(deps),
    recordReliefFinding: recordReliefFindingHandler(deps),
    answerReliefFinding: answerReliefFindingHandler(deps),
    confirmReliefFinding: confirmReliefFindingHandler(deps),
    listReliefFindings: listReliefFindingsHandler(deps),
  });
  return () => log.mockRestore();
});

type Body = Readonly<Record<string, unknown>>;
const on = (date: string) => desk.at(`${date}T02:00:00.000Z`);
const itemsOf = ({ body }: { readonly body: Body }) => body.items as readonly Body[];
const post = (
  route: Route,
  officer: typeof chief,
  params: Record<string, string>,
  body: Body,
  key?: string,
) => ask(route, officer, { params, body, ...(key === undefined ? {} : { key }) });

const propose = (kind: string, amountFen: number, year = 2021, areaCode = TOWN, key?: string) =>
  post(
    reserves.proposeReserveMovement,
    bureauClerk,
    { areaCode },
    { kind, year, amountFen, reason: '备用金安排' },
    key,
  );
const decide = (movementId: unknown, approves = true, areaCode = TOWN, officer = chief) =>
  post(
    reserves.decideReserveMovement,
    officer,
    { areaCode, movementId: String(movementId) },
    approves ? { decision: 'approve' } : { decision: 'reject', reason: '金额有误,请核对' },
  );
const move = async (kind: string, amountFen: number, year = 2021, areaCode = TOWN) =>
  decide((await propose(kind, amountFen, year, areaCode)).body.movementId, true, areaCode);
const overview = async (officer = bureauClerk) => (await ask(reserves.listReserves, officer)).body;
const advance = async (amountFen: number, receivedBy = 'applicant') => {
  const { name, identityNumber } = invent(chance, 1950, 1990);
  const body = {
    areaCode: VILLAGE,
    form: 'individual',
    kind: 'emergency',
    cause: 'disaster',
    causeDate: '2021-01-10',
    description: '暴雨致房屋倒塌',
    urgent: true,
    applicant: { name, identityNumber },
    method: 'cash',
  };
  const { body: opened } = await ask(openReliefCase, townClerk, { body });
  const receipt = { proof: 'photo', sha256: SHA, handedOverOn: '2021-01-15', receivedBy };
  const caseNo = String(opened.caseNo);
  await post(payReliefInAdvance, townLeader, { caseNo }, { amountFen, method: 'cash', receipt });
  return caseNo;
};
const reconcile = (month: string, bankFen: number) =>
  post(reserves.reconcileReserve, townClerk, { areaCode: TOWN, month }, { bankFen });

describe('the reserve of a township', () => {
  test('moves only when a second officer agrees, and a proposal repeated under its key is one proposal', async () => {
    const first = await propose('allot', 500_000, 2021, TOWN, 'key-1');
    const again = await propose('allot', 500_000, 2021, TOWN, 'key-1');
    const waiting = await overview();
    const sameOfficer = sampleOfficer('section-chief', DISTRICT, bureauClerk.id);
    const own = await decide(first.body.movementId, true, TOWN, sameOfficer);
    on('2021-01-16');
    const approved = await decide(first.body.movementId);
    const twice = await decide(first.body.movementId);

    expect(again.body).toEqual(first.body);
    expect(waiting).toMatchObject({ reserves: [], balanceFen: 0, balanced: true });
    expect([own.code, approved.code, twice.code]).toEqual(['MAKER_IS_CHECKER', undefined, 'WRONG_STATE']);
    expect(await overview()).toMatchObject({ balanceFen: 500_000, balanced: true });
    expect(await desk.eventsOf(`reserve/${TOWN}/2021`)).toMatchObject([
      { type: 'relief.reserve-movement-proposed.v1' },
      { type: 'relief.reserve-moved.v1', kind: 'allot', amountFen: 500_000, priorYear: false },
    ]);
  });

  test('cannot be recalled below nothing, and a rejected movement moves nothing', async () => {
    await move('allot', 300_000);
    const tooMuch = await move('recall', 300_001);
    const rejected = await decide((await propose('replenish', 100_000)).body.movementId, false);

    expect(tooMuch.code).toBe('RESERVE_TOO_LOW');
    expect(rejected.body).toMatchObject({ state: 'rejected', decisionReason: '金额有误,请核对' });
    expect(await overview()).toMatchObject({ balanceFen: 300_000, balanced: true });
  });

  test('has a statement with a running balance that names the cases it paid', async () => {
    await move('allot', 500_000);
    on('2021-02-03');
    const caseNo = await advance(120_000);
    on('2021-03-01');
    await move('replenish', 20_000);
    const params = { areaCode: TOWN, year: 2021 };
    const query = { from: '2021-02-01', to: '2021-02-28' };
    const { body } = await ask(reserves.readReserveStatement, townClerk, { params, query });
    const outside = await ask(reserves.readReserveStatement, otherClerk, { params });

    expect(body).toMatchObject({
      openingFen: 500_000,
      closingFen: 380_000,
      sums: { allot: 0, spend: 120_000 },
      entries: [{ kind: 'spend', kindName: '支出', caseNo, amountFen: 120_000, balanceFen: 380_000 }],
    });
    expect(outside.code).toBe('OUTSIDE_AREA');
  });

  test('is seen by its own township alone; the district sees all and that they add up', async () => {
    await move('allot', 100_000);
    await move('allot', 200_000, 2021, OTHER_TOWN);

    expect(await overview(otherClerk)).toMatchObject({
      balanceFen: 200_000,
      reserves: [{ areaCode: OTHER_TOWN }],
    });
    expect(await overview(otherClerk)).not.toHaveProperty('balanced');
    expect(await overview()).toMatchObject({ balanceFen: 300_000, balanced: true });
  });

  test('is recalled for the years the law says, proposed once, and the report’s figure is the sum of the events', async () => {
    for (const [year, fen] of [
      [2018, 70_000],
      [2019, 30_000],
      [2020, 50_000],
      [2021, 90_000],
    ] as const)
      await move('allot', fen, year);
    await move('allot', 10_000, 2019, OTHER_TOWN);
    const ask1 = await ask(reserves.proposeReserveRecalls, bureauClerk, { body: { reason: '收回历年结余' } });
    const ask2 = await ask(reserves.proposeReserveRecalls, bureauClerk, { body: { reason: '收回历年结余' } });
    for (const { movementId, areaCode } of itemsOf(ask1)) await decide(movementId, true, String(areaCode));
    const body = { allPriorYears: true, reason: '收回上年结余' };
    const more = await ask(reserves.proposeReserveRecalls, bureauClerk, { body });

    expect(ask1.body).toMatchObject({ amountFen: 110_000, alreadyProposed: 0 });
    expect(ask2.body).toMatchObject({ items: [], amountFen: 0, alreadyProposed: 3 });
    expect(itemsOf(more)).toMatchObject([{ year: 2020, amountFen: 50_000, areaCode: TOWN }]);
    expect(await overview()).toMatchObject({ balanceFen: 140_000, balanced: true });
    const events = await Promise.all(
      [`reserve/${TOWN}/2018`, `reserve/${TOWN}/2019`, `reserve/${OTHER_TOWN}/2019`].map(desk.eventsOf),
    );
    const recalled = events
      .flat()
      .filter(
        ({ kind, priorYear, type }) => kind === 'recall' && priorYear && type === 'relief.reserve-moved.v1',
      );
    expect(recalled.reduce((sum, { amountFen }) => sum + Number(amountFen), 0)).toBe(110_000);
    const open = await ask(reserves.listReserveMovements, chief, { query: { state: 'proposed' } });
    expect(itemsOf(open)).toHaveLength(1);
  });
});

describe('a reconciliation', () => {
  test('agrees with the books at the end of the month, over all budget years', async () => {
    await move('allot', 100_000, 2020);
    await move('allot', 200_000);
    on('2021-02-01');
    await move('allot', 5_000);
    const agreed = await reconcile('2021-01', 300_000);
    const early = await reconcile('2021-02', 305_000);

    expect(agreed.body).toMatchObject({ bookFen: 300_000, differenceFen: 0 });
    expect(agreed.body).not.toHaveProperty('findingId');
    expect(early.code).toBe('MONTH_NOT_OVER');
  });

  test('that does not agree is a finding, which the township answers and the district closes', async () => {
    await move('allot', 200_000);
    on('2021-02-01');
    const { body } = await reconcile('2021-01', 190_000);
    const params = { areaCode: TOWN, findingId: String(body.findingId) };
    const tooSoon = await post(inspections.confirmReliefFinding, bureauClerk, params, {
      accepted: true,
      text: '同意销号',
    });
    await post(inspections.answerReliefFinding, townClerk, params, { text: '银行手续费误扣,已退回' });
    const reopened = await post(inspections.confirmReliefFinding, bureauClerk, params, {
      accepted: false,
      text: '请附银行回单',
    });
    await post(inspections.answerReliefFinding, townClerk, params, { text: '已附银行回单' });
    const closed = await post(inspections.confirmReliefFinding, bureauClerk, params, {
      accepted: true,
      text: '同意销号',
    });

    expect(body).toMatchObject({ differenceFen: -10_000, findingId: 'bank-2021-01-1' });
    expect([tooSoon.code, reopened.body.state, closed.body.state]).toEqual(['WRONG_STATE', 'open', 'closed']);
    const listed = itemsOf(await ask(inspections.listReliefFindings, townLeader));
    expect(listed).toMatchObject([{ state: 'closed', text: expect.stringContaining('相差 -100.00 元') }]);
    expect(itemsOf(await ask(inspections.listReliefFindings, otherClerk))).toEqual([]);
  });
});

describe('an inspection', () => {
  test('finds papers that are late and months that were not reconciled, and says how many cases each check was of', async () => {
    await move('allot', 900_000);
    on('2021-01-20');
    const late = await advance(100_000);
    on('2021-03-01');
    await reconcile('2021-01', 800_000);
    const fresh = await advance(200_000, 'agent');
    const body = { areaCode: TOWN, from: '2021-01-01', to: '2021-03-01' };
    const opened = await ask(inspections.openReliefInspection, bureauClerk, { body });

    expect(opened.body).toMatchObject({ cases: 2, amountFen: 300_000 });
    const checks = Object.fromEntries(
      (opened.body.checks as { check: string; checked: number; failed: string[] }[]).map(
        ({ check, checked, failed }) => [check, [checked, failed]],
      ),
    );
    expect(checks).toMatchObject({
      published: [0, []],
      receipt: [2, []],
      'payee-is-beneficiary': [2, [fresh]],
      'within-cap': [2, []],
      'papers-in-time': [2, [late]],
      'reserve-reconciled': [2, ['2021-02']],
    });
  });

  test('gathers findings with deadlines, each numbered once', async () => {
    const body = { areaCode: TOWN, from: '2021-01-01', to: '2021-01-15' };
    const { body: inspection } = await ask(inspections.openReliefInspection, bureauClerk, { body });
    const params = { areaCode: TOWN, inspectionId: String(inspection.inspectionId) };
    const record = (text: string) =>
      post(inspections.recordReliefFinding, bureauClerk, params, { check: 'published', text });
    const both = await Promise.all([record('公示照片未留存'), record('公示天数不足')]);
    await record('公示地点不当');
    const read = await ask(inspections.readReliefInspection, townLeader, { params });
    const wrongPeriod = await ask(inspections.openReliefInspection, bureauClerk, {
      body: { ...body, to: '2021-01-16' },
    });

    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const findings = read.body.findings as readonly Body[];
    expect(findings.map(({ findingId }) => String(findingId).slice(-3))).toEqual(['-01', '-02']);
    expect(findings[0]).toMatchObject({ state: 'open', deadline: '2021-02-18', overdue: false });
    expect(wrongPeriod.code).toBe('PERIOD_REFUSED');
    expect(itemsOf(await ask(inspections.listReliefInspections, chief))).toHaveLength(1);
  });
});
