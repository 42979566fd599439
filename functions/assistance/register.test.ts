import { beforeEach, describe, expect, test } from 'vitest';
import {
  findCases,
  listCases,
  listReviewsDue,
  readCase,
  readCaseExplanation,
  readRegisterCounts,
  unmaskCase,
} from './case-routes.ts';
import { findCasesHandler } from './find-cases.ts';
import { listCasesHandler } from './list-cases.ts';
import { listReviewsDueHandler } from './list-reviews-due.ts';
import { readCaseHandler } from './read-case.ts';
import { readCaseExplanationHandler } from './read-case-explanation.ts';
import { readRegisterCountsHandler } from './read-register-counts.ts';
import { officer, openSampleRegister, type SampleRegister, TOWN, VILLAGE } from './sample-register.ts';
import { unmaskCaseHandler } from './unmask-case.ts';

/** Reading the register: everybody sees his own area, and nobody a number in full without a reason. */

const OTHER_TOWN = '330702002000';
const OTHER_VILLAGE = '330702002015';
const clerk = officer('township-clerk', 'clerk-1', TOWN);
const stranger = officer('township-clerk', 'clerk-2', OTHER_TOWN);
const chief = officer('section-chief', 'chief-1');

let desk: SampleRegister;
let ask: ReturnType<SampleRegister['serving']>;
beforeEach(() => {
  desk = openSampleRegister('2021-05-20T02:00:00.000Z');
  const { deps, seals } = desk;
  ask = desk.serving({
    listCases: listCasesHandler(deps, seals),
    findCases: findCasesHandler(deps, seals),
    readCase: readCaseHandler(deps, seals),
    readCaseExplanation: readCaseExplanationHandler(deps),
    unmaskCase: unmaskCaseHandler(deps, seals),
    listReviewsDue: listReviewsDueHandler(deps, seals),
    readRegisterCounts: readRegisterCountsHandler(deps),
  });
});

const enter = (caseNo: string, areaCode = VILLAGE, ableToWork = false) =>
  desk.enter({ caseNo, from: '2021-01', members: [{ ableToWork }, {}], facts: { areaCode } });
const rowsOf = ({ body }: { body: Readonly<Record<string, unknown>> }) =>
  body.items as { caseNo: string; overdue?: boolean }[];
const numbersOf = (answer: { body: Readonly<Record<string, unknown>> }) =>
  rowsOf(answer).map(({ caseNo }) => caseNo);

describe('the list', () => {
  test('goes by village and number, page by page, over all towns of the district', async () => {
    for (const [caseNo, area] of [
      ['DB3', OTHER_VILLAGE],
      ['DB2', VILLAGE],
      ['DB1', '330702001010'],
    ] as const)
      await enter(caseNo, area);
    const first = await ask(listCases, chief, { query: { programme: 'dibao', limit: 2 } });
    const cursor = String(first.body.next);
    const second = await ask(listCases, chief, { query: { programme: 'dibao', limit: 2, cursor } });

    expect(numbersOf(first)).toEqual(['DB2', 'DB1']);
    expect(numbersOf(second)).toEqual(['DB3']);
  });

  test('shows a town its own cases, a village those of the village, and refuses others', async () => {
    await enter('DB1');
    await enter('DB2', OTHER_VILLAGE);
    const list = (who: typeof clerk, areaCode?: string) =>
      ask(listCases, who, { query: { programme: 'dibao', areaCode } });

    expect(numbersOf(await list(clerk))).toEqual(['DB1']);
    expect(numbersOf(await list(chief, OTHER_VILLAGE))).toEqual(['DB2']);
    expect((await list(clerk, OTHER_VILLAGE)).code).toBe('OUTSIDE_AREA');
  });

  test('may be narrowed to a state', async () => {
    await enter('DB1');
    const query = { programme: 'dibao', state: 'ended' };

    expect(numbersOf(await ask(listCases, chief, { query }))).toEqual([]);
  });
});

