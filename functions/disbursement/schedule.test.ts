import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../../infra/local/clock.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { row } from '../../month/sample-roster.ts';
import { Month } from '../../shared/month.ts';
import { approveBatch, listRuns } from './run-routes.ts';

/** The first of the month, on a clock that is moved by hand. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const firstOfJuly = Date.parse('2021-07-01T01:00:00+08:00');
const runId = '2021-07-dibao-regular';

let clock: DrivenClock;
let bureau: Bureau;
beforeAll(async () => {
  clock = drivenClock(firstOfJuly - 2 * MINUTE);
  bureau = await openBureau({ clock, schedules: true });
  await bureau.importRoster([row(1), row(2, { 项目: '儿童主任', 案号: 'E002' })]);
}, 60_000);
afterAll(() => bureau.stop());

const runs = async () => {
  const { items } = await bureau.preparer(listRuns, { query: { limit: 200 } });
  return items.map(({ runId: id, state, openedBy, totals }) => [id, state, openedBy, totals.lines]);
};
const opened = [
  ['2021-07-child-director-regular', 'planned', 'schedule', 1],
  ['2021-07-child-regular', 'planned', 'schedule', 0],
  ['2021-07-destitute-regular', 'planned', 'schedule', 0],
  ['2021-07-dibao-regular', 'planned', 'schedule', 1],
];

test('at one in the morning of the first, in Shanghai, the run of every monthly programme is opened; not a moment before, and none of what is paid once', async () => {
  await clock.advance(firstOfJuly - clock.now() - 1);
  await bureau.settle();
  const before = await runs();
  await clock.advance(1);
  await bureau.settle();

  expect(before).toEqual([]);
  expect((await runs()).toSorted()).toEqual(opened);
});

test('an officer who opens one as well is given the schedule’s', async () => {
  expect(await bureau.open('dibao', Month.parse('2021-07'))).toMatchObject({ runId, openedBy: 'schedule' });
  expect((await runs()).toSorted()).toEqual(opened);
});

test('a run that nobody prepared needs two approvers', async () => {
  const once = await bureau.approve(runId);
  const [first, second] = bureau.approvers;
  expect(once).toMatchObject({
    state: 'planned',
    batchList: [{ approvalsNeeded: 2, approvals: [{ name: first?.name }] }],
  });

  await second?.desk(approveBatch, { params: { runId, batch: 1 } });
  await bureau.settle();

  expect(await bureau.run(runId)).toMatchObject({ state: 'issued' });
});

test('the next month opens by itself too, and nothing opens in between', async () => {
  await clock.advance(30 * DAY);
  await bureau.settle();
  const inJuly = (await runs()).length;
  await clock.advance(DAY);
  await bureau.settle();

  expect(inJuly).toBe(4);
  expect((await runs()).map(([id]) => id)).toContain('2021-08-dibao-regular');
  expect(await runs()).toHaveLength(8);
  expect(bureau.cloud.deadLetters()).toEqual([]);
});
