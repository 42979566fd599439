import { expect, test } from 'vitest';
import { readOptions, UsageError } from './options.ts';

const NOW = '2026-10-31T16:00:00.000Z';
const read = (...args: string[]) => readOptions(args, NOW);

test('without a month it is the month it is in Shanghai', () => {
  expect(read()).toMatchObject({ month: '2026-11' });
});

test('registers, rosters and returns may be named several times, in their order', () => {
  const files = '--register g.csv --roster a.csv --roster b.xlsx --register h.csv --returns r.txt'.split(' ');
  const options = read('--month', '2021-07', ...files);

  expect(options).toMatchObject({
    month: '2021-07',
    registers: ['g.csv', 'h.csv'],
    rosters: ['a.csv', 'b.xlsx'],
    returns: ['r.txt'],
  });
});

test('demo data and own data have different folders unless one is named', () => {
  expect(read()).toMatchObject({ data: '.huimin/demo' });
  expect(read('--roster', 'a.csv')).toMatchObject({ data: '.huimin' });
  expect(read('--register', 'a.csv')).toMatchObject({ data: '.huimin' });
  expect(read('--close')).toMatchObject({ data: '.huimin' });
  expect(read('--data', 'here')).toMatchObject({ data: 'here' });
});

test('help is given for the asking, whatever else stands there', () => {
  expect(read('--month', '2021-07', '-h')).toBe('help');
});

test.each([
  [['--prepared-by', '王经办', '--approved-by', '王经办'], '--prepared-by 与 --approved-by 不能是同一人'],
  [['--approved-by', ' 张复核 '], '--approved-by 与 --second-approved-by 不能是同一人'],
  [['--approved-by', ''], '--approved-by 不能为空'],
  [['--month', '2021-13'], '--month 2021-13'],
  [['--seed', '1.5'], '--seed 1.5'],
  [['--rooster', 'a.csv'], '--rooster'],
  [['a.csv'], 'a.csv'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(sentence);
});