describe('a person', () => {
  test('is found by the number in every case of the officer’s area', async () => {
    const { persons } = await enter('DB1');
    const body = { identityNumber: persons.m2?.identityNumber };

    expect(numbersOf(await ask(findCases, clerk, { body }))).toEqual(['DB1']);
    expect(numbersOf(await ask(findCases, stranger, { body }))).toEqual([]);
    expect((await ask(findCases, clerk, { body: { identityNumber: '1' } })).code).toBe('PERSON_REFUSED');
  });

  test('is found by the name of its head in full, in the own area, and by one of number and name only', async () => {
    await enter('DB1');
    await enter('DB2', OTHER_VILLAGE);
    const { body: listed } = await ask(listCases, clerk, { query: { programme: 'dibao' } });
    const [{ head = '' } = {}] = listed.items as { head?: string }[];

    expect(numbersOf(await ask(findCases, clerk, { body: { name: head } }))).toContain('DB1');
    expect(numbersOf(await ask(findCases, stranger, { body: { name: head } }))).not.toContain('DB1');
    expect(numbersOf(await ask(findCases, clerk, { body: { name: '查无此人' } }))).toEqual([]);
    expect((await ask(findCases, clerk, { body: { name: head, identityNumber: '1' } })).status).toBe(400);
    expect((await ask(findCases, clerk, { body: {} })).status).toBe(400);
    expect(desk.everything()).not.toContain(head);
  });

  test('is shown with the number masked, and in full only for a reason that is kept', async () => {
    const { persons } = await enter('DB1');
    const identityNumber = persons.m1?.identityNumber ?? '';
    const params = { caseNo: 'DB1' };
    const read = await ask(readCase, clerk, { params });
    const body = { memberId: 'm1', fields: ['identityNumber'], reason: '核对档案' };
    const shown = await ask(unmaskCase, clerk, { params, body });

    expect(JSON.stringify(read.body)).not.toContain(identityNumber);
    expect(read.body).toMatchObject({
      members: [{ name: persons.m1?.name, identityNumber: expect.stringContaining('*') }, {}],
      determinations: [{ kindName: '新增', reasonName: '申请批准' }],
      inForce: { number: 1 },
    });
    expect(shown.body).toEqual({ identityNumber });
    expect(await desk.eventsOf('case/DB1')).toEqual([
      {
        type: 'assistance.case-data-shown.v1',
        caseNo: 'DB1',
        memberId: 'm1',
        fields: ['identityNumber'],
        shownTo: 'clerk-1',
      },
    ]);
    expect((await ask(unmaskCase, stranger, { params, body })).code).toBe('OUTSIDE_AREA');
    expect((await ask(readCase, stranger, { params })).code).toBe('OUTSIDE_AREA');
  });
});

describe('reviews', () => {
  test('are listed from the most overdue on, and not before they are due', async () => {
    await enter('DB1');
    await enter('DB2', VILLAGE, true);
    desk.at('2021-09-10T02:00:00.000Z');
    const soon = await ask(listReviewsDue, clerk);
    const later = await ask(listReviewsDue, clerk, { query: { until: '2022-05' } });

    expect(rowsOf(soon).map(({ caseNo, overdue }) => [caseNo, overdue])).toEqual([['DB2', true]]);
    expect(numbersOf(later)).toEqual(['DB2', 'DB1']);
    expect(numbersOf(await ask(listReviewsDue, stranger))).toEqual([]);
  });
});

describe('counts', () => {
  test('are of the area alone, and add up over its towns', async () => {
    await enter('DB1');
    await enter('DB2');
    await enter('DB3', OTHER_VILLAGE);
    const dibao = { households: 3, gradualExit: 0, persons: 6, amountFen: 3 * 1700_00 };

    const all = (await ask(readRegisterCounts, chief)).body;
    expect(all.programmes).toContainEqual({ programme: 'dibao', ...dibao });
    expect(all.towns).toMatchObject([
      { areaCode: TOWN, areaName: '城东街道', households: 2, persons: 4 },
      { areaCode: OTHER_TOWN, households: 1 },
    ]);
    expect((await ask(readRegisterCounts, stranger)).body.programmes).toContainEqual({
      programme: 'dibao',
      households: 1,
      gradualExit: 0,
      persons: 2,
      amountFen: 1700_00,
    });
    expect((await ask(readRegisterCounts, clerk, { query: { areaCode: OTHER_TOWN } })).code).toBe(
      'OUTSIDE_AREA',
    );
  });
});

test('an explanation says so when the amount came from an old register and the rules come to another', async () => {
  await desk.enter({ caseNo: 'DB1', from: '2021-01', members: [{}], amountFen: 600_00 });
  const explain = (month: string) =>
    ask(readCaseExplanation, chief, { params: { caseNo: 'DB1' }, query: { month } });

  expect((await explain('2021-05')).body).toMatchObject({
    agrees: false,
    remark: expect.stringContaining('原有名册'),
    verdict: { amountFen: 850_00 },
    determination: { amountFen: 600_00 },
  });
  expect((await explain('2020-12')).code).toBe('NO_DETERMINATION');
});
