import { beforeEach, expect, test } from 'vitest';
import { LEDGER, openBench } from '../infra/local/dynamodb/in-process-client.ts';
import { openTable, type Table } from './dynamo.ts';
import { Month } from './month.ts';
import { numberFor, shipped } from './parameter.ts';
import { keepParameter, parametersOf } from './parameter-copy.ts';

const JANUARY = Month.parse('2024-01');
const announced = {
  changeId: 'change-1',
  key: 'dibao.standard',
  value: 1_200,
  from: '2024-01-01',
  sourceDocument: '婺民〔2024〕1号',
  certainty: 'S',
};
const FIRST = '2023-12-01T02:00:00.000Z';
const SECOND = '2023-12-02T02:00:00.000Z';

let table: Table;
beforeEach(() => {
  table = openTable('ledger', openBench([LEDGER]).client);
});
const standard = async (asOf?: string) =>
  numberFor(await parametersOf(table, asOf), 'dibao.standard', JANUARY);

test('a context that was told nothing has the numbers shipped', async () => {
  expect(await parametersOf(table)).toEqual(shipped);
});

test('what policy announced holds over what was shipped, with its source', async () => {
  await keepParameter(table, announced, FIRST);

  expect(await standard()).toBe(1_200);
  expect((await parametersOf(table))['dibao.standard'].values.at(-1)).toEqual({
    value: 1_200,
    from: '2024-01-01',
    source: '婺民〔2024〕1号',
    certainty: 'S',
  });
});

test('an announcement that comes twice is one change', async () => {
  await keepParameter(table, announced, FIRST);
  await keepParameter(table, announced, FIRST);

  const { values } = (await parametersOf(table))['dibao.standard'];
  expect(values).toHaveLength(shipped['dibao.standard'].values.length + 1);
});

test('of two for the same day that arrive in the wrong order, the one that was set later counts', async () => {
  await keepParameter(table, { ...announced, changeId: 'change-2', value: 1_210 }, SECOND);
  await keepParameter(table, announced, FIRST);

  expect(await standard()).toBe(1_210);
});

test('a run sees the numbers as they were known when it froze its roster', async () => {
  await keepParameter(table, announced, FIRST);
  await keepParameter(table, { ...announced, changeId: 'change-2', value: 1_210 }, SECOND);

  expect(await standard('2023-11-30T00:00:00.000Z')).toBe(1_100);
  expect(await standard(FIRST)).toBe(1_200);
  expect(await standard(SECOND)).toBe(1_210);
});

test('a number for some time only ends with its last day', async () => {
  await keepParameter(table, { ...announced, to: '2024-01-31' }, FIRST);
  const parameters = await parametersOf(table);

  expect(numberFor(parameters, 'dibao.standard', JANUARY)).toBe(1_200);
  expect(numberFor(parameters, 'dibao.standard', Month.parse('2024-02'))).toBe(1_100);
});

test('a key that this version of the code does not know is passed over', async () => {
  await keepParameter(table, { ...announced, key: 'moon.distance' }, FIRST);

  expect(await parametersOf(table)).toEqual(shipped);
});

test('a certainty that is none is refused', async () => {
  await expect(keepParameter(table, { ...announced, certainty: 'sure' }, FIRST)).rejects.toThrow();
  expect(await parametersOf(table)).toEqual(shipped);
});
