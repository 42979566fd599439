import { beforeEach, describe, expect, test } from 'vitest';
import { DeterminationsMade } from '../../events/assistance.ts';
import { ReturnsApplied } from '../../events/disbursement.ts';
import { ReliefGranted } from '../../events/relief.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import type { EventValue, HappenedOf } from '../../shared/event.ts';
import { handoverIn } from '../../shared/handover.ts';
import { registerAide } from './aide-routes.ts';
import { assignLeadHandler } from './assign-lead.ts';
import { closeLeadHandler } from './close-lead.ts';
import { followDeterminations } from './follow-determinations.ts';
import {
  assignLead,
  closeLead,
  listLeads,
  readLead,
  receiveLead,
  reportNeed,
  unmaskLead,
} from './lead-routes.ts';
import { listLeadsHandler } from './list-leads.ts';
import { readScreening, recordOutreachVisit } from './plan-routes.ts';
import { readLeadHandler } from './read-lead.ts';
import { readScreeningHandler } from './read-screening.ts';
import { receiveLeadHandler } from './receive-lead.ts';
import { recordOutreachVisitHandler } from './record-outreach-visit.ts';
import { registerAideHandler } from './register-aide.ts';
import { reportNeedHandler } from './report-need.ts';
import { outreachTable } from './table.ts';
import { unmaskLeadHandler } from './unmask-lead.ts';
import { watchRelief } from './watch-relief.ts';
import { watchReturns } from './watch-returns.ts';

/** Leads and warnings, through the handlers, on the real SDK and an engine in this process. */

const VILLAGE = '330702100200';
const TOWN = '330702100000';
const CASE = '330702-DB-2021-000001';
const NAME = '诸葛䶮';
const PHONE = '12012345678';
const clerk = sampleOfficer('township-clerk', TOWN);
const leader = sampleOfficer('township-leader', TOWN);
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
    recordOutreachVisit: recordOutreachVisitHandler(deps, seals, newId),
    readScreening: readScreeningHandler(deps),
    receiveLead: receiveLeadHandler(deps, seals),
    reportNeed: reportNeedHandler(deps, seals),
    listLeads: listLeadsHandler(deps),
    readLead: readLeadHandler(deps, seals),
    assignLead: assignLeadHandler(deps),
    closeLead: closeLeadHandler(deps, seals),
    unmaskLead: unmaskLeadHandler(deps, seals),
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
const aLead = async (more: object = {}): Promise<string> => {
  const told = { situations: ['elder-alone'], text: `${NAME}家中独居无人照应` };
  const body = { source: 'hotline', areaCode: VILLAGE, ...told, ...more };
  return String((await ask(receiveLead, clerk, { body })).body.leadNo);
};

describe('leads', () => {
  test('go from receipt through a visit to the application somebody was helped with', async () => {
    const leadNo = await aLead({ personName: NAME, contactPhone: PHONE });
    const aideId = await anAide();
    const params = { leadNo };
    const body = { outcome: 'helped', applicationNo: '330702-SQ-2021-000001' };

    const early = await ask(closeLead, clerk, { params, body });
    await ask(assignLead, clerk, { params, body: { aideId } });
    const visit = { leadNo, visitedOn: '2021-07-05', aideId, findings: ['elder-alone'] };
    await ask(recordOutreachVisit, villager, { body: visit });
    desk.at('2021-07-22T02:00:00.000Z');
    const closed = await ask(closeLead, clerk, { params, body });

    expect(early.code).toBe('WRONG_STATE');
    expect(leadNo).toBe('330702-XS-2021-000001');
    expect(closed.body).toMatchObject({
      state: 'helped',
      dueOn: '2021-07-20',
      outcome: { applicationNo: body.applicationNo },
    });
    expect((await desk.eventsOf(`lead/${leadNo}`)).at(-1)).toMatchObject({
      outcome: 'helped',
      overdueDays: 2,
    });
    expect(await figures()).toMatchObject({ leads: 1, helped: 1, openLeads: 0 });
  });

  test('are not found untrue by who visited', async () => {
    const params = { leadNo: await aLead() };
    await ask(assignLead, clerk, { params, body: { aideId: await anAide() } });
    await ask(recordOutreachVisit, clerk, {
      body: { ...params, visitedOn: '2021-07-05', findings: ['unchanged'] },
    });
    const closing = { params, body: { outcome: 'unfounded', reason: `${NAME}有子女照料` } };

    expect((await ask(closeLead, clerk, closing)).code).toBe('MAKER_IS_CHECKER');
    expect((await ask(closeLead, leader, closing)).status).toBe(200);
    expect((await ask(readLead, leader, { params })).body.reason).toBe(`${NAME}有子女照料`);
    expect(desk.everything()).not.toContain(NAME);
  });

  test('about the same person in the same village find each other', async () => {
    const first = await aLead({ personName: NAME });
    const second = await aLead({ personName: NAME });
    await aLead({ personName: '司徒一' });
    const params = { leadNo: second };

    expect((await ask(readLead, clerk, { params })).body.similar).toEqual([first]);
    const itself = await ask(closeLead, clerk, {
      params,
      body: { outcome: 'duplicate', duplicateOf: second },
    });
    expect(itself.code).toBe('LEAD_NOT_FOUND');
    await ask(closeLead, clerk, { params, body: { outcome: 'duplicate', duplicateOf: first } });
    expect((await ask(readLead, clerk, { params: { leadNo: first } })).body.similar).toEqual([]);
  });

  test('may be told by anybody; what was told is sealed and its contact shown for a reason', async () => {
    const told = {
      areaCode: VILLAGE,
      situations: ['child-alone'],
      text: `${NAME}的孩子`,
      contactPhone: PHONE,
    };
    const { status, body } = await ask(reportNeed, undefined, { body: told, key: 'k' });
    const params = { leadNo: String(body.leadNo) };

    expect([status, Object.keys(body)]).toEqual([201, ['leadNo', 'dueOn']]);
    expect((await ask(readLead, villager, { params })).body).toMatchObject({
      contactPhone: '120****5678',
      text: told.text,
    });
    const shown = await ask(unmaskLead, clerk, { params, body: { reason: '回拨核实情况' } });
    expect(shown.body).toEqual({ contactPhone: PHONE });
    expect((await desk.eventsOf(`lead/${params.leadNo}`)).at(-1)).toMatchObject({
      shownTo: clerk.id,
      fields: ['phone'],
    });
    expect(desk.everything()).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
  });

  test('received at the same moment each get a number of their own', async () => {
    const numbers = await Promise.all(Array.from({ length: 5 }, () => aLead()));

    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5].map((n) => `330702-XS-2021-00000${n}`));
  });

  test('are seen by nobody outside their area', async () => {
    const params = { leadNo: await aLead() };
    const stranger = sampleOfficer('township-clerk', '330702101000', 'stranger');

    expect((await ask(readLead, stranger, { params })).code).toBe('OUTSIDE_AREA');
    expect(itemsOf((await ask(listLeads, stranger)).body)).toEqual([]);
    expect(itemsOf((await ask(listLeads, bureau)).body)).toHaveLength(1);
  });
});

