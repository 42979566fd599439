import { beforeEach, describe, expect, test } from 'vitest';
import { DeterminationsMade } from '../../events/assistance.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import type { EventValue, HappenedOf } from '../../shared/event.ts';
import { registerAide, retireAide } from './aide-routes.ts';
import { followDeterminations } from './follow-determinations.ts';
import { readLead } from './lead-routes.ts';
import { listVisitPlanHandler } from './list-visit-plan.ts';
import { pairHouseholdHandler } from './pair-household.ts';
import {
  listVisitPlan,
  pairHousehold,
  planVisits,
  readScreening,
  readVisitPlan,
  recordOutreachVisit,
} from './plan-routes.ts';
import { planVisitsHandler } from './plan-visits.ts';
import { readLeadHandler } from './read-lead.ts';
import { readScreeningHandler } from './read-screening.ts';
import { readVisitPlanHandler } from './read-visit-plan.ts';
import { recordOutreachVisitHandler } from './record-outreach-visit.ts';
import { registerAideHandler } from './register-aide.ts';
import { retireAideHandler } from './retire-aide.ts';
import { outreachTable } from './table.ts';

/** Aides, the visit plan and visits, through the handlers, on the real SDK and an engine in this process. */

const VILLAGE = '330702100200';
const TOWN = '330702100000';
const OTHER_VILLAGE = '330702101201';
const CASE = '330702-DB-2021-000001';
const NAME = '诸葛䶮';
const PHONE = '12012345678';
const clerk = sampleOfficer('township-clerk', TOWN);
const villager = sampleOfficer('village-helper', VILLAGE);
const bureau = sampleOfficer('district-clerk', '330702000000');

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
beforeEach(() => {
  let ids = 0;
  const newId = () => `id-${++ids}`;
  desk = openSampleDesk(outreachTable, '2021-07-05T02:00:00.000Z');
  const { deps, seals } = desk;
  ask = desk.serving({
    registerAide: registerAideHandler(deps, seals, newId),
    retireAide: retireAideHandler(deps),
    planVisits: planVisitsHandler(deps),
    pairHousehold: pairHouseholdHandler(deps),
    listVisitPlan: listVisitPlanHandler(deps),
    readVisitPlan: readVisitPlanHandler(deps, seals),
    recordOutreachVisit: recordOutreachVisitHandler(deps, seals, newId),
    readScreening: readScreeningHandler(deps),
    readLead: readLeadHandler(deps, seals),
  });
});

const itemsOf = (body: Readonly<Record<string, unknown>>) =>
  body.items as readonly Readonly<Record<string, unknown>>[];
const figures = async (month = '2021-07') =>
  (await ask(readScreening, clerk, { params: { month } })).body.total as Readonly<Record<string, unknown>>;
const anAide = async (more: object = {}): Promise<string> => {
  const body = { kind: 'party-member', areaCode: VILLAGE, name: NAME, phone: PHONE, ...more };
  const { body: answer } = await ask(registerAide, clerk, { body });
  return String(answer.aideId);
};
const determination = (more: object = {}) => ({
  programme: 'dibao',
  caseNo: CASE,
  number: 1,
  kind: 'new',
  reason: 'application',
  from: '2021-08',
  amountFen: 90_000,
  persons: 1,
  areaCode: VILLAGE,
  ...more,
});
const follow = (...determinations: ReturnType<typeof determination>[]) => {
  const id = determinations.map(({ caseNo, number }) => `${caseNo}-${number}`).join();
  const data = { origin: 'application/1', determinations };
  return followDeterminations(desk.table)(eventOf(DeterminationsMade, data, id));
};
const eventOf = <E extends EventValue>(
  value: E,
  data: HappenedOf<E>['data'],
  id: string,
  time = '2021-07-05T02:00:00.000Z',
) =>
  ({
    id,
    type: value.type,
    source: value.source,
    subject: 'any',
    time,
    correlationId: 'c',
    data,
  }) as HappenedOf<E>;
const aPairing = async (): Promise<string> => {
  await follow(determination());
  const aideId = await anAide();
  await ask(pairHousehold, clerk, { params: { caseNo: CASE }, body: { aideId, reason: '党员结对' } });
  return aideId;
};

