import { beforeEach, describe, expect, test } from 'vitest';
import { keepParameter } from '../../shared/parameter-copy.ts';
import { sampleSubmission } from './application-requests.ts';
import { findApplication } from './application-store.ts';
import { findCase } from './case-store.ts';
import {
  type Applications,
  bureauLeader,
  chief,
  clerk,
  districtClerk,
  helper,
  morning,
  openApplications,
  otherTownLeader,
  secondClerk,
  townLeader,
} from './sample-application.ts';

/** The decision: who may take it, on which numbers, and what the loser of a race sees. */

const days = { survey: '2021-04-25', opinion: '2021-05-18', forward: '2021-05-28' };
const approve = { decision: 'approve' };

let town: Applications;
beforeEach(() => {
  town = openApplications(days.survey);
});
const stateOf = async (about: string) => (await findApplication(town.table, about))?.state;
const setParameter = (key: string, value: number, from: string) =>
  keepParameter(
    town.table,
    { changeId: `${key}-${from}`, key, value, from, sourceDocument: '婺民〔2021〕30号', certainty: 'S' },
    town.deps.clock(),
  );

describe('who may decide', () => {
  test('is nobody who had a hand in the application', async () => {
    const about = await town.untilDecision(days);
    await town.visit(about, days.forward, [districtClerk]);
    const visitor = { ...chief, id: districtClerk.id };

    expect((await town.decide(about, approve, visitor)).code).toBe('MAKER_IS_CHECKER');
    expect((await town.decide(about, approve, chief)).status).toBe(200);
  });

  test('is the leader of the township only where the district has delegated it, and not who gave the opinion', async () => {
    const about = await town.untilDecision(days);
    expect((await town.decide(about, approve, otherTownLeader)).code).toBe('NOT_DELEGATED');
    await setParameter('dibao.delegated_to_township', 1, '2021-01-01');

    expect((await town.decide(about, approve, townLeader)).code).toBe('MAKER_IS_CHECKER');
    expect((await town.decide(about, approve, otherTownLeader)).status).toBe(200);
  });

  test('waits for a visit of the district when the applicant is an officer’s relative', async () => {
    const about = await town.untilDecision(days, { relatedToOfficer: true });
    expect((await town.decide(about)).code).toBe('DISTRICT_VISIT_MISSING');
    await town.visit(about, days.forward, [districtClerk, secondClerk]);

    expect((await town.decide(about)).status).toBe(200);
  });
});

describe('the amount', () => {
  test('is reckoned anew at the decision, and the approver is told when it is no longer the proposed one', async () => {
    const about = await town.untilDecision(days);
    await setParameter('dibao.standard', 900, '2021-05-01');

    const told = await town.decide(about);
    expect(told).toMatchObject({
      code: 'NUMBERS_CHANGED',
      body: {
        detail:
          '初审意见为每月 1,350.00 元(3 人),按现行标准和家庭情况核算为每月 1,500.00 元(3 人)。如同意按现核算金额批准,请在审批中填写该金额。',
      },
    });
    expect((await town.decide(about, { ...approve, amountFen: 140_000 })).code).toBe('NUMBERS_CHANGED');
    expect((await town.decide(about, { ...approve, amountFen: 150_000 })).status).toBe(200);
    expect(await findCase(town.table, '330702-DB-2021-000001')).toMatchObject({ amountFen: 150_000 });
  });

  test('of a household that is eligible no longer cannot be approved', async () => {
    const about = await town.untilDecision(days);
    await setParameter('dibao.standard', 400, '2021-05-01');

    expect((await town.decide(about)).code).toBe('NOT_ELIGIBLE');
  });
});

