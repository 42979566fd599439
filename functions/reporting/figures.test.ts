import type { SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { RowResolved } from '../../events/disbursement.ts';
import { ReliefGiven } from '../../events/relief.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import type { Envelope } from '../../shared/event.ts';
import { happened } from '../../shared/event.ts';
import { record } from './entry.ts';
import { listFigureFacts, listFigures, listKeptEvents, readFigure } from './figure-routes.ts';
import { indicators } from './indicators.ts';
import { keepEvents } from './keep-events.ts';
import { listFigureFactsHandler } from './list-figure-facts.ts';
import { listFiguresHandler } from './list-figures.ts';
import { listKeptEventsHandler } from './list-kept-events.ts';
import { readFigureHandler } from './read-figure.ts';
import { countAnew, differencesOf, runningTotals } from './recount.ts';
import { AT, batchOf, DISTRICT, determined, OTHER, settled, TOWN, VILLAGE } from './sample-events.ts';
import { reportingTable } from './table.ts';

/** Events kept, figures read, facts drilled down to: through the handlers, on the real SDK and an engine in this process. */

const bureau = sampleOfficer('district-clerk', DISTRICT);
const clerk = sampleOfficer('township-clerk', TOWN);

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
const open = () => {
  desk = openSampleDesk(reportingTable, AT);
  const { deps } = desk;
  ask = desk.serving({
    listFigures: listFiguresHandler(deps),
    readFigure: readFigureHandler(deps),
    listFigureFacts: listFigureFactsHandler(deps),
    listKeptEvents: listKeptEventsHandler(deps),
  });
};
beforeEach(open);

const keep = async (...events: Envelope[]) => {
  const { batchItemFailures } = await keepEvents(desk.table)(batchOf(events));
  expect(batchItemFailures).toEqual([]);
};

const figureOf = async (indicatorId: string, officer = bureau, query: Record<string, string> = {}) => {
  const params = { indicatorId };
  const { body } = await ask(readFigure, officer, { params, query: { period: '2021H1', ...query } });
  return body.value;
};
type Fact = { readonly value: number; readonly subject: string; readonly areaCode: string };
const factsOf = async (
  indicatorId: string,
  officer = bureau,
  query: Record<string, string | number> = {},
) => {
  const facts: Fact[] = [];
  for (let cursor: string | undefined; ; ) {
    const { body } = await ask(listFigureFacts, officer, {
      params: { indicatorId },
      query: { period: '2021H1', ...query, cursor },
    });
    facts.push(...(body.items as Fact[]));
    if (body.next === undefined) return facts;
    cursor = String(body.next);
  }
};

describe('the register in figures', () => {
  test('a household counts from the month its determination begins until the month it is stopped', async () => {
    await keep(
      determined('new', '2021-02'),
      determined('new', '2021-03', { caseNo: 'B', areaCode: OTHER, persons: 3, amountFen: 120_000 }),
      determined(
        'increase',
        '2021-04',
        { number: 2, amountFen: 100_000, persons: 2 },
        { amountFen: 90_000, persons: 2 },
      ),
      determined(
        'stop',
        '2021-05',
        { number: 3, amountFen: 0, persons: 0 },
        { amountFen: 100_000, persons: 2 },
        'died',
      ),
    );

    expect(await figureOf('assistance.households')).toBe(1);
    expect(await figureOf('assistance.persons')).toBe(3);
    expect(await figureOf('assistance.monthly-amount')).toBe(120_000);
    expect(await figureOf('assistance.households', bureau, { period: '2021-04' })).toBe(2);
    expect(await figureOf('assistance.monthly-amount', bureau, { period: '2021-04' })).toBe(220_000);
    expect(await figureOf('assistance.households-added')).toBe(2);
    expect(await figureOf('assistance.persons-ended')).toBe(2);
  });

  test('is told month by month, by town and by programme, beside the period before', async () => {
    await keep(determined('new', '2020-12'), determined('new', '2021-03', { caseNo: 'B', areaCode: OTHER }));

    const { body } = await ask(readFigure, bureau, {
      params: { indicatorId: 'assistance.households' },
      query: { period: '2021Q1' },
    });

    expect(body).toMatchObject({
      value: 2,
      before: 1,
      periodName: '2021年第一季度',
      byMonth: [
        { month: '2021-01', value: 1 },
        { month: '2021-02', value: 1 },
        { month: '2021-03', value: 2 },
      ],
      byTown: [{ areaCode: TOWN, value: 1 }, { value: 1 }],
      byProgramme: [{ programme: 'dibao', programmeName: '低保', value: 2 }],
    });
  });
});

test('has no month before the first it was counted in, and a zero in every later one', async () => {
  await keep(determined('new', '2021-03'));
  const { body } = await ask(readFigure, bureau, {
    params: { indicatorId: 'assistance.households-added' },
    query: { period: '2021H1' },
  });

  expect(body).toMatchObject({
    byMonth: [
      { month: '2021-03', value: 1 },
      { month: '2021-04', value: 0 },
      { month: '2021-05', value: 0 },
      { month: '2021-06', value: 0 },
    ],
  });
});

test('a household that moves leaves the figures of one town for those of the other, and neither came nor left', async () => {
  await keep(
    determined('new', '2021-02'),
    determined(
      'increase',
      '2021-04',
      { number: 2, areaCode: OTHER },
      { amountFen: 90_000, persons: 2, areaCode: VILLAGE },
      'moved-within',
    ),
  );
  const inTown = (areaCode: string, period: string) =>
    figureOf('assistance.households', bureau, { areaCode, period });

  expect(await inTown(TOWN, '2021-03')).toBe(1);
  expect(await inTown(TOWN, '2021-04')).toBe(0);
  expect(await inTown('330702101000', '2021-04')).toBe(1);
  expect(await figureOf('assistance.households-added')).toBe(1);
  expect(await figureOf('assistance.households-ended')).toBe(0);
});

describe('payments in figures', () => {
  test('count when they arrive, and are taken back when the bank does', async () => {
    const line = { caseNo: 'A', areaCode: VILLAGE, amountFen: 90_000 };
    await keep(settled('1', [line, { caseNo: 'B', areaCode: OTHER, amountFen: 50_000 }]));
    const data = { returnId: 'r', row: 1, resolution: 'reverse', resolvedBy: 'x' };
    const reversed = { runId: '2021-05-dibao-regular', programme: 'dibao', month: '2021-05', ...line };
    const fact = { subject: 'return/r', which: 'row-1', at: AT, correlationId: 'c' };

    expect(await figureOf('disbursement.paid')).toBe(140_000);
    await keep(happened(RowResolved, { ...fact, data: { ...data, reversed } }));

    expect(await figureOf('disbursement.paid')).toBe(50_000);
    expect(await figureOf('disbursement.payments')).toBe(1);
  });
});

test('without a single event of its kinds a figure has no data, which is not a zero', async () => {
  await keep(determined('new', '2021-02'));

  const { body } = await ask(listFigures, bureau, { query: { period: '2021H1' } });
  const items = body.items as { indicator: { id: string }; value?: number }[];
  const valueIn = (id: string) => items.find(({ indicator }) => indicator.id === id);

  expect(items).toHaveLength(indicators.length);
  expect(valueIn('relief.amount')).not.toHaveProperty('value');
  expect(valueIn('assistance.households-ended')).toMatchObject({ value: 0 });
  expect(await figureOf('assistance.households-ended', bureau, { period: '2020' })).toBeUndefined();
});

describe('who sees what', () => {
  beforeEach(async () => {
    await keep(determined('new', '2021-02'), determined('new', '2021-02', { caseNo: 'B', areaCode: OTHER }));
  });

  test('a town sees its own figures and facts, and nothing of another', async () => {
    expect(await figureOf('assistance.households', clerk)).toBe(1);
    expect(await factsOf('assistance.households', clerk)).toMatchObject([
      { subject: 'A', areaCode: VILLAGE },
    ]);
    for (const route of [readFigure, listFigureFacts]) {
      const asked = {
        params: { indicatorId: 'assistance.households' },
        query: { period: '2021H1', areaCode: DISTRICT },
      };
      expect(await ask(route, clerk, asked)).toMatchObject({ code: 'OUTSIDE_AREA' });
    }
  });

  test('a village has no totals of its own, and is told so', async () => {
    const asked = {
      params: { indicatorId: 'assistance.households' },
      query: { period: '2021H1', areaCode: VILLAGE },
    };

    expect(await ask(readFigure, clerk, asked)).toMatchObject({ status: 422, code: 'AREA_NOT_COUNTED' });
  });

  test('kept events are listed by the town they happened in', async () => {
    const query = { context: 'assistance', month: '2021-06' };
    const all = await ask(listKeptEvents, bureau, { query });
    const own = await ask(listKeptEvents, clerk, { query });

    expect(all.body.items).toHaveLength(2);
    expect(own.body.items).toMatchObject([{ subject: 'case/A', areaCode: TOWN }]);
  });
});

const towns = [VILLAGE, OTHER, '330702102201'];
const someEvents = fc.array(
  fc.record({
    kind: fc.constantFrom('determined', 'paid', 'relief'),
    caseNo: fc.integer({ min: 1, max: 6 }).map(String),
    areaCode: fc.constantFrom(...towns),
    month: fc.integer({ min: 1, max: 6 }).map((month) => `2021-0${month}`),
    value: fc.integer({ min: 1, max: 500_000 }),
  }),
  { minLength: 1, maxLength: 12 },
);
const eventOf = (
  {
    kind,
    caseNo,
    areaCode,
    month,
    value,
  }: { kind: string; caseNo: string; areaCode: string; month: string; value: number },
  index: number,
): Envelope => {
  if (kind === 'determined')
    return determined('new', month, { caseNo, areaCode, amountFen: value, number: index });
  if (kind === 'paid') return settled(String(index), [{ caseNo, areaCode, amountFen: value }]);
  return happened(ReliefGiven, {
    subject: `case/${caseNo}`,
    which: String(index),
    at: AT,
    correlationId: 'c',
    data: {
      ...{ caseNo, areaCode, entryId: String(index), year: 2021, month, amountFen: value, persons: 1 },
      ...{ method: 'cash', inAdvance: false, by: 'x' },
    },
  });
};
const figuresNow = async (query: Record<string, string> = {}) =>
  (await ask(listFigures, bureau, { query: { period: '2021H1', ...query } })).body.items;

describe('for all events', () => {
  test('order, repetition and the size of batches change no figure, and counting everything anew gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(someEvents, fc.infiniteStream(fc.nat()), async (facts, chance) => {
        const events = facts.map(eventOf);
        open();
        await record(desk.table, indicators, events);
        const expected = await figuresNow();

        open();
        const next = () => chance.next().value ?? 0;
        const shuffled = [...events, ...events].toSorted(() => (next() % 3) - 1);
        for (let start = 0; start < shuffled.length; ) {
          const size = 1 + (next() % 4);
          await keep(...shuffled.slice(start, start + size));
          start += size;
        }

        expect(await figuresNow()).toEqual(expected);
        const { events: counted, totals } = await countAnew(desk.table, indicators);
        expect(counted).toBe(events.length);
        expect(differencesOf(totals, await runningTotals(desk.table, indicators))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('the sum of the facts behind a figure is the figure, in the district and in each town', async () => {
    await fc.assert(
      fc.asyncProperty(someEvents, fc.constantFrom(1, 2, 50), async (facts, limit) => {
        open();
        await keep(...facts.map(eventOf));
        for (const areaCode of [DISTRICT, ...towns.map((area) => `${area.slice(0, 9)}000`)]) {
          for (const id of [
            'assistance.households',
            'assistance.monthly-amount',
            'disbursement.paid',
            'relief.amount',
          ]) {
            const value = (await figureOf(id, bureau, { areaCode })) ?? 0;
            const behind = await factsOf(id, bureau, { areaCode, limit });
            expect(behind.reduce((sum, fact) => sum + fact.value, 0)).toBe(value);
          }
        }
      }),
      { numRuns: 8 },
    );
  });
});

test('facts of a month that came between two pages shift none of the pages after it', async () => {
  await keep(
    determined('new', '2021-02'),
    determined('new', '2021-02', { caseNo: 'B' }),
    determined('new', '2021-01', { caseNo: 'C' }),
  );
  const pageOf = (cursor?: string) =>
    ask(listFigureFacts, bureau, {
      params: { indicatorId: 'assistance.households' },
      query: { period: '2021H1', limit: 1, cursor },
    });
  const first = await pageOf();
  await keep(determined('new', '2021-05', { caseNo: 'D' }));
  const second = await pageOf(String(first.body.next));
  const third = await pageOf(String(second.body.next));

  const subjects = [first, second, third].flatMap(({ body }) =>
    (body.items as Fact[]).map(({ subject }) => subject),
  );
  expect(subjects.toSorted()).toEqual(['A', 'B', 'C']);
  expect(await pageOf('bm9uc2Vuc2U')).toMatchObject({ status: 400 });
});

test('one event that cannot be understood holds up none of the others', async () => {
  const batch = batchOf([determined('new', '2021-02')]);
  const broken = { messageId: 'broken', body: '{"detail":{}}' } as SQSRecord;

  const { batchItemFailures } = await keepEvents(desk.table)({ Records: [broken, ...batch.Records] });

  expect(batchItemFailures).toEqual([{ itemIdentifier: 'broken' }]);
  expect(await figureOf('assistance.households')).toBe(1);
});
