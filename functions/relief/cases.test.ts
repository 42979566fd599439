import { beforeEach, describe, expect, test, vi } from 'vitest';
import { inventAccount } from '../../demo/account.ts';
import { chanceFrom } from '../../demo/chance.ts';
import { peopleInventor } from '../../demo/person.ts';
import { type Asked, openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { AreaCode } from '../../shared/area.ts';
import type { Payees } from '../../shared/handover.ts';
import type { Route } from '../../shared/route.ts';
import * as cases from './case-routes.ts';
import { changeReliefAccountHandler } from './change-relief-account.ts';
import { checkReliefCaseHandler } from './check-relief-case.ts';
import { closeReliefCaseHandler } from './close-relief-case.ts';
import { decideReliefCaseHandler } from './decide-relief-case.ts';
import { decideReserveMovementHandler } from './decide-reserve-movement.ts';
import { giveReliefOpinionHandler } from './give-relief-opinion.ts';
import { listReliefDueHandler } from './list-relief-due.ts';
import { listReservesHandler } from './list-reserves.ts';
import { objectToReliefCaseHandler } from './object-to-relief-case.ts';
import { openReliefCaseHandler } from './open-relief-case.ts';
import { payReliefCaseHandler } from './pay-relief-case.ts';
import { payReliefInAdvanceHandler } from './pay-relief-in-advance.ts';
import * as steps from './procedure-routes.ts';
import { proposeReserveMovementHandler } from './propose-reserve-movement.ts';
import { publishReliefCaseHandler } from './publish-relief-case.ts';
import { readReliefCaseHandler } from './read-relief-case.ts';
import { readReliefPublicityHandler } from './read-relief-publicity.ts';
import { refundReliefCaseHandler } from './refund-relief-case.ts';
import * as reserves from './reserve-routes.ts';
import { submitReliefCaseHandler } from './submit-relief-case.ts';
import { supplementReliefCaseHandler } from './supplement-relief-case.ts';
import { surveyReliefCaseHandler } from './survey-relief-case.ts';
import { reliefTable } from './table.ts';

/** Cases from the application to the money, through the handlers, on the real SDK and an engine in this process. */

const VILLAGE = '330702100200';
const TOWN = '330702100000';
const DISTRICT = '330702000000';
const SHA = 'a'.repeat(64);
const helper = sampleOfficer('village-helper', VILLAGE);
const clerk = sampleOfficer('township-clerk', TOWN);
const cashier = sampleOfficer('township-clerk', TOWN, 'cashier');
const townLeader = sampleOfficer('township-leader', TOWN);
const checker = sampleOfficer('district-clerk', DISTRICT);
const chief = sampleOfficer('section-chief', DISTRICT);
const leader = sampleOfficer('bureau-leader', DISTRICT);

const chance = chanceFrom('relief');
const invent = peopleInventor();
const person = (from = 1960, to = 1990) => invent(chance, from, to);
const accountOf = (name: string) => {
  const { account, holder, bank } = inventAccount(chance, name, AreaCode.parse(VILLAGE));
  return { account, accountName: holder, bank };
};

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
let handed: Record<string, Payees>;
beforeEach(() => {
  const log = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  let ids = 0;
  desk = openSampleDesk(reliefTable, '2021-08-02T02:00:00.000Z');
  handed = {};
  const { deps, seals } = desk;
  const handover = {
    give: async (key: string, payees: Payees) => {
      handed[key] = payees;
    },
    take: async (key: string) => handed[key],
  };
  ask = desk.serving({
    openReliefCase: openReliefCaseHandler(deps, seals),
    readReliefCase: readReliefCaseHandler(deps, seals),
    changeReliefAccount: changeReliefAccountHandler(deps, seals),
    listReliefDue: listReliefDueHandler(deps),
    surveyReliefCase: surveyReliefCaseHandler(deps),
    giveReliefOpinion: giveReliefOpinionHandler(deps, seals),
    publishReliefCase: publishReliefCaseHandler(deps, () => `posting-${++ids}`),
    objectToReliefCase: objectToReliefCaseHandler(deps, seals),
    submitReliefCase: submitReliefCaseHandler(deps),
    checkReliefCase: checkReliefCaseHandler(deps, seals),
    decideReliefCase: decideReliefCaseHandler(deps, seals, handover),
    payReliefInAdvance: payReliefInAdvanceHandler(deps),
    supplementReliefCase: supplementReliefCaseHandler(deps),
    payReliefCase: payReliefCaseHandler(deps),
    refundReliefCase: refundReliefCaseHandler(deps, seals),
    closeReliefCase: closeReliefCaseHandler(deps),
    readReliefPublicity: readReliefPublicityHandler(deps, seals),
    proposeReserveMovement: proposeReserveMovementHandler(deps),
    decideReserveMovement: decideReserveMovementHandler(deps),
    listReserves: listReservesHandler(deps),
  });
  return () => log.mockRestore();
});

type Body = Readonly<Record<string, unknown>>;
const on = (date: string) => desk.at(`${date}T02:00:00.000Z`);
const application = (applicant: { name: string; identityNumber: string }, more: Body = {}) => ({
  areaCode: VILLAGE,
  form: 'individual',
  kind: 'emergency',
  cause: 'fire',
  causeDate: '2021-07-30',
  description: '房屋失火,基本生活困难',
  applicant: { name: applicant.name, identityNumber: applicant.identityNumber },
  account: accountOf(applicant.name),
  ...more,
});
const opened = async (more: Body = {}, who = person(), by = clerk): Promise<string> => {
  const answer = await ask(cases.openReliefCase, by, { body: application(who, more) });
  expect(answer).toMatchObject({ status: 201 });
  return String(answer.body.caseNo);
};
const step = (route: Route, officer: typeof clerk, caseNo: string, body: Body = {}) =>
  ask(route, officer, { params: { caseNo }, body } satisfies Asked);
const survey = { secondSurveyor: 'village-helper', grade: 'hard', amountFen: 300_000 };
const opinion = { agrees: true, grade: 'hard', amountFen: 300_000, note: '情况属实,建议救助' };
const approval = { decision: 'approve', reason: '符合急难型救助条件' };
/** Surveyed, agreed to and posted on the day, for an amount. */
const posted = async (caseNo: string, amountFen = 300_000, more: Body = {}) => {
  await step(steps.surveyReliefCase, clerk, caseNo, { ...survey, amountFen, ...more });
  await step(steps.giveReliefOpinion, townLeader, caseNo, { ...opinion, amountFen });
  return step(steps.publishReliefCase, clerk, caseNo, { photoSha256: SHA });
};
const checked = async (caseNo: string, amountFen = 300_000, more: Body = {}) => {
  await posted(caseNo, amountFen, more);
  on('2021-08-10');
  await step(steps.submitReliefCase, clerk, caseNo);
  return step(steps.checkReliefCase, checker, caseNo, { passes: true, note: '资料齐全' });
};
const funded = async (amountFen: number, year = 2021) => {
  const body = { kind: 'allot', year, amountFen, reason: '年初拨付备用金' };
  const { body: proposal } = await ask(reserves.proposeReserveMovement, checker, {
    params: { areaCode: TOWN },
    body,
  });
  const params = { areaCode: TOWN, movementId: String(proposal.movementId) };
  return ask(reserves.decideReserveMovement, chief, { params, body: { decision: 'approve' } });
};
const balance = async () => (await ask(reserves.listReserves, checker)).body;
const itemsOf = (answer: { readonly body: Body }) => answer.body.items as readonly Body[];

describe('a case for the bank', () => {
  test('goes from the application to the grant, and payments are told whom to pay beside the event', async () => {
    const who = person();
    const caseNo = await opened({}, who);
    const publicity = await posted(caseNo);
    on('2021-08-09');
    const early = await step(steps.submitReliefCase, clerk, caseNo);
    on('2021-08-10');
    await step(steps.submitReliefCase, clerk, caseNo);
    await step(steps.checkReliefCase, checker, caseNo, { passes: true, note: '资料齐全' });
    const decided = await step(steps.decideReliefCase, chief, caseNo, approval);

    expect(caseNo).toBe('330702-LS-2021-000001');
    expect(publicity.body).toMatchObject({ due: { what: 'submit', date: '2021-08-12', certain: true } });
    expect(early.code).toBe('PUBLICITY_RUNNING');
    expect(decided.body).toMatchObject({ state: 'approved', stateName: '已批准' });
    const events = await desk.eventsOf(`relief/${caseNo}`);
    expect(events.map(({ type, step: which }) => which ?? type)).toEqual(
      expect.arrayContaining(['opening', 'survey', 'submission', 'relief.relief-granted.v1']),
    );
    expect(events.find(({ type }) => type === 'relief.relief-granted.v1')).toEqual({
      type: 'relief.relief-granted.v1',
      caseNo,
      month: '2021-08',
      amountFen: 300_000,
      persons: 1,
      areaCode: VILLAGE,
      handover: `relief/${caseNo}`,
    });
    expect(handed[`relief/${caseNo}`]?.[caseNo]).toMatchObject({
      name: who.name,
      identityNumber: who.identityNumber,
    });
  });

  test('shows its reader the explanation, before the decision and as it was at the decision', async () => {
    const caseNo = await opened();
    await checked(caseNo);
    const before = (await ask(cases.readReliefCase, clerk, { params: { caseNo } })).body;
    await step(steps.decideReliefCase, chief, caseNo, approval);
    on('2022-07-01');
    const after = (await ask(cases.readReliefCase, clerk, { params: { caseNo } })).body;

    expect(before.assessment).toMatchObject({ level: 'district', refusals: [], yearFen: 300_000 });
    expect(after.assessment).toEqual(before.assessment);
    expect(after.decision).toMatchObject({ approved: true, month: '2021-08' });
  });

  test('is refused with the right to reconsideration in the letter (A15)', async () => {
    const caseNo = await opened();
    await checked(caseNo);
    const reason = '家庭收入可以负担,不符合条件';
    const refused = await step(steps.decideReliefCase, chief, caseNo, { decision: 'reject', reason });
    const { body } = await ask(cases.readReliefCase, clerk, { params: { caseNo } });

    expect(refused.body.state).toBe('rejected');
    expect(body.decision).toMatchObject({ notice: expect.stringContaining('60 日内依法申请行政复议') });
    expect(handed).toEqual({});
  });

  test('goes back to the survey when the public objects, and is no longer shown', async () => {
    const caseNo = await opened();
    await posted(caseNo);
    const shown = await ask(steps.readReliefPublicity, undefined, { params: { publicityId: 'posting-1' } });
    const objected = await step(steps.objectToReliefCase, helper, caseNo, { text: '村民反映其另有住房' });
    const gone = await ask(steps.readReliefPublicity, undefined, { params: { publicityId: 'posting-1' } });
    const { body } = await ask(cases.readReliefCase, townLeader, { params: { caseNo } });

    expect(shown.status).toBe(200);
    expect(objected.body).toMatchObject({ state: 'accepted', due: { what: 'survey' } });
    expect(gone.code).toBe('PUBLICITY_NOT_FOUND');
    expect(body.objections).toMatchObject([{ text: '村民反映其另有住房' }]);
  });

  test('that the township is against goes up without publicity, and can only be refused or returned', async () => {
    const caseNo = await opened();
    await step(steps.surveyReliefCase, clerk, caseNo, survey);
    await step(steps.giveReliefOpinion, townLeader, caseNo, { ...opinion, agrees: false });
    await step(steps.submitReliefCase, clerk, caseNo);
    await step(steps.checkReliefCase, checker, caseNo, { passes: false, note: '同意镇街意见' });
    const approved = await step(steps.decideReliefCase, chief, caseNo, approval);
    const returned = await step(steps.decideReliefCase, chief, caseNo, {
      decision: 'return',
      reason: '请补充火灾证明',
    });

    expect(approved.code).toBe('NOT_PUBLISHED');
    expect(returned.body.state).toBe('accepted');
  });

  test('may be decided at once by nobody who prepared it, at no step', async () => {
    const caseNo = await opened();
    const both = sampleOfficer('township-leader', TOWN, clerk.id);
    await step(steps.surveyReliefCase, clerk, caseNo, survey);
    const opinionOfMaker = await step(steps.giveReliefOpinion, both, caseNo, opinion);
    await step(steps.giveReliefOpinion, townLeader, caseNo, opinion);
    await step(steps.publishReliefCase, clerk, caseNo, { photoSha256: SHA });
    on('2021-08-10');
    await step(steps.submitReliefCase, clerk, caseNo);
    const unchecked = await step(steps.decideReliefCase, chief, caseNo, approval);
    await step(steps.checkReliefCase, checker, caseNo, { passes: true, note: '资料齐全' });
    const checkerAsChief = sampleOfficer('section-chief', DISTRICT, checker.id);
    const decidedByChecker = await step(steps.decideReliefCase, checkerAsChief, caseNo, approval);

    expect([opinionOfMaker.code, unchecked.code, decidedByChecker.code]).toEqual([
      'MAKER_IS_CHECKER',
      'CHECK_NEEDED',
      'MAKER_IS_CHECKER',
    ]);
  });

  test('needs an account before it is approved, never more than was published, and the leader in special difficulty', async () => {
    const caseNo = await opened({ account: undefined });
    await checked(caseNo, 700_000, { special: true, grade: 'severe' });
    const byChief = await step(steps.decideReliefCase, chief, caseNo, approval);
    const more = await step(steps.decideReliefCase, leader, caseNo, { ...approval, amountFen: 700_001 });
    const noAccount = await step(steps.decideReliefCase, leader, caseNo, approval);
    await step(cases.changeReliefAccount, clerk, caseNo, accountOf('王某'));
    const unchecked = await step(steps.decideReliefCase, leader, caseNo, approval);
    await step(steps.checkReliefCase, checker, caseNo, { passes: true, note: '账户已核' });
    const approved = await step(steps.decideReliefCase, leader, caseNo, { ...approval, amountFen: 650_000 });

    expect([byChief.code, more.code, noAccount.code, unchecked.code]).toEqual([
      'NEEDS_LEADER',
      'ABOVE_PUBLISHED',
      'ACCOUNT_MISSING',
      'CHECK_NEEDED',
    ]);
    expect(approved.body).toMatchObject({ state: 'approved', amountFen: 650_000 });
  });
});

describe('a small amount', () => {
  test('is decided in the township and paid from its reserve, in the same breath as the ledger says so', async () => {
    await funded(500_000);
    const caseNo = await opened({ method: 'reserve-transfer' });
    await posted(caseNo, 150_000);
    on('2021-08-10');
    await step(steps.decideReliefCase, townLeader, caseNo, approval);
    const paid = await step(steps.payReliefCase, cashier, caseNo);
    const again = await step(steps.payReliefCase, cashier, caseNo);
    await step(steps.refundReliefCase, cashier, caseNo, { amountFen: 50_000, reason: '多付部分退回' });
    const tooMuch = await step(steps.refundReliefCase, cashier, caseNo, {
      amountFen: 100_001,
      reason: '再次退回',
    });
    const closed = await step(steps.closeReliefCase, checker, caseNo);

    expect(paid.body.state).toBe('paid');
    expect([again.code, tooMuch.code]).toEqual(['WRONG_STATE', 'REFUND_TOO_HIGH']);
    expect(closed.body.state).toBe('closed');
    expect(await balance()).toMatchObject({
      balanceFen: 400_000,
      balanced: true,
      reserves: [{ spentFen: 150_000, refundedFen: 50_000, balanced: true }],
    });
  });

  test('of a household that already had one nearby goes to the district instead', async () => {
    const who = person();
    const first = await opened({}, who);
    await posted(first, 150_000);
    const second = await opened({ cause: 'education', causeDate: '2021-08-01' }, who);
    await posted(second, 150_000);
    on('2021-08-10');
    const decided = await step(steps.decideReliefCase, townLeader, second, approval);

    expect(decided.code).toBe('BEYOND_TOWNSHIP');
    const { body } = await ask(cases.readReliefCase, townLeader, { params: { caseNo: second } });
    expect(body.assessment).toMatchObject({ splitSuspected: true, level: 'district' });
  });

  test('above the limit is not the township’s to decide', async () => {
    const caseNo = await opened();
    await posted(caseNo, 200_001);
    on('2021-08-10');

    expect((await step(steps.decideReliefCase, townLeader, caseNo, approval)).code).toBe('BEYOND_TOWNSHIP');
  });
});

describe('an urgent emergency', () => {
  const receipt = { proof: 'signature', sha256: SHA, handedOverOn: '2021-08-02' };
  const cash = { amountFen: 100_000, method: 'cash', receipt };

  test('is helped at once, its papers follow within ten working days, and the district closes it', async () => {
    await funded(500_000);
    const caseNo = await opened({ urgent: true, method: 'cash', account: undefined });
    const due = await ask(cases.listReliefDue, townLeader);
    const noReceipt = await step(steps.payReliefInAdvance, townLeader, caseNo, {
      ...cash,
      receipt: undefined,
    });
    const paid = await step(steps.payReliefInAdvance, townLeader, caseNo, cash);
    on('2021-08-17');
    const late = itemsOf(await ask(cases.listReliefDue, townLeader));
    const papers = { secondSurveyor: 'village-helper', grade: 'hard' };
    const supplemented = await step(steps.supplementReliefCase, clerk, caseNo, papers);
    const closed = await step(steps.closeReliefCase, checker, caseNo);

    expect(itemsOf(due)).toMatchObject([{ what: 'advance', date: '2021-08-03', overdue: false }]);
    expect(noReceipt.code).toBe('RECEIPT_MISSING');
    expect(paid.body).toMatchObject({
      state: 'paid-in-advance',
      due: { what: 'supplement', date: '2021-08-16' },
    });
    expect(late).toMatchObject([{ id: caseNo, what: 'supplement', overdue: true, certain: true }]);
    expect(supplemented.body.state).toBe('supplemented');
    expect(closed.body.state).toBe('closed');
    expect(await balance()).toMatchObject({ balanceFen: 400_000, balanced: true });
  });

  test('is not paid twice, not beyond the reserve, and nothing is written when the money is not there', async () => {
    await funded(100_000);
    const [first, second] = [await opened({ urgent: true }), await opened({ urgent: true })];
    await step(steps.payReliefInAdvance, townLeader, first, cash);
    const before = desk.everything();
    const refused = await step(steps.payReliefInAdvance, townLeader, second, cash);
    const twice = await step(steps.payReliefInAdvance, townLeader, first, cash);

    expect([refused.code, twice.code]).toEqual(['RESERVE_TOO_LOW', 'WRONG_STATE']);
    expect(desk.everything()).toBe(before);
  });

  test('of two for the last money at the same moment, one is paid and the other sees that it is gone', async () => {
    await funded(150_000);
    const both = [await opened({ urgent: true }), await opened({ urgent: true })];
    const answers = await Promise.all(
      both.map((caseNo) => step(steps.payReliefInAdvance, townLeader, caseNo, cash)),
    );

    expect(answers.map(({ code }) => code ?? 'paid').toSorted()).toEqual(['RESERVE_TOO_LOW', 'paid']);
    expect(await balance()).toMatchObject({ balanceFen: 50_000, balanced: true });
  });
});

test('of two cases of a person decided at the same moment, the second has to count the first', async () => {
  const who = person();
  const both = [await opened({}, who), await opened({}, who)];
  for (const caseNo of both) {
    on('2021-08-02');
    await checked(caseNo);
  }
  const answers = await Promise.all(
    both.map((caseNo) => step(steps.decideReliefCase, chief, caseNo, approval)),
  );
  const loser = both[answers.findIndex(({ code }) => code !== undefined)] ?? '';

  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const retried = await step(steps.decideReliefCase, chief, loser, approval);
  expect(retried.code).toBe('SAME_CAUSE_THIS_YEAR');
});
