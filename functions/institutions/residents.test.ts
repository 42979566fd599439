import { beforeEach, describe, expect, test } from 'vitest';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { Month } from '../../shared/month.ts';
import { admitResidentHandler } from './admit-resident.ts';
import { dischargeResidentHandler } from './discharge-resident.ts';
import { amountFor, entitlementsOf, keepEntitlements } from './entitlement-store.ts';
import { listCareHomes, recordCareHome } from './home-routes.ts';
import { listCareHomesHandler } from './list-care-homes.ts';
import { listResidentsHandler } from './list-residents.ts';
import { readResidentHandler } from './read-resident.ts';
import { recordAbsenceHandler } from './record-absence.ts';
import { recordCareHomeHandler } from './record-care-home.ts';
import {
  admitResident,
  dischargeResident,
  listResidents,
  readResident,
  recordAbsence,
} from './resident-routes.ts';
import { institutionsTable } from './table.ts';

/** Institutions and who lives there, through the handlers, on the real SDK and an engine in this process. */

const HOME = '1133070200259915X2';
/** Satisfies both check characters; 330799 was never given to a place. */
const OTHER = '12330799TE5T00016L';
const TOWN = '330702100000';
const NAME = '诸葛䶮';
const clerk = sampleOfficer('township-clerk', TOWN);
const bureau = sampleOfficer('district-clerk', '330702000000');

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
beforeEach(async () => {
  desk = openSampleDesk(institutionsTable, '2021-07-20T02:00:00.000Z');
  const { deps, seals } = desk;
  ask = desk.serving({
    recordCareHome: recordCareHomeHandler(deps),
    listCareHomes: listCareHomesHandler(deps),
    admitResident: admitResidentHandler(deps, seals),
    recordAbsence: recordAbsenceHandler(deps),
    dischargeResident: dischargeResidentHandler(deps),
    listResidents: listResidentsHandler(deps, seals),
    readResident: readResidentHandler(deps, seals),
  });
  await aHome(HOME);
});

const aHome = (creditCode: string, more: object = {}) =>
  ask(recordCareHome, bureau, {
    params: { creditCode },
    body: { name: '罗店镇敬老院', areaCode: TOWN, kind: 'public', beds: 2, ...more },
  });
const admit = (caseNo: string, more: object = {}, who = clerk) =>
  ask(admitResident, who, {
    params: { caseNo },
    body: { creditCode: HOME, name: NAME, on: '2021-07-05', ...more },
  });
const discharge = (caseNo: string, on: string) =>
  ask(dischargeResident, clerk, { params: { caseNo }, body: { on, reason: 'moved' } });
const itemsOf = (body: Readonly<Record<string, unknown>>) =>
  body.items as readonly Readonly<Record<string, unknown>>[];

