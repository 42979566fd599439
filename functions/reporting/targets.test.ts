import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { ReliefGiven } from '../../events/relief.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { addDays } from '../../shared/clock.ts';
import { happened } from '../../shared/event.ts';
import { decideTargetHandler } from './decide-target.ts';
import { record } from './entry.ts';
import { indicators } from './indicators.ts';
import { listTargetsHandler } from './list-targets.ts';
import { proposeTargetHandler } from './propose-target.ts';
import { reportProgressHandler } from './report-progress.ts';
import { reportingTable } from './table.ts';
import { standingOf } from './target.ts';
import { decideTarget, listTargets, proposeTarget, reportProgress } from './target-routes.ts';

/** Targets: two officers, an actual value from a figure or a report, days ahead or behind, a light. */

const DISTRICT = '330702000000';
const YEAR = { plan: 120, startsOn: '2021-01-01', dueOn: '2021-12-31' };

describe('how a target stands', () => {
  test.each([
    ['half done at half time is on time', 60, '2021-07-02', { expected: 60, daysAhead: 0, light: 'green' }],
    ['a little behind is amber', 55, '2021-07-02', { daysAhead: -16, light: 'amber' }],
    ['far behind is red', 30, '2021-07-02', { light: 'red' }],
    [
      'reached is green, and ahead by the days that are left',
      120,
      '2021-12-01',
      { daysAhead: 30, light: 'green' },
    ],
    ['unreached after the last day is red', 119, '2022-01-10', { light: 'red' }],
    ['before it begins nothing is expected', 0, '2020-12-01', { expected: 0, daysAhead: 0, light: 'green' }],
  ])('%s', (_, actual, today, standing) => {
    expect(standingOf(YEAR, actual, today, 30)).toMatchObject(standing);
  });

  test('more done is never worse, and a later day with the same done is never better', () => {
    fc.assert(
      fc.property(fc.nat(130), fc.nat(130), fc.nat(500), fc.nat(60), (a, b, day, later) => {
        const on = (days: number) => addDays('2020-12-01', days);
        const [less, more] = a < b ? [a, b] : [b, a];

        expect(standingOf(YEAR, more, on(day), 30).daysAhead).toBeGreaterThanOrEqual(
          standingOf(YEAR, less, on(day), 30).daysAhead,
        );
        expect(standingOf(YEAR, less, on(day + later), 30).daysAhead).toBeLessThanOrEqual(
          standingOf(YEAR, less, on(day), 30).daysAhead,
        );
      }),
    );
  });
});

describe('the life of a target', () => {
  const maker = sampleOfficer('district-clerk', DISTRICT, 'maker');
  const chief = sampleOfficer('section-chief', DISTRICT, 'chief');
  let desk: SampleDesk;
  let ask: ReturnType<SampleDesk['serving']>;
  beforeEach(() => {
    let ids = 0;
    desk = openSampleDesk(reportingTable, '2021-07-02T02:30:00.000Z');
    ask = desk.serving({
      proposeTarget: proposeTargetHandler(desk.deps, () => `target-${++ids}`),
      decideTarget: decideTargetHandler(desk.deps),
      reportProgress: reportProgressHandler(desk.deps),
      listTargets: listTargetsHandler(desk.deps),
    });
  });
  const written = {
    ...YEAR,
    name: '困难老年人家庭适老化改造',
    unitName: '户',
    owner: '养老服务科',
    sentence: '今年计划对困难老年人家庭进行适老化改造。',
  };
  const propose = async (more: object = {}) => {
    const { body } = await ask(proposeTarget, maker, { body: { ...written, ...more } });
    return String(body.targetId);
  };
  const decide = (targetId: string, officer = chief, decision = 'approve') =>
    ask(decideTarget, officer, { params: { targetId }, body: { decision } });
  const progress = (targetId: string, value: number) =>
    ask(reportProgress, maker, {
      params: { targetId },
      body: { value, on: '2021-06-30', source: '项目验收单' },
    });

  test('holds when another officer agrees, and is measured by what is reported', async () => {
    const targetId = await propose();
    expect(await progress(targetId, 10)).toMatchObject({ code: 'WRONG_STATE' });
    const same = sampleOfficer('section-chief', DISTRICT, 'maker');
    expect(await decide(targetId, same)).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect((await decide(targetId)).body).not.toHaveProperty('actual');

    expect(await progress(targetId, 60)).toMatchObject({
      body: { actual: 60, daysAhead: 0, light: 'green' },
    });
    expect(await decide(targetId)).toMatchObject({ code: 'WRONG_STATE' });
  });

  test('of a figure takes its actual value from there, and from nobody’s report', async () => {
    const targetId = await propose({ indicatorId: 'relief.cases', plan: 2 });
    await decide(targetId);
    const data = {
      ...{
        caseNo: '1',
        areaCode: '330702100000',
        entryId: 'e',
        year: 2021,
        month: '2021-06',
        amountFen: 100,
      },
      ...{ persons: 1, method: 'cash', inAdvance: false, by: 'x' },
    };
    const fact = { subject: 'case/1', which: 'e', at: '2021-06-20T02:30:00.000Z', correlationId: 'c', data };
    await record(desk.table, indicators, [happened(ReliefGiven, fact)]);

    const { body } = await ask(listTargets, chief, { query: { state: 'agreed' } });
    expect(body.items).toMatchObject([{ targetId, actual: 1, expected: 1, lightName: '按期' }]);
    expect(await progress(targetId, 5)).toMatchObject({ code: 'TARGET_MEASURED' });
  });

  test('is refused with a figure that does not exist, and with a last day before the first', async () => {
    expect(await ask(proposeTarget, maker, { body: { ...written, indicatorId: 'a.b' } })).toMatchObject({
      code: 'INDICATOR_NOT_FOUND',
    });
    expect((await ask(proposeTarget, maker, { body: { ...written, dueOn: '2020-12-31' } })).status).toBe(400);
  });
});
