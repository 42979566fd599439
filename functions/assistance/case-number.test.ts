import { beforeEach, expect, test } from 'vitest';
import { openSampleDesk, type SampleDesk } from '../../infra/local/sample-desk.ts';
import { AreaCode } from '../../shared/area.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { applicationSeries, caseSeries, drawNumber, transactNumbered } from './case-number.ts';
import { assistanceTable } from './table.ts';

const area = AreaCode.parse('330702101201');
const dibao2021 = caseSeries('dibao', area, '2021-06-03');

let desk: SampleDesk;
beforeEach(() => {
  desk = openSampleDesk(assistanceTable, '2021-06-03T01:00:00.000Z');
});
const record = (text: string, series = dibao2021) =>
  transactNumbered(desk.table, series, async (number) => ({
    writes: [putNew(desk.table, { pk: `THING#${number}`, sk: text })],
    value: number,
  }));

test('numbers tell division, programme and year, and each of them is counted by itself', async () => {
  const next = applicationSeries(area, '2022-01-01');

  expect((await record('a')).value).toBe('330702-DB-2021-000001');
  expect((await record('b')).value).toBe('330702-DB-2021-000002');
  expect((await record('c', caseSeries('destitute', area, '2021-06-03'))).value).toBe(
    '330702-TK-2021-000001',
  );
  expect((await record('d', caseSeries('edge', area, '2021-06-03'))).value).toBe('330702-BY-2021-000001');
  expect((await record('e', next)).value).toBe('330702-SQ-2022-000001');
});

test('of many that draw at the same moment each gets a number, none twice and none left out', async () => {
  const drawn = await Promise.all(Array.from({ length: 6 }, (_, index) => record(String(index))));

  expect(drawn.every(({ committed }) => committed)).toBe(true);
  expect(drawn.map(({ value }) => value).toSorted()).toEqual(
    Array.from({ length: 6 }, (_, index) => `330702-DB-2021-00000${index + 1}`),
  );
});

test('a number that was not used is not taken: the next one draws it again', async () => {
  const { number } = await drawNumber(desk.table, dibao2021);

  expect((await record('a')).value).toBe(number);
});

test('a lost condition that is not the number’s is the caller’s to answer, and takes no number', async () => {
  const key = { pk: 'THERE', sk: 'ALREADY' };
  await transact(desk.table, [putNew(desk.table, key)]);

  const outcome = await transactNumbered(desk.table, dibao2021, async (number) => ({
    writes: [putNew(desk.table, key)],
    value: number,
  }));

  expect(outcome).toMatchObject({ committed: false, lost: [1] });
  expect((await record('a')).value).toBe('330702-DB-2021-000001');
});