describe('a care institution', () => {
  test('is known by a credit code that is right, and recorded again alike it has not changed', async () => {
    await aHome(HOME);

    expect((await aHome('1133070200259915X3')).code).toBe('INVALID_REQUEST');
    expect(await desk.eventsOf(`home/${HOME}`)).toHaveLength(1);
    const [home] = itemsOf((await ask(listCareHomes, clerk)).body);
    expect(home).toMatchObject({
      creditCode: HOME,
      areaName: '罗店镇',
      kindName: '公办',
      occupied: 0,
      fundFen: 0,
    });
  });

  test('takes no more persons than it has beds, neither loses beds nor closes under them', async () => {
    await admit('TK1');
    await admit('TK2');

    expect((await admit('TK3')).code).toBe('NO_BED_FREE');
    expect((await aHome(HOME, { beds: 1 })).code).toBe('BEDS_TAKEN');
    expect((await aHome(HOME, { state: 'closed' })).code).toBe('HOME_OCCUPIED');
    await discharge('TK1', '2021-07-10');
    await discharge('TK2', '2021-07-10');
    expect((await aHome(HOME, { state: 'closed' })).status).toBe(200);
    expect((await admit('TK3')).code).toBe('HOME_CLOSED');
  });

  test('gives its last bed once when two ask at the same moment', async () => {
    await admit('TK1');

    const answers = await Promise.all([admit('TK2'), admit('TK3')]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  test('is closed or taken into at the same moment, not both', async () => {
    const [closing, admission] = await Promise.all([aHome(HOME, { state: 'closed' }), admit('TK1')]);

    expect([closing.status < 300, admission.status < 300].filter(Boolean)).toHaveLength(1);
  });
});

describe('a resident', () => {
  test('lives in one place: of two admissions at the same moment the database refuses one', async () => {
    await aHome(OTHER);

    const answers = await Promise.all([admit('TK1'), admit('TK1', { creditCode: OTHER })]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await admit('TK1')).code).toBe('ADMITTED_ALREADY');
  });

  test('moves within a day, which belongs to the new place, and is listed in both as who is there and who was', async () => {
    await aHome(OTHER);
    await admit('TK1');
    await discharge('TK1', '2021-07-10');
    await admit('TK1', { creditCode: OTHER, on: '2021-07-10' });

    const read = await ask(readResident, clerk, { params: { caseNo: 'TK1' }, query: { month: '2021-07' } });
    const present = await ask(listResidents, clerk, { params: { creditCode: HOME } });
    const everybody = await ask(listResidents, clerk, {
      params: { creditCode: HOME },
      query: { with: 'everybody' },
    });

    expect(read.body).toMatchObject({ creditCode: OTHER, name: NAME, bedDays: { occupied: 22 } });
    expect(itemsOf(present.body)).toEqual([]);
    expect(itemsOf(everybody.body)).toMatchObject([
      { caseNo: 'TK1', livesHere: false, stays: [{ creditCode: HOME }] },
    ]);
  });

  test('is away and comes back under the day on which the absence began', async () => {
    await admit('TK1');
    const away = (body: object) => ask(recordAbsence, clerk, { params: { caseNo: 'TK1' }, body });

    await away({ kind: 'hospital', from: '2021-07-10' });
    await away({ kind: 'hospital', from: '2021-07-10', to: '2021-07-15' });

    const read = await ask(readResident, clerk, { params: { caseNo: 'TK1' } });
    expect(read.body.bedDays).toEqual({ month: '2021-07', occupied: 22, hospital: 5, leave: 0 });
    expect((await away({ kind: 'leave', from: '2021-07-12' })).code).toBe('ABSENCE_OVERLAPS');
    expect((await away({ kind: 'leave', from: '2021-07-21' })).code).toBe('DATE_REFUSED');
  });

  test('is no business of another town, and his name is sealed at rest, in events and in remembered answers', async () => {
    const stranger = sampleOfficer('township-clerk', '330702101000', 'stranger');
    await admit('TK1');

    expect((await admit('TK2', {}, stranger)).code).toBe('OUTSIDE_AREA');
    expect((await ask(readResident, stranger, { params: { caseNo: 'TK1' } })).code).toBe('OUTSIDE_AREA');
    expect((await ask(listResidents, stranger, { params: { creditCode: HOME } })).code).toBe('OUTSIDE_AREA');
    expect(itemsOf((await ask(listCareHomes, stranger)).body)).toEqual([]);
    expect(desk.everything()).toContain('TK1');
    expect(desk.everything()).not.toContain(NAME);
  });
});

test('what is paid for a case is known by version, in whatever order and however often it is told', async () => {
  const version = (number: number, from: string, amountFen: number) => ({
    caseNo: 'TK1',
    version: number,
    from: Month.parse(from),
    amountFen,
  });
  const [first, second, third] = [
    version(1, '2021-01', 1),
    version(2, '2021-07', 2),
    version(3, '2021-06', 3),
  ];
  await keepEntitlements(desk.table, [third, first]);
  await keepEntitlements(desk.table, [second, first]);

  const versions = await entitlementsOf(desk.table, 'TK1');
  const amounts = ['2020-12', '2021-05', '2021-06', '2021-07'].map((month) =>
    amountFor(versions, Month.parse(month)),
  );
  expect(amounts).toEqual([undefined, 1, 3, 3]);
});
