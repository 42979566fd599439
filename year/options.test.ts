import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('without arguments it is 2021 in a folder that is thrown away', () => {
  expect(readOptions([])).toEqual({
    from: '2021-01',
    to: '2021-12',
    seed: 1,
    households: 200,
    data: undefined,
    out: 'out',
  });
  expect(readOptions(['-h'])).toBe('help');
});

test.each([
  [['--form', '2021-01'], '参数有误'],
  [['--from', '七月'], '--from 七月:月份应写成 2021-07 的形式。'],
  [['--from', '2021-07', '--to', '2021-06'], '--to 2021-06:截止月不能早于起始月 2021-07。'],
  [['--from', '2019-12'], '--from 2019-12:演示数据自 2020-01 起。'],
  [['--seed', '-1'], '参数有误'],
  [['--seed', '1.5'], '--seed 1.5:应为 0 至 999999999 之间的整数。'],
  [['--households', '5'], '--households 5:应为 20 至 100000 之间的整数。'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});
