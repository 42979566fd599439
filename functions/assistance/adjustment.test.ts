import { beforeEach, describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { decideAdjustment, listAdjustments, proposeAdjustment, readAdjustment } from './adjustment-routes.ts';
import { readCaseExplanation, readRegisterCounts } from './case-routes.ts';
import { findCase } from './case-store.ts';
import { decideAdjustmentHandler } from './decide-adjustment.ts';
import { determinationFor } from './determination.ts';
import { amountFor } from './evaluate.ts';
import { listAdjustmentsHandler } from './list-adjustments.ts';
import { proposeAdjustmentHandler } from './propose-adjustment.ts';
import { readAdjustmentHandler } from './read-adjustment.ts';
import { readCaseExplanationHandler } from './read-case-explanation.ts';
import { readRegisterCountsHandler } from './read-register-counts.ts';
import { month } from './sample-household.ts';
import { officer, openSampleRegister, type SampleRegister } from './sample-register.ts';

const clerk = officer('township-clerk', 'clerk-1', '330702001000');
const chief = officer('section-chief', 'chief-1');
const DIBAO = '330702-DB-2021-900001';

let desk: SampleRegister;
let ask: ReturnType<SampleRegister['serving']>;
beforeEach(() => {
  desk = openSampleRegister('2021-05-20T02:00:00.000Z');
  const { deps, seals, handover } = desk;
  ask = desk.serving({
    proposeAdjustment: proposeAdjustmentHandler(deps, seals),
    decideAdjustment: decideAdjustmentHandler({ ...deps, seals, handover }),
    readAdjustment: readAdjustmentHandler(deps, seals),
    listAdjustments: listAdjustmentsHandler(deps),
    readCaseExplanation: readCaseExplanationHandler(deps),
    readRegisterCounts: readRegisterCountsHandler(deps),
  });
});

const propose = (caseNo: string, body: object, who = clerk, key?: string) =>
  ask(proposeAdjustment, who, {
    params: { caseNo },
    body: { reason: '群众报告,已核实', ...body },
    ...(key === undefined ? {} : { key }),
  });
const decide = (
  adjustmentId: unknown,
  body: object = { decision: 'approve', reason: '情况属实' },
  who = chief,
) => ask(decideAdjustment, who, { params: { adjustmentId: String(adjustmentId) }, body });
const read = (adjustmentId: unknown) =>
  ask(readAdjustment, chief, { params: { adjustmentId: String(adjustmentId) } });
const caseOf = async (caseNo: string) => {
  const known = await findCase(desk.table, caseNo);
  if (!known) throw new Error(`No case ${caseNo}.`);
  return known;
};
/** Proposes and approves, and gives the adjustment as decided. */
const carryOut = async (caseNo: string, body: object) => {
  const proposed = await propose(caseNo, body);
  expect(proposed.status).toBe(201);
  const decided = await decide(proposed.body.adjustmentId);
  expect(decided.status).toBe(200);
  return decided.body;
};

const couple = (caseNo = DIBAO) =>
  desk.enter({
    caseNo,
    from: '2021-01',
    members: [{ incomes: [{ kind: 'transfer', monthlyFen: 200_00 }] }, { ableToWork: true }],
  });

describe('a member of the register finds a job (E5)', () => {
  const took = { change: { cause: 'job-found', memberId: 'm2', since: '2021-06', monthlyFen: 2400_00 } };

  test('keeps the allowance for six months, is reviewed when they end, and goes over to low-edge', async () => {
    await couple();
    desk.at('2021-06-10T02:00:00.000Z');
    const job = await carryOut(DIBAO, took);
    const during = await caseOf(DIBAO);

    expect(job.outcome).toMatchObject({
      state: 'gradual-exit',
      segments: [{ from: '2021-07', kind: 'increase', reason: 'standard-raised', amountFen: 1600_00 }],
    });
    expect(during).toMatchObject({ state: 'gradual-exit', reviewMonth: '2021-12', amountFen: 1600_00 });
    for (const [each, amountFen] of [
      ['2021-06', 1500_00],
      ['2021-07', 1600_00],
      ['2021-11', 1600_00],
    ] as const)
      expect(amountFor(during.facts, 'dibao', month(each), shipped).amountFen).toBe(amountFen);

    desk.at('2021-11-22T02:00:00.000Z');
    const ended = await carryOut(DIBAO, { change: { cause: 'review' } });

    expect(ended.outcome).toMatchObject({
      kind: 'stop',
      state: 'ended',
      segments: [{ from: '2021-12', kind: 'stop', reason: 'gradual-exit-ended', amountFen: 0, persons: 0 }],
      converts: { programme: 'edge', segments: [{ from: '2021-12', kind: 'new', reason: 'became-edge' }] },
    });
    expect(ended.newCaseNo).toBe('330702-BY-2021-000001');
    expect(await caseOf(DIBAO)).toMatchObject({ state: 'ended', amountFen: 0, persons: 0 });
    expect(await caseOf('330702-BY-2021-000001')).toMatchObject({
      programme: 'edge',
      state: 'active',
      persons: 2,
      amountFen: 0,
      determinations: [{ number: 1, from: '2021-12', maker: 'clerk-1', checkers: ['chief-1'] }],
    });
    const counts = await ask(readRegisterCounts, chief);
    expect(counts.body.programmes).toContainEqual({
      programme: 'edge',
      households: 1,
      gradualExit: 0,
      persons: 2,
      amountFen: 0,
    });
    expect(counts.body.programmes).toContainEqual({
      programme: 'dibao',
      households: 0,
      gradualExit: 0,
      persons: 0,
      amountFen: 0,
    });
  });

  test('is told in a letter that says why, from when, and what to do about it', async () => {
    await couple();
    desk.at('2021-06-10T02:00:00.000Z');
    await carryOut(DIBAO, took);
    desk.at('2021-11-22T02:00:00.000Z');
    const { adjustmentId } = await carryOut(DIBAO, { change: { cause: 'review' } });
    const letter = String((await read(adjustmentId)).body.letter);

    for (const words of ['渐退期满', '2021年12月起', '60日内', '行政复议', '情况属实', '低保边缘家庭'])
      expect(letter).toContain(words);
  });
});

describe('a death that is known late', () => {
  test('is settled from the month after it, month by month by the numbers of each', async () => {
    await couple();
    desk.at('2021-08-10T02:00:00.000Z');
    const body = { change: { cause: 'member-died', memberId: 'm2', on: '2021-05-20' } };
    const decided = await carryOut(DIBAO, body);
    const { determinations, persons } = await caseOf(DIBAO);

    expect(decided.outcome).toMatchObject({
      kind: 'decrease',
      segments: [
        { from: '2021-06', kind: 'decrease', reason: 'died', amountFen: 650_00, persons: 1 },
        { from: '2021-07', kind: 'increase', reason: 'died', amountFen: 700_00, persons: 1 },
      ],
    });
    expect(persons).toBe(1);
    expect(determinationFor(determinations, month('2021-05'))?.amountFen).toBe(1500_00);
    expect(determinationFor(determinations, month('2021-06'))?.amountFen).toBe(650_00);
    expect(determinationFor(determinations, month('2021-09'))?.amountFen).toBe(700_00);
    const events = await desk.eventsOf(`adjustment/${String(decided.adjustmentId)}`);
    expect(events).toMatchObject([{ determinations: [{ number: 2 }, { number: 3 }] }]);
    expect(events[0]).not.toHaveProperty('handover');
  });

  test('of the head makes another member the head, and payments learn whom to pay', async () => {
    const { persons } = await couple();
    const body = { change: { cause: 'member-died', memberId: 'm1', on: '2021-05-19' } };
    const { adjustmentId } = await carryOut(DIBAO, body);
    const known = await caseOf(DIBAO);

    expect(known.facts.members).toMatchObject([
      { memberId: 'm1', relation: 'other', notCounted: 'died' },
      { memberId: 'm2', relation: 'head' },
    ]);
    const key = `assistance/adjustment/${String(adjustmentId)}`;
    expect(desk.handedOver.get(key)).toMatchObject({
      [DIBAO]: { name: persons.m2?.name, identityNumber: persons.m2?.identityNumber },
    });
    expect(await desk.eventsOf(`adjustment/${String(adjustmentId)}`)).toMatchObject([{ handover: key }]);
  });

  test('of the last member ends the case for that reason, with no other programme', async () => {
    await desk.enter({ caseNo: DIBAO, from: '2021-01', members: [{}] });
    const body = { change: { cause: 'member-died', memberId: 'm1', on: '2021-05-19' } };
    const { outcome } = await carryOut(DIBAO, body);

    expect(outcome).toEqual({
      kind: 'stop',
      segments: [{ from: '2021-06', kind: 'stop', reason: 'died', amountFen: 0, persons: 0 }],
      state: 'ended',
    });
  });
});

describe('one programme at a time (B14)', () => {
  test('whoever is recognised as destitute leaves the allowance for a case of that programme, in one step', async () => {
    const { persons } = await desk.enter({ caseNo: DIBAO, from: '2021-01', members: [{ bornIn: 1950 }] });
    const change = { cause: 'review', facts: { destitute: { form: 'at-home' } } };
    const { outcome, newCaseNo, adjustmentId } = await carryOut(DIBAO, { change });

    expect(outcome).toMatchObject({
      segments: [{ kind: 'stop', reason: 'became-destitute', from: '2021-06' }],
      converts: { programme: 'destitute', segments: [{ from: '2021-06', kind: 'new', amountFen: 1195_00 }] },
    });
    expect(newCaseNo).toBe('330702-TK-2021-000001');
    expect(await caseOf(String(newCaseNo))).toMatchObject({ programme: 'destitute', persons: 1 });
    expect(desk.handedOver.get(`assistance/adjustment/${String(adjustmentId)}`)).toEqual({
      [String(newCaseNo)]: expect.objectContaining({ identityNumber: persons.m1?.identityNumber }),
    });
  });

  test('nobody joins a household who is counted in another', async () => {
    await couple();
    const { persons } = await couple('330702-DB-2021-900002');
    const { name = '', identityNumber = '' } = persons.m2 ?? {};
    const joining = [{ name, identityNumber, member: { relation: 'sibling' } }];
    const answer = await propose(DIBAO, { change: { cause: 'change-report' }, joining });

    expect(answer.code).toBe('PERSON_ELSEWHERE');
  });
});

describe('other changes', () => {
  test('a child that is born makes the household larger', async () => {
    await couple();
    const { name, identityNumber } = desk.invent(2021, 2021);
    desk.at('2021-12-20T02:00:00.000Z');
    const joining = [{ name, identityNumber, member: { relation: 'child' } }];
    const { outcome } = await carryOut(DIBAO, { change: { cause: 'change-report' }, joining });

    expect(outcome).toMatchObject({
      kind: 'increase',
      segments: [{ from: '2022-01', reason: 'members-changed', persons: 3, amountFen: 2500_00 }],
    });
    expect((await caseOf(DIBAO)).facts.members[2]).toMatchObject({ memberId: 'm3', relation: 'child' });
  });

  test('a care tier follows the six things, and is due within ten working days (B09)', async () => {
    const caseNo = '330702-TK-2021-900001';
    const facts = { destitute: { form: 'at-home' as const } };
    await desk.enter({ caseNo, programme: 'destitute', from: '2021-01', members: [{ bornIn: 1950 }], facts });
    const change = { cause: 'care-assessment', memberId: 'm1', unableTo: ['eat', 'dress', 'wash', 'walk'] };
    const proposed = await propose(caseNo, { change, reportedOn: '2021-05-18' });

    expect(proposed.body).toMatchObject({
      dueOn: '2021-06-01',
      dueCertain: true,
      outcome: { segments: [{ kind: 'increase', reason: 'care-tier-changed', amountFen: 1555_00 }] },
    });
  });

  test('who refuses suitable jobs three times loses the own share, not the register (A10)', async () => {
    await couple();
    const { outcome } = await carryOut(DIBAO, {
      change: { cause: 'job-refused', memberId: 'm2', refusals: 3 },
    });

    expect(outcome).toMatchObject({
      state: 'active',
      segments: [{ kind: 'decrease', reason: 'refused-job', amountFen: 750_00 }],
    });
  });

  test('fraud ends help whatever the means, and notes a fine of one to three times as much (A13)', async () => {
    await couple();
    const fraud = { cause: 'fraud', obtainedFen: 3000_00 };
    const tooMuch = await propose(DIBAO, { change: { ...fraud, fineFen: 9000_01 } });
    await carryOut(DIBAO, { change: { ...fraud, fineFen: 6000_00 } });

    expect(tooMuch.code).toBe('FINE_NOT_POSSIBLE');
    const known = await caseOf(DIBAO);
    expect(known.determinations.at(-1)).toMatchObject({ kind: 'stop', reason: 'fraud' });
    expect(known.determinations.at(-1)?.note).toContain('罚款 6,000.00 元');
  });

  test('a household that stops is resumed when its report says so', async () => {
    await couple();
    await carryOut(DIBAO, { change: { cause: 'refused-check' } });
    const change = { cause: 'change-report', facts: { refusesCheck: false } };
    const { outcome } = await carryOut(DIBAO, { change });

    expect(outcome).toMatchObject({ kind: 'resume', state: 'active', segments: [{ amountFen: 1500_00 }] });
    expect(await caseOf(DIBAO)).toMatchObject({
      state: 'active',
      determinations: [{}, { kind: 'stop' }, {}],
    });
  });
});

describe('two officers', () => {
  const review = { change: { cause: 'review' } };

  test('a review that changes nothing is recorded by both and moves the next one', async () => {
    await couple();
    const before = await caseOf(DIBAO);
    desk.at('2021-08-05T02:00:00.000Z');
    const proposed = await propose(DIBAO, { ...review, from: '2021-06' });
    expect(proposed.body.outcome).toMatchObject({ segments: [{ from: '2021-07', amountFen: 1600_00 }] });
    await decide(proposed.body.adjustmentId);
    const again = await carryOut(DIBAO, review);

    expect(again.outcome).toMatchObject({ kind: 'none' });
    const after = await caseOf(DIBAO);
    expect(after.determinations).toHaveLength(2);
    expect(after.reviewMonth).not.toBe(before.reviewMonth);
    const types = (await desk.eventsOf(`case/${DIBAO}`)).map(({ type }) => type);
    expect(types.filter((type) => type === 'assistance.case-reviewed.v1')).toHaveLength(2);
  });

  test('who proposed may withdraw but not approve, and a stop or a refusal needs words', async () => {
    await couple();
    const both = officer('section-chief', 'clerk-1');
    const { body } = await propose(DIBAO, { change: { cause: 'give-up' } });

    expect((await decide(body.adjustmentId, { decision: 'approve', reason: '属实同意' }, both)).code).toBe(
      'MAKER_IS_CHECKER',
    );
    expect((await decide(body.adjustmentId, { decision: 'approve' })).code).toBe('REASONS_MISSING');
    expect((await decide(body.adjustmentId, { decision: 'reject' })).code).toBe('REASONS_MISSING');
    expect((await decide(body.adjustmentId, { decision: 'approve', reason: '属实同意' }, clerk)).code).toBe(
      'ROLE_NOT_ALLOWED',
    );
    expect((await decide(body.adjustmentId, { decision: 'withdraw' })).code).toBe('NOT_PROPOSER');
    expect((await decide(body.adjustmentId, { decision: 'withdraw' }, clerk)).body.state).toBe('withdrawn');
    expect(await caseOf(DIBAO)).toMatchObject({ state: 'active', determinations: [{}] });
    expect((await caseOf(DIBAO)).openAdjustment).toBeUndefined();
  });

  test('only one change of a case is open at a time, and of two decisions at once one is made', async () => {
    await couple();
    const first = await propose(DIBAO, review);
    const second = await propose(DIBAO, review);
    const answers = await Promise.all([
      decide(first.body.adjustmentId),
      decide(first.body.adjustmentId, undefined, officer('bureau-leader', 'leader-1')),
    ]);

    expect(second.code).toBe('ADJUSTMENT_OPEN');
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('a proposal whose key is repeated is made once', async () => {
    await couple();
    const first = await propose(DIBAO, review, clerk, 'key-1');
    const again = await propose(DIBAO, review, clerk, 'key-1');

    expect(again.body).toEqual(first.body);
  });

  test('other towns neither propose nor see', async () => {
    await couple();
    const stranger = officer('township-clerk', 'clerk-2', '330702101000');
    const { body } = await propose(DIBAO, review);
    const list = (who = clerk) => ask(listAdjustments, who);

    expect((await propose(DIBAO, review, stranger)).code).toBe('OUTSIDE_AREA');
    expect((await list(stranger)).body.items).toEqual([]);
    expect((await list()).body.items).toMatchObject([{ adjustmentId: body.adjustmentId, state: 'proposed' }]);
  });
});

describe('an explanation', () => {
  const explain = async (caseNo: string, of: string) =>
    (await ask(readCaseExplanation, chief, { params: { caseNo }, query: { month: of } })).body;

  test('replays the determination of a month from its facts, and agrees', async () => {
    await couple();
    desk.at('2021-06-20T02:00:00.000Z');
    await carryOut(DIBAO, { change: { cause: 'member-died', memberId: 'm2', on: '2021-06-01' } });

    const may = await explain(DIBAO, '2021-05');
    expect(may).toMatchObject({
      agrees: true,
      verdict: { amountFen: 1500_00 },
      determination: { number: 1 },
    });
    expect(await explain(DIBAO, '2021-07')).toMatchObject({
      agrees: true,
      verdict: { amountFen: 700_00 },
      decidedBy: { maker: 'clerk-1', checkers: ['chief-1'] },
    });
    expect(JSON.stringify(may.verdict)).toContain('A02');
  });
});

test('neither the adjustment nor its events hold a name or a number in the clear', async () => {
  await couple();
  const { name, identityNumber } = desk.invent(2020, 2020);
  const joining = [{ name, identityNumber, member: { relation: 'child' } }];
  await carryOut(DIBAO, { change: { cause: 'change-report' }, joining });

  expect(desk.everything()).not.toContain(identityNumber);
  expect(desk.everything()).not.toContain(name);
});
