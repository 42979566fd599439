import { beforeEach, describe, expect, test } from 'vitest';
import { getItem } from '../../shared/dynamo.ts';
import { sampleSubmission } from './application-requests.ts';
import { findApplication } from './application-store.ts';
import { findCase } from './case-store.ts';
import { openPerson } from './identity.ts';
import {
  type Applications,
  bureauLeader,
  chief,
  citizen,
  clerk,
  districtClerk,
  foreignClerk,
  helper,
  morning,
  openApplications,
  platform,
  secondClerk,
  townLeader,
  VILLAGE,
} from './sample-application.ts';
import { keys } from './table.ts';

/** A household of three from its application to its case, on the in-process engine. */

let town: Applications;
beforeEach(() => {
  town = openApplications('2021-04-25');
});
const stored = async (about: string) => {
  const application = await findApplication(town.table, about);
  if (!application) throw new Error(`No application ${about}.`);
  return application;
};
const days = { survey: '2021-04-25', opinion: '2021-05-18', forward: '2021-05-26' };

test('a household of three goes from the village to its case, and payments learn whom to pay from June', async () => {
  const about = await town.submit({ citizenId: citizen.id }, helper);
  const accepted = await town.ask('acceptApplication', clerk, { about, body: {} });
  expect(about).toBe('330702-SQ-2021-000001');
  expect(accepted.body).toMatchObject({
    state: 'accepted',
    due: { step: 'survey', date: '2021-05-18', certain: true },
  });

  await town.check(about);
  await town.visit(about, '2021-04-25');
  const evaluation = await town.ask('readEvaluation', townLeader, { about, query: { month: '2021-05' } });
  expect(evaluation.body).toMatchObject({ recommended: 'dibao', incomeFen: 120_000, perCapitaFen: 40_000 });

  town.at(morning('2021-05-18'));
  const opinion = await town.opine(about);
  expect(opinion.body).toMatchObject({
    state: 'publicity',
    opinion: { programme: 'dibao', amountFen: 135_000, persons: 3, month: '2021-06' },
    publicity: { publicityId: `${about}-1`, endsOn: '2021-05-25' },
    due: { step: 'submit', date: '2021-05-28' },
  });

  town.at(morning('2021-05-25'));
  expect((await town.ask('forwardApplication', clerk, { about, body: {} })).code).toBe('PUBLICITY_RUNNING');
  town.at(morning('2021-05-28'));
  const forwarded = await town.ask('forwardApplication', clerk, { about, body: {} });
  expect(forwarded.body).toMatchObject({ due: { step: 'decide', date: '2021-06-04' } });
  const decided = await town.decide(about);

  const caseNo = '330702-DB-2021-000001';
  expect(decided.body).toMatchObject({ state: 'approved', caseNo, referredTo: ['child'] });
  const known = await findCase(town.table, caseNo);
  expect(known).toMatchObject({
    programme: 'dibao',
    state: 'active',
    amountFen: 135_000,
    applicationNo: about,
    citizenId: citizen.id,
    determinations: [
      {
        number: 1,
        kind: 'new',
        reason: 'application',
        from: '2021-06',
        amountFen: 135_000,
        maker: townLeader.id,
        checkers: [chief.id],
      },
    ],
  });
  const handover = `assistance/${about}/${caseNo}`;
  expect(await town.handover.take(handover)).toEqual({
    [caseNo]: {
      ...sampleSubmission.persons.m1,
      account: '6222020200000000006',
      accountName: '张水根',
      bank: '农业银行',
    },
  });
  const { steps } = await stored(about);
  expect(steps.map(({ step }) => step)).toEqual([
    'submitted',
    'accepted',
    'check-requested',
    'check-returned',
    'visited',
    'visited',
    'opinion-given',
    'forwarded',
    'approved',
  ]);
  const events = await town.eventsOf(`application/${about}`);
  expect(events.filter(({ step }) => step !== undefined)).toHaveLength(steps.length);
  expect(events).toContainEqual({
    type: 'assistance.determinations-made.v1',
    origin: `application/${about}`,
    handover,
    determinations: [
      {
        programme: 'dibao',
        caseNo,
        number: 1,
        kind: 'new',
        reason: 'application',
        from: '2021-06',
        amountFen: 135_000,
        persons: 3,
        areaCode: VILLAGE,
      },
    ],
  });
});

test('personal data lies in the table sealed, and in no answer of a command, event or key', async () => {
  const about = await town.untilDecision(days);
  await town.decide(about, { decision: 'approve' }, chief, 'key-1');
  const { m1, m2, m3 } = sampleSubmission.persons;
  const secrets = [m1, m2, m3].flatMap(({ name, identityNumber }) => [name, identityNumber]);

  const everything = town.everything();

  for (const secret of [...secrets, m1.phone, '6222020200000000006'])
    expect(everything).not.toContain(secret);
  expect(everything).toContain(about);
});

