import { createElement } from 'react';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { csvOf, textOf, xlsxOf } from './table-export.ts';

const head = ['案号', '户主', '金额'];
const link = createElement('a', { href: '#' }, '330702-DB-2021-000001');
const rows = [
  [link, '张三', '1,350.00 元'],
  ['330799195001010010', '=HYPERLINK("x")', '-850.00 元'],
];

test('a cell says in a file what it says on the page', () => {
  expect(textOf(createElement('span', null, 'a', createElement('b', null, '乙'), 3))).toBe('a乙3');
  expect(textOf(undefined)).toBe('');
});

test('CSV begins with the mark by which Excel knows UTF-8, and holds no formula of somebody else', () => {
  const text = csvOf(head, rows);

  expect(text.startsWith('\uFEFF案号,户主,金额\n')).toBe(true);
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  expect(text).toContain('-850.00 元');
});

test('XLSX holds figures as numbers and long digits as text', async () => {
  const sheet = await readSheet(Buffer.from(await (await xlsxOf(head, rows)).arrayBuffer()));

  expect(sheet).toEqual([
    head,
    ['330702-DB-2021-000001', '张三', 1350],
    ['330799195001010010', '=HYPERLINK("x")', -850],
  ]);
});
