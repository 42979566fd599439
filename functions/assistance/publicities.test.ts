import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sampleSubmission } from './application-requests.ts';
import { findApplication } from './application-store.ts';
import { checkDeadlines } from './check-deadlines.ts';
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
  townLeader,
  VILLAGE,
} from './sample-application.ts';

/** What the public and citizens see, objections, and the list of what is due. */

const TOWN = '330702101000';
let town: Applications;
beforeEach(() => {
  town = openApplications('2021-04-25');
});
const publish = async (change: object = {}) => {
  town.at(morning('2021-04-25'));
  const about = await town.submit({ citizenId: citizen.id, ...change });
  await town.survey(about, '2021-04-25');
  town.at(morning('2021-05-18'));
  await town.opine(about);
  return about;
};
const listed = async (query: Record<string, string>) =>
  (await town.ask('listPublicities', undefined, { query })).body.items;
const proposal = {
  stage: 'proposed',
  headName: '张水根',
  townName: '雅畈镇',
  programme: 'dibao',
  programmeName: '最低生活保障',
  persons: 3,
  amountFen: 135_000,
  opensOn: '2021-05-18',
  endsOn: '2021-05-25',
  hotline: '12345',
};

describe('a proposal', () => {
  test('is published with fixed fields in its village and town, and nowhere else', async () => {
    const about = await publish();

    expect(await listed({ areaCode: VILLAGE })).toEqual([
      { publicityId: `${about}-1`, villageName: expect.any(String), ...proposal },
    ]);
    expect(await listed({ areaCode: TOWN })).toHaveLength(1);
    expect(await listed({ areaCode: '330702101202' })).toEqual([]);
    expect(await listed({ areaCode: '330702100000' })).toEqual([]);
    expect((await town.ask('listPublicities', undefined, { query: { areaCode: '330702000000' } })).code).toBe(
      'AREA_UNKNOWN',
    );
  });

  test('of a household whose head is a minor shows no more than the surname', async () => {
    const { household, persons } = sampleSubmission;
    const [, , child] = household.members;
    const alone = { ...household, members: [{ ...child, relation: 'head' }] };
    await publish({ household: alone, persons: { m3: persons.m3 } });

    expect(await listed({ areaCode: VILLAGE })).toMatchObject([{ headName: '张*', persons: 1 }]);
  });

  test('is not there any more after its last day', async () => {
    const about = `${await publish()}-1`;
    town.at('2021-05-25T15:59:59.000Z');
    expect((await town.ask('readPublicity', undefined, { about })).body).toMatchObject(proposal);
    town.at('2021-05-25T16:00:00.000Z');

    expect((await town.ask('readPublicity', undefined, { about })).code).toBe('PUBLICITY_NOT_FOUND');
    expect(await listed({ areaCode: VILLAGE })).toEqual([]);
    const late = await town.ask('raiseObjection', undefined, { about, body: { text: '该户有小汽车' } });
    expect(late.code).toBe('PUBLICITY_NOT_FOUND');
  });

  test('stays published once approved, with the amount and since when', async () => {
    const about = await publish();
    town.at(morning('2021-05-28'));
    await town.ask('forwardApplication', clerk, { about, body: {} });
    await town.decide(about);

    expect(await listed({ areaCode: VILLAGE, stage: 'approved' })).toMatchObject([
      { stage: 'approved', headName: '张水根', persons: 3, amountFen: 135_000, since: '2021-06' },
    ]);
    expect(await listed({ areaCode: VILLAGE, stage: 'approved', programme: 'destitute' })).toEqual([]);
  });
});