describe('handing in', () => {
  test('is refused outside the officer’s area, for an unknown village and with numbers that do not fit', async () => {
    const { household, persons } = sampleSubmission;
    const elsewhere = { ...household, areaCode: '330702999999' };
    const swapped = { ...persons, m1: persons.m2, m2: persons.m1 };
    const ask = (body: object, who = clerk) => town.ask('submitApplication', who, { body });

    expect((await ask(sampleSubmission, foreignClerk)).code).toBe('OUTSIDE_AREA');
    expect((await ask({ ...sampleSubmission, household: elsewhere })).code).toBe('AREA_UNKNOWN');
    expect(await ask({ ...sampleSubmission, persons: swapped })).toMatchObject({
      code: 'INVALID_REQUEST',
      body: {
        errors: expect.arrayContaining([
          { path: 'body.persons.m1.identityNumber', message: '身份证号码与性别不一致' },
        ]),
      },
    });
  });

  test('twice under one key makes one application; without a key the second points to the first', async () => {
    const once = await town.ask('submitApplication', clerk, { body: sampleSubmission, key: 'k' });
    const again = await town.ask('submitApplication', clerk, { body: sampleSubmission, key: 'k' });
    const second = await town.ask('submitApplication', secondClerk, { body: sampleSubmission });

    expect(again.body).toEqual(once.body);
    expect(second.body.notices).toHaveLength(3);
    expect(second.body.notices).toContainEqual({
      memberId: 'm1',
      code: 'IN_OPEN_APPLICATION',
      number: once.body.applicationNo,
      excludes: false,
      text: `成员 m1 已在另一件申请中(${once.body.applicationNo},已提交,待受理)`,
    });
  });

  test('by many at the same moment gives each its own number', async () => {
    const numbers = await Promise.all(Array.from({ length: 4 }, () => town.submit()));

    expect(new Set(numbers).size).toBe(4);
  });

  test('as a draft starts no clock until it is submitted', async () => {
    const about = await town.submit({ draft: true }, citizen);
    const draft = await stored(about);
    expect(draft).toMatchObject({ state: 'draft', citizenId: citizen.id });
    expect(draft.due).toBeUndefined();

    const body = { submit: true, reason: '确认提交' };
    expect((await town.ask('amendApplication', citizen, { about, body })).body).toMatchObject({
      state: 'submitted',
      due: { step: 'accept', date: '2021-04-26' },
    });
  });
});

describe('accepting', () => {
  test('waits for identity papers and the form; what is missing is told at once and can be brought', async () => {
    const about = await town.submit({ documents: [] });
    const refused = await town.ask('acceptApplication', clerk, { about, body: {} });
    expect(refused.body.detail).toBe('不能受理,缺少:家庭成员身份证件、申请表(含承诺书、核对授权书)。');

    const asked = await town.ask('acceptApplication', clerk, {
      about,
      body: { missing: ['identity', 'application-form'] },
    });
    expect(asked.body).toMatchObject({ state: 'supplementing', due: { step: 'supplement' } });
    const { documents } = sampleSubmission;
    await town.ask('amendApplication', clerk, {
      about,
      body: { documents, submit: true, reason: '补正材料' },
    });

    expect((await town.ask('acceptApplication', clerk, { about, body: {} })).body.state).toBe('accepted');
  });

  test('tells temporary relief at once of a household that cannot wait', async () => {
    const about = await town.submit({ urgent: true });
    await town.ask('acceptApplication', clerk, { about, body: {} });

    expect(await town.eventsOf(`application/${about}`)).toContainEqual({
      type: 'assistance.referral-made.v1',
      applicationNo: about,
      areaCode: VILLAGE,
      programme: 'temporary-relief',
      urgent: true,
    });
  });
});