describe('aides', () => {
  test('are registered once for each village and phone number, and come back under the id they had', async () => {
    const aideId = await anAide();
    const again = await ask(registerAide, clerk, {
      body: { kind: 'volunteer', areaCode: VILLAGE, name: NAME, phone: PHONE },
    });
    await ask(retireAide, clerk, { params: { aideId } });

    expect(again.code).toBe('AIDE_KNOWN');
    expect(await anAide({ kind: 'volunteer' })).toBe(aideId);
    expect((await figures()).aidesByKind).toMatchObject({ 'party-member': 0, volunteer: 1 });
  });

  test('cannot retire while they have households', async () => {
    const aideId = await aPairing();
    const other = await anAide({ phone: '12012345679' });

    expect((await ask(retireAide, clerk, { params: { aideId } })).code).toBe('AIDE_STILL_PAIRED');
    await ask(pairHousehold, clerk, {
      params: { caseNo: CASE },
      body: { aideId: other, reason: '换人联系' },
    });
    expect((await ask(retireAide, clerk, { params: { aideId } })).status).toBe(200);
  });

  test('a household paired and an aide retired at the same moment: one of the two is told to read again', async () => {
    await follow(determination());
    const aideId = await anAide();

    const [pairing, retirement] = await Promise.all([
      ask(pairHousehold, clerk, { params: { caseNo: CASE }, body: { aideId, reason: '党员结对' } }),
      ask(retireAide, clerk, { params: { aideId } }),
    ]);

    expect([pairing.status, retirement.status].filter((status) => status < 300)).toHaveLength(1);
  });

  test('of another town or none at all are refused', async () => {
    expect(
      (
        await ask(registerAide, clerk, {
          body: { kind: 'volunteer', areaCode: OTHER_VILLAGE, name: NAME, phone: PHONE },
        })
      ).code,
    ).toBe('OUTSIDE_AREA');
    expect(
      (
        await ask(registerAide, bureau, {
          body: { kind: 'volunteer', areaCode: TOWN, name: NAME, phone: PHONE },
        })
      ).code,
    ).toBe('AREA_UNKNOWN');
    expect(
      (
        await ask(registerAide, clerk, {
          body: { kind: 'contracted-staff', areaCode: VILLAGE, name: NAME, phone: PHONE },
        })
      ).code,
    ).toBe('INVALID_REQUEST');
  });
});

describe('the visit plan', () => {
  test('gains a household with its aid and loses it, with its aide, when the aid stops', async () => {
    const aideId = await aPairing();
    expect(await figures()).toMatchObject({ households: 1, paired: 1 });

    await follow(determination({ number: 2, kind: 'stop', reason: 'died' }));

    expect(itemsOf((await ask(listVisitPlan, clerk)).body)).toEqual([]);
    expect(await figures()).toMatchObject({ households: 0, paired: 0 });
    expect((await ask(retireAide, clerk, { params: { aideId } })).status).toBe(200);
    const { body } = await ask(readVisitPlan, clerk, { params: { caseNo: CASE } });
    expect(body.endedPairings).toMatchObject([{ aideId, reason: '救助停止' }]);
  });

  test('ends alike in whatever order and however often determinations arrive', async () => {
    await follow(determination({ number: 2, kind: 'stop', reason: 'died' }));
    await follow(determination());
    await follow(determination({ number: 2, kind: 'stop', reason: 'died' }));

    expect(itemsOf((await ask(listVisitPlan, clerk)).body)).toEqual([]);
    expect(await figures()).toMatchObject({ households: 0, paired: 0, leads: 0 });
  });

  test('takes up an event of any size', async () => {
    await follow(...Array.from({ length: 60 }, (_, index) => determination({ caseNo: `DB${index}` })));

    expect(await figures()).toMatchObject({ households: 60 });
  });

  test('lists who is due by a day, overdue ones first, and never what lies in another village', async () => {
    const cases = [
      { caseNo: 'TK1', programme: 'destitute' },
      { caseNo: 'DB1' },
      { caseNo: 'BY1', programme: 'edge' },
      { caseNo: 'DB2', areaCode: '330702100208' },
    ];
    await follow(...cases.map(determination));
    desk.at('2021-08-20T02:00:00.000Z');

    const due = itemsOf((await ask(listVisitPlan, villager, { query: { until: '2021-12-31' } })).body);

    expect(due.map(({ caseNo, nextVisitOn, overdue }) => [caseNo, nextVisitOn, overdue])).toEqual([
      ['TK1', '2021-08-05', true],
      ['DB1', '2021-10-05', false],
    ]);
    expect((await ask(listVisitPlan, villager, { query: { areaCode: TOWN } })).code).toBe('OUTSIDE_AREA');
  });

  test('pages through the whole district without losing or repeating a household', async () => {
    const villages = [VILLAGE, '330702100208', OTHER_VILLAGE];
    const all = Array.from({ length: 9 }, (_, index) => ({
      caseNo: `DB${index}`,
      areaCode: villages[index % 3],
    }));
    await follow(...all.map(determination));

    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ask(listVisitPlan, bureau, { query: { limit: 2, cursor } });
      seen.push(...itemsOf(body).map(({ caseNo }) => caseNo));
      cursor = body.next as string | undefined;
    } while (cursor);

    expect(seen.toSorted()).toEqual(all.map(({ caseNo }) => caseNo));
  });

  test('a household planned by hand again, and alike, is not a change', async () => {
    const request = { params: { caseNo: CASE }, body: { areaCode: VILLAGE, visitClass: 'high' } };
    await ask(planVisits, clerk, request);
    await ask(planVisits, clerk, request);

    expect(await desk.eventsOf(`plan/${CASE}`)).toHaveLength(1);
    expect(await figures()).toMatchObject({ households: 1 });
  });
});