describe('an objection', () => {
  test('sends the household back to the survey; a new opinion is published again, and who objected stays sealed', async () => {
    const about = await publish();
    town.at(morning('2021-05-20'));
    const body = { text: '该户新购小汽车一辆', name: '王有财', phone: '12800000009' };
    const received = await town.ask('raiseObjection', undefined, { about: `${about}-1`, body });
    expect(received.body).toMatchObject({ handleBy: '2021-06-04' });
    expect(await listed({ areaCode: VILLAGE })).toEqual([]);
    expect(await findApplication(town.table, about)).toMatchObject({
      state: 'accepted',
      round: 2,
      due: { step: 'survey', date: '2021-06-04' },
    });
    expect(town.everything()).not.toContain('12800000009');
    expect((await town.ask('readApplication', townLeader, { about })).body.objections).toMatchObject([
      { by: 'public', text: body.text, name: '王有财', phone: '128****0009' },
    ]);

    expect((await town.opine(about)).code).toBe('VISIT_MISSING');
    await town.visit(about, '2021-05-20');
    expect((await town.opine(about)).body).toMatchObject({
      publicity: { publicityId: `${about}-2`, endsOn: '2021-05-27' },
    });
  });

  test('raised by two at once is taken once; the second is told that it changed', async () => {
    const about = `${await publish()}-1`;
    const answers = await Promise.all(
      ['该户有小汽车', '该户有商铺一间'].map((text) =>
        town.ask('raiseObjection', undefined, { about, body: { text } }),
      ),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  test('that reached the office is recorded by an officer', async () => {
    const about = await publish();

    expect(
      (await town.ask('recordObjection', helper, { about, body: { text: '电话反映该户有房产' } })).body,
    ).toMatchObject({
      state: 'accepted',
    });
    expect(await town.eventsOf(`application/${about}`)).toContainEqual({
      type: 'assistance.objection-raised.v1',
      publicityId: `${about}-1`,
      applicationNo: about,
      areaCode: VILLAGE,
      by: helper.id,
      handleBy: '2021-06-02',
    });
  });
});

test('a withdrawn application is published no longer', async () => {
  const about = await publish();
  await town.ask('withdrawApplication', citizen, { about, body: { reason: '家庭情况好转' } });

  expect(await listed({ areaCode: VILLAGE })).toEqual([]);
});

describe('a citizen', () => {
  const stranger = { ...citizen, id: 'citizen-2' };

  test('sees his own application and case and where they stand, and nobody else does', async () => {
    const about = await publish();
    town.at(morning('2021-05-28'));
    await town.ask('forwardApplication', clerk, { about, body: {} });
    await town.decide(about);

    expect((await town.ask('listOwnCases', citizen)).body.items).toMatchObject([
      { kind: 'application', number: about, state: 'approved' },
      { kind: 'case', number: '330702-DB-2021-000001', stateName: '在册', since: '2021-06' },
    ]);
    const own = await town.ask('readOwnCase', citizen, { about: '330702-DB-2021-000001' });
    expect(own.body).toMatchObject({
      headName: '张水根',
      amountFen: 135_000,
      account: '****0006',
      history: [{ on: '2021-05-28', text: '新增(申请批准):自2021年6月起每月 1,350.00 元' }],
    });
    const letter = String((await town.ask('readOwnCase', citizen, { about })).body.letter);
    expect(letter).toContain('决定确认您户为最低生活保障对象');
    expect(letter).toContain('每月1,350.00元,自2021年6月起发放');

    expect((await town.ask('listOwnCases', stranger)).body.items).toEqual([]);
    expect((await town.ask('readOwnCase', stranger, { about })).code).toBe('NOT_YOURS');
    expect(
      (await town.ask('withdrawApplication', stranger, { about, body: { reason: '试一试' } })).code,
    ).toBe('INVALID_REQUEST');
    const reason = '不是我的申请';
    expect((await town.ask('withdrawApplication', stranger, { about, body: { reason } })).code).toBe(
      'APPLICATION_NOT_FOUND',
    );
  });
});

describe('what is due', () => {
  test('is listed until a day for the officer’s area, overdue first', async () => {
    const published = await publish();
    town.at(morning('2021-05-20'));
    const other = await town.submit();
    const due = async (who = chief, query: Record<string, string> = {}) =>
      (await town.ask('listDue', who, { query })).body.items;

    expect(await due()).toEqual([]);
    town.at(morning('2021-05-24'));
    expect(await due()).toMatchObject([{ number: other, what: '受理', date: '2021-05-21', overdue: true }]);
    expect(await due(districtClerk, { until: '2021-05-28' })).toMatchObject([
      { number: other, overdue: true },
      { number: published, what: '公示后上报', date: '2021-05-28', overdue: false },
    ]);
    expect(await due(foreignClerk, { until: '2021-05-28' })).toEqual([]);
    expect((await town.ask('listDue', foreignClerk, { query: { areaCode: TOWN } })).code).toBe(
      'OUTSIDE_AREA',
    );
  });

  test('is counted every morning as far as it is overdue, and decided applications are not', async () => {
    const about = await publish();
    await town.submit();
    const counted = async (day: string) => {
      const lines: string[] = [];
      const write = vi
        .spyOn(process.stdout, 'write')
        .mockImplementation((line) => lines.push(String(line)) > 0);
      await checkDeadlines(town.table, town.deps.clock)({ scheduledTime: `${day}T07:00:00+08:00` });
      write.mockRestore();
      return lines.map((line) => (JSON.parse(line) as { ApplicationsOverdue?: number }).ApplicationsOverdue);
    };

    expect(await counted('2021-05-19')).toEqual([0]);
    expect(await counted('2021-05-20')).toEqual([1]);
    expect(await counted('2021-05-29')).toEqual([2]);
    town.at(morning('2021-05-28'));
    await town.ask('forwardApplication', clerk, { about, body: {} });
    await town.decide(about, { decision: 'approve' }, bureauLeader);
    expect(await counted('2021-06-05')).toEqual([1]);
  });
});