describe('the income check', () => {
  beforeEach(async () => {
    const about = await town.submit();
    await town.ask('acceptApplication', clerk, { about, body: {} });
  });
  const about = '330702-SQ-2021-000001';
  const request = async () =>
    String((await town.ask('requestIncomeCheck', clerk, { about, body: {} })).body.requestId);

  test('lists what contradicts the declaration; the clerk adopts it and the declaration is kept', async () => {
    const requestId = await request();
    expect((await town.ask('requestIncomeCheck', clerk, { about, body: {} })).code).toBe('CHECK_RUNNING');
    const incomes = [{ memberId: 'm1', kind: 'wage', monthlyFen: 150_000, register: 'tax' }];
    const returned = await town.ask('recordIncomeCheck', platform, {
      about: requestId,
      body: { incomes, property: {}, unanswered: ['securities'] },
    });
    expect(returned.body.differences).toMatchObject([{ memberId: 'm1', declared: 120_000, found: 150_000 }]);

    const { household } = sampleSubmission;
    const [head, ...others] = household.members;
    const adopted = {
      ...household,
      members: [{ ...head, incomes: [{ kind: 'wage', monthlyFen: 150_000 }] }, ...others],
    };
    await town.ask('amendApplication', clerk, {
      about,
      body: { household: adopted, reason: '采用核对结果' },
    });

    const detail = await town.ask('readApplication', clerk, { about });
    expect(detail.body).toMatchObject({
      check: { state: 'returned', validThrough: '2021-10-25', unanswered: ['证券'] },
    });
    expect(await stored(about)).toMatchObject({ factsVersion: 2 });
    expect(await getItem(town.table, keys.facts(about, 1))).toMatchObject({
      facts: { members: [{ incomes: [{ monthlyFen: 120_000 }] }, {}, {}] },
    });
  });

  test('is answered by the simulator where no platform is connected, once however often it is told', async () => {
    const requestId = await request();
    await town.simulatePlatform(requestId);
    await town.simulatePlatform(requestId);

    const { steps, check } = await stored(about);
    expect(check?.state).toBe('returned');
    expect(steps.filter(({ step }) => step === 'check-returned')).toHaveLength(1);
    expect(
      (
        await town.ask('recordIncomeCheck', platform, {
          about: requestId,
          body: { incomes: [], property: {} },
        })
      ).code,
    ).toBe('CHECK_RETURNED');
  });

  test('tells the platform whom to ask about, and that it was told is on record', async () => {
    const asked = await town.ask('readIncomeCheck', platform, { about: await request() });

    expect(asked.body).toMatchObject({
      persons: [{ memberId: 'm1', ...pick(sampleSubmission.persons.m1) }, {}, {}],
    });
    expect(await town.eventsOf(`application/${about}`)).toContainEqual({
      type: 'assistance.application-data-shown.v1',
      applicationNo: about,
      fields: ['name', 'identityNumber'],
      shownTo: platform.id,
    });
  });
});
const pick = ({ name, identityNumber }: { name: string; identityNumber: string }) => ({
  name,
  identityNumber,
});

test('two visitors who record at the same moment are both heard', async () => {
  const about = await town.submit();
  await town.ask('acceptApplication', clerk, { about, body: {} });
  const body = { on: '2021-04-25', findings: '住房两间,收入来源与申报一致' };

  const answers = await Promise.all(
    [clerk, helper].map((who) => town.ask('recordHomeVisit', who, { about, body })),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect((await town.ask('readApplication', clerk, { about })).body.visits).toHaveLength(2);
});

test('an opinion needs a valid answer of the registers and a visit of two', async () => {
  const about = await town.submit();
  await town.ask('acceptApplication', clerk, { about, body: {} });
  expect((await town.opine(about)).code).toBe('CHECK_MISSING');
  await town.check(about);
  expect((await town.opine(about)).code).toBe('VISIT_MISSING');
  await town.visit(about, '2021-04-25', [clerk]);
  expect(
    (await town.ask('recordHomeVisit', clerk, { about, body: { on: '2021-04-25', findings: '再次入户' } }))
      .code,
  ).toBe('VISITED_ALREADY');
  expect((await town.opine(about)).code).toBe('VISIT_MISSING');
  await town.visit(about, '2021-04-25', [secondClerk]);

  town.at(morning('2021-10-26'));
  expect((await town.opine(about)).code).toBe('CHECK_MISSING');
  town.at(morning('2021-10-25'));
  expect((await town.opine(about)).status).toBe(200);
});

test('officers see their own area, masked; in full only for a reason that is on record', async () => {
  const about = await town.submit();

  const list = await town.ask('listApplications', chief);
  expect(list.body.items).toMatchObject([{ applicationNo: about, headName: '张水根', persons: 3 }]);
  expect((await town.ask('listApplications', foreignClerk)).body.items).toEqual([]);
  expect((await town.ask('readApplication', foreignClerk, { about })).code).toBe('OUTSIDE_AREA');
  const detail = await town.ask('readApplication', districtClerk, { about });
  expect(detail.body).toMatchObject({
    people: [{ identityNumber: '330799********301X', phone: '128****0001' }, {}, {}],
    account: { account: '****0006' },
  });
  const unmasked = await town.ask('unmaskApplication', bureauLeader, {
    about,
    body: { fields: ['phone'], reason: '电话核实情况' },
  });
  expect(unmasked.body).toEqual({ phone: '12800000001' });
  const { identities } = await stored(about);
  const { m1 } = identities;
  expect(m1 && openPerson(await town.seals(), about, 'm1', m1).phone).toBe('12800000001');
});
