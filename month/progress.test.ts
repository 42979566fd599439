import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openProgress, stepText } from './progress.ts';

const open = (isTTY: boolean) => {
  const written: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  stream.on('data', (chunk) => written.push(String(chunk)));
  let now = 0;
  const progress = openProgress({ stream, now: () => now });
  return {
    ...progress,
    text: () => written.join(''),
    pass: (ms: number) => {
      now += ms;
    },
  };
};

test('a step tells how many of how many, and nothing invented while the total is unknown', () => {
  expect(stepText('导入花名册', 12_000, 131_072, '行')).toBe('导入花名册 12,000/131,072 行');
  expect(stepText('导入花名册', 0, 0, '行')).toBe('导入花名册 ……');
});

test('where there is no terminal, a line is written every two seconds and one at the end', () => {
  const { phase, pass, text } = open(false);
  const roster = phase('导入花名册', '行');

  for (const done of [0, 100, 200, 300, 400]) {
    roster.at(done, 500);
    pass(1000);
  }
  roster.end('新登记 500 行');

  expect(text().split('\n')).toEqual([
    '导入花名册 200/500 行',
    '导入花名册 400/500 行',
    '导入花名册:新登记 500 行',
    '',
  ]);
});

test('what is over within two seconds shows its result only', () => {
  const { phase, pass, text } = open(true);
  const roster = phase('导入花名册', '行');

  roster.at(1, 2);
  pass(1999);
  roster.at(2, 2);
  roster.end('新登记 2 行');

  expect(text()).toBe('导入花名册:新登记 2 行\n');
});

test('work of unknown length is announced once, also on a terminal', () => {
  const { phase, pass, text } = open(true);
  const roster = phase('导入花名册', '行');

  for (let look = 0; look < 10; look++) {
    roster.at(0, 0);
    pass(1000);
  }

  expect(text()).toBe('导入花名册 ……\n');
});

test('on a terminal a bar shows after two seconds, and its place is free again at the end', () => {
  const { phase, pass, text } = open(true);
  const roster = phase('导入花名册', '行');

  roster.at(0, 131_072);
  pass(2000);
  roster.at(0, 131_072);
  roster.at(65_536, 131_072);
  roster.end('新登记 131,072 行');

  expect(text()).toMatch(/导入花名册 \[#+-+\] 50% 65,536\/131,072 行/);
  expect(text().endsWith('导入花名册:新登记 131,072 行\n')).toBe(true);
});