describe('warnings', () => {
  const warned = async (query = {}) =>
    itemsOf((await ask(listLeads, clerk, { query: { source: 'warning', ...query } })).body).map(
      ({ ruleId, caseNo, notBefore }) => [ruleId, caseNo, notBefore],
    );
  const returned = (returnId: string, time: string) =>
    watchReturns(desk.table)(
      eventOf(
        ReturnsApplied,
        {
          ...{
            runId: '2021-07-dibao-regular',
            programme: 'dibao',
            month: '2021-07',
            returnId,
            fileName: 'f',
          },
          settled: { lines: 0, amountFen: 0 },
          returned: { lines: 1, amountFen: 90_000 },
          returnedLines: [{ lineId: `2021-07-dibao-regular~${VILLAGE}~${CASE}`, resultCode: '03' }],
        },
        returnId,
        time,
      ),
    );

  test('an exit over income is looked at three months later, once, and is nobody’s work before', async () => {
    const stop = determination({ number: 2, kind: 'stop', reason: 'over-income' });
    await follow(stop);
    await follow(stop);

    expect(await warned()).toEqual([]);
    expect(await warned({ waiting: 'with' })).toEqual([['watch-after-exit', CASE, '2021-10-05']]);
    desk.at('2021-10-05T02:00:00.000Z');
    expect(await warned()).toEqual([['watch-after-exit', CASE, '2021-10-05']]);
  });

  test('money that came back twice in a year warns; the same return told twice, or one long ago, does not', async () => {
    await returned('return-0', '2020-05-05T02:00:00.000Z');
    await returned('return-1', '2021-06-05T02:00:00.000Z');
    await returned('return-1', '2021-06-05T02:00:00.000Z');
    expect(await warned()).toEqual([]);

    await returned('return-2', '2021-07-05T02:00:00.000Z');
    await returned('return-3', '2021-07-05T03:00:00.000Z');

    expect(await warned()).toEqual([['returned-again', CASE, undefined]]);
  });

  test('relief granted to the same person twice in a year warns, though each grant is a case of its own', async () => {
    const objects = new Map<string, Uint8Array>();
    const handover = handoverIn({
      get: async (key) => objects.get(key),
      put: async (key, bytes) => {
        objects.set(key, bytes);
      },
    });
    const identityNumber = '330799196001010013';
    const grant = async (caseNo: string, time: string) => {
      await handover.give(caseNo, { [caseNo]: { name: NAME, identityNumber } });
      const data = {
        caseNo,
        month: '2021-07',
        amountFen: 1,
        persons: 1,
        areaCode: VILLAGE,
        handover: caseNo,
      };
      await watchRelief(desk.table, desk.seals, handover)(eventOf(ReliefGranted, data, caseNo, time));
    };
    await grant('LS0', '2020-12-31T02:00:00.000Z');
    await grant('LS1', '2021-03-05T02:00:00.000Z');
    await grant('LS1', '2021-03-05T02:00:00.000Z');
    expect(await warned()).toEqual([]);

    await grant('LS2', '2021-07-05T02:00:00.000Z');

    expect(await warned()).toEqual([['relieved-again', 'LS2', undefined]]);
    expect(desk.everything()).not.toContain(identityNumber);
  });
});