describe('visits', () => {
  const visit = (more: object = {}) => ({
    body: { caseNo: CASE, visitedOn: '2021-07-04', findings: ['unchanged'], ...more },
  });

  test('move the next one on, and an earlier one recorded later moves nothing', async () => {
    await follow(determination());
    desk.at('2021-08-20T02:00:00.000Z');

    const visits = ['2021-08-20', '2021-08-01'].map((visitedOn) => visit({ visitedOn }));
    const first = await ask(recordOutreachVisit, villager, visits[0]);
    const second = await ask(recordOutreachVisit, villager, visits[1]);

    expect([first.body.nextVisitOn, second.body.nextVisitOn]).toEqual(['2021-11-20', '2021-11-20']);
    expect(await figures('2021-08')).toMatchObject({ visits: 2 });
  });

  test('that need follow-up open a lead, also when the visit was last month, and the figures tell both', async () => {
    await follow(determination());
    const asked = visit({
      visitedOn: '2021-06-30',
      findings: ['serious-illness'],
      needsFollowUp: true,
      text: `${NAME}患病`,
    });

    const { body } = await ask(recordOutreachVisit, villager, asked);
    const lead = await ask(readLead, clerk, { params: { leadNo: String(body.leadNo) } });

    expect(lead.body).toMatchObject({ source: 'visit', caseNo: CASE, visits: [{ text: `${NAME}患病` }] });
    expect(await figures()).toMatchObject({ visits: 0, leads: 1, openLeads: 1 });
    expect(await figures('2021-06')).toMatchObject({ visits: 1, followUps: 1 });
    expect(desk.everything()).toContain(CASE);
    expect(desk.everything()).not.toContain(NAME);
  });

  test.each([
    [{ visitedOn: '2021-07-06' }, 'VISIT_IN_FUTURE'],
    [{ caseNo: 'unknown' }, 'CASE_NOT_PLANNED'],
    [{ findings: ['unchanged', 'died'] }, 'INVALID_REQUEST'],
    [{ findings: ['other'] }, 'INVALID_REQUEST'],
    [{ leadNo: 'L1' }, 'INVALID_REQUEST'],
    [{ aideId: 'nobody' }, 'AIDE_NOT_FOUND'],
  ])('%j is refused as %s', async (more, code) => {
    await follow(determination());

    expect((await ask(recordOutreachVisit, villager, visit(more))).code).toBe(code);
  });

  test('sent twice under one key are one visit', async () => {
    await follow(determination());

    const first = await ask(recordOutreachVisit, villager, { ...visit(), key: 'k' });
    const second = await ask(recordOutreachVisit, villager, { ...visit(), key: 'k' });

    expect(second).toEqual(first);
    expect(await figures()).toMatchObject({ visits: 1 });
  });
});