describe('two who decide at the same moment', () => {
  test('on one application: one wins, the other is told to read again, and there is one case', async () => {
    const about = await town.untilDecision(days);
    const answers = await Promise.all([
      town.decide(about, approve, chief),
      town.decide(about, approve, bureauLeader),
    ]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.map(({ code }) => code)).toContain('CHANGED_MEANWHILE');
    expect(await findCase(town.table, '330702-DB-2021-000001')).toBeDefined();
    expect(await findCase(town.table, '330702-DB-2021-000002')).toBeUndefined();
    const told = await town.handover.take(`assistance/${about}/330702-DB-2021-000001`);
    expect(Object.keys(told ?? {})).toEqual(['330702-DB-2021-000001']);
  });

  test('on two applications of one person: only one of them gets a case', async () => {
    const first = await town.untilDecision(days);
    const second = await town.untilDecision(days);
    const answers = await Promise.all([town.decide(first), town.decide(second, approve, bureauLeader)]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const loser = answers[0]?.status === 200 ? second : first;
    expect(await town.decide(loser, approve, bureauLeader)).toMatchObject({ code: 'IN_EXCLUSIVE_PROGRAMME' });
  });

  test('one approves while the applicant withdraws: whoever comes second sees it', async () => {
    const about = await town.untilDecision(days);
    const answers = await Promise.all([
      town.decide(about),
      town.ask('withdrawApplication', clerk, { about, body: { reason: '申请人自愿撤回' } }),
    ]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });
});

test('an approval repeated under its key is answered alike and made once', async () => {
  const about = await town.untilDecision(days);
  const once = await town.decide(about, approve, chief, 'k');
  const again = await town.decide(about, approve, chief, 'k');

  expect(again.body).toEqual(once.body);
  expect((await town.decide(about)).code).toBe('WRONG_STATE');
});

test('a low-edge household that is admitted to dibao leaves the low-edge register in the same moment', async () => {
  const { household } = sampleSubmission;
  const [head, ...others] = household.members;
  const withWage = (monthlyFen: number) => ({
    household: { ...household, members: [{ ...head, incomes: [{ kind: 'wage', monthlyFen }] }, ...others] },
  });
  const edge = await town.untilDecision(days, withWage(300_000));
  expect((await town.decide(edge)).body).toMatchObject({ caseNo: '330702-BY-2021-000001' });
  expect(town.handedOver.size).toBe(0);

  const later = { survey: '2021-06-01', opinion: '2021-06-02', forward: '2021-06-10' };
  const dibao = await town.untilDecision(later, withWage(120_000));
  expect((await town.decide(dibao)).body).toMatchObject({ caseNo: '330702-DB-2021-000001' });

  expect(await findCase(town.table, '330702-BY-2021-000001')).toMatchObject({
    state: 'ended',
    determinations: [{ number: 1 }, { number: 2, kind: 'stop', reason: 'became-dibao', from: '2021-07' }],
  });
});

describe('a refusal', () => {
  const refuse = { decision: 'refuse', reasons: '家庭货币财产超过规定限额' };

  test('is told in a letter with reasons, and from its delivery there are 60 days for a reconsideration', async () => {
    const about = await town.untilDecision(days);
    expect((await town.decide(about, refuse)).body).toMatchObject({
      state: 'refused',
      due: { step: 'notice', date: '2021-06-02' },
      referredTo: ['child'],
    });
    const { body } = await town.ask('readApplication', clerk, { about });
    expect((body.decision as { letter: string }).letter).toBe(
      [
        '社会救助不予批准告知书',
        '张水根:',
        `您户于2021年4月25日提出的社会救助申请(编号${about})已收悉。经调查审核,根据《浙江省社会救助条例》和《社会救助暂行办法》的有关规定,决定不予批准。理由如下:`,
        '家庭货币财产超过规定限额',
        '如不服本决定,可以自知道本决定之日起60日内依法向婺城区人民政府申请行政复议,也可以自知道本决定之日起6个月内依法向人民法院提起行政诉讼。',
        '婺城区民政局',
        '2021年5月28日',
      ].join('\n'),
    );

    town.at(morning('2021-06-01'));
    const delivered = { deliveredOn: '2021-06-01', manner: 'direct' };
    const wrong = await town.ask('recordNotice', clerk, {
      about,
      body: { ...delivered, deliveredOn: '2021-06-02' },
    });
    expect(wrong.code).toBe('DATE_REFUSED');
    const notice = await town.ask('recordNotice', clerk, { about, body: delivered });
    expect(notice.body).toMatchObject({ reconsiderUntil: '2021-08-02' });
    expect(notice.body).not.toHaveProperty('due');
  });

  test('that a reconsideration revokes is surveyed and decided anew, by somebody else', async () => {
    const about = await town.untilDecision(days);
    await town.decide(about, refuse);
    const record = (outcome: string) =>
      town.ask('recordReconsideration', districtClerk, {
        about,
        body: { outcome, on: days.forward, note: '区政府行政复议决定' },
      });
    expect((await record('filed')).body).toMatchObject({ state: 'refused' });
    expect((await record('revoked')).body).toMatchObject({ state: 'accepted', due: { step: 'survey' } });

    expect((await town.opine(about)).code).toBe('VISIT_MISSING');
    await town.visit(about, days.forward);
    expect((await town.opine(about)).body).toMatchObject({ publicity: { publicityId: `${about}-2` } });
    town.at(morning('2021-06-10'));
    await town.ask('forwardApplication', clerk, { about, body: {} });
    expect((await town.decide(about)).code).toBe('MAKER_IS_CHECKER');
    // From July on the standard is 900.
    expect((await town.decide(about, { ...approve, amountFen: 150_000 }, bureauLeader)).status).toBe(200);
  });

  test('may also be proposed; it is decided without publicity and cannot be turned into an approval', async () => {
    const about = await town.submit();
    await town.survey(about, days.survey);
    const opinion = await town.opine(about, { recommend: 'refuse', reason: '群众反映长期不在本地居住' });
    expect(opinion.body).toMatchObject({
      state: 'awaiting-decision',
      due: { step: 'decide', date: '2021-04-30' },
    });

    expect((await town.decide(about)).code).toBe('OPINION_AGAINST');
    expect(
      (await town.decide(about, { decision: 'return', reasons: '请补充居住情况调查' })).body,
    ).toMatchObject({
      state: 'accepted',
    });
    await town.visit(about, days.survey, [helper, secondClerk]);
    expect((await town.opine(about)).status).toBe(200);
    expect(await stateOf(about)).toBe('publicity');
  });
});
