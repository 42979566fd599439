import { beforeEach, expect, test } from 'vitest';
import { RecountAsked } from '../../events/reporting.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { AreaCode } from '../../shared/area.ts';
import { addTo, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { Month } from '../../shared/month.ts';
import { record } from './entry.ts';
import { listRecounts, readFigure, startRecount } from './figure-routes.ts';
import { indicators } from './indicators.ts';
import { listRecountsHandler } from './list-recounts.ts';
import { readFigureHandler } from './read-figure.ts';
import { recountFigures } from './recount-figures.ts';
import { AT, batchOf, DISTRICT, determined, OTHER, TOWN } from './sample-events.ts';
import { startRecountHandler } from './start-recount.ts';
import { keys, reportingTable } from './table.ts';

/** All figures counted anew, through the handlers. That it gives the same for all events is a property in figures.test.ts. */

const bureau = sampleOfficer('district-clerk', DISTRICT);
const chief = sampleOfficer('section-chief', DISTRICT);
const events = [determined('new', '2021-02'), determined('new', '2021-03', { caseNo: 'B', areaCode: OTHER })];

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
beforeEach(() => {
  desk = openSampleDesk(reportingTable, AT);
  const { deps } = desk;
  ask = desk.serving({
    readFigure: readFigureHandler(deps),
    startRecount: startRecountHandler(deps, () => 'recount-1'),
    listRecounts: listRecountsHandler(deps),
  });
});

const figureOf = async (indicatorId: string) => {
  const { body } = await ask(readFigure, bureau, { params: { indicatorId }, query: { period: '2021H1' } });
  return body.value;
};
/** Asks for a recount and carries it out, as its event would have it. */
const recounted = async () => {
  const { status, body } = await ask(startRecount, chief);
  expect([status, body.state]).toEqual([202, 'running']);
  const data = { recountId: 'recount-1', askedBy: chief.id };
  const fact = { subject: 'recount/recount-1', which: 'asked', at: AT, correlationId: 'c', data };
  const told = batchOf([happened(RecountAsked, fact)]);
  for (const _ of ['once', 'again'])
    expect(await recountFigures(desk.table, () => AT)(told)).toEqual({ batchItemFailures: [] });
  const [found] = (await ask(listRecounts, chief)).body.items as [Record<string, unknown>];
  return found;
};

test('an indicator that is added later counts what was kept before', async () => {
  const without = indicators.filter(({ id }) => id !== 'assistance.persons');
  await record(desk.table, without, events);
  expect(await figureOf('assistance.persons')).toBe(0);

  expect(await recounted()).toMatchObject({ state: 'done', events: 2, added: 2, differing: 0 });

  expect(await figureOf('assistance.persons')).toBe(4);
  expect(await figureOf('assistance.households')).toBe(2);
});

test('a total that somebody changed is found by a recount, told, and left as it is', async () => {
  await record(desk.table, indicators, events);
  const total = keys.total('assistance.households', Month.parse('2021-02'), AreaCode.parse(TOWN), 'dibao');
  await transact(desk.table, [addTo(desk.table, total, { value: 5 })]);

  expect(await recounted()).toMatchObject({
    ...{ events: 2, added: 0, differing: 1 },
    differences: [
      {
        ...{ indicator: 'assistance.households', month: '2021-02', town: TOWN, programme: 'dibao' },
        counted: { value: 1, facts: 1 },
        running: { value: 6, facts: 1 },
      },
    ],
  });
  expect(await figureOf('assistance.households')).toBe(7);
  expect(await ask(startRecount, sampleOfficer('township-clerk', TOWN))).toMatchObject({ status: 403 });
});
