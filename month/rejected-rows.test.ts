import { csvParseRows } from 'd3-dsv';
import { expect, test } from 'vitest';
import { rejectedCsv } from './rejected-rows.ts';

const finding = {
  row: 3,
  column: '月金额',
  value: '-5',
  reason: '金额应大于零',
  code: 'AMOUNT',
  refused: true,
};
const read = (text: string): string[][] => csvParseRows(text.replace('\uFEFF', ''));

test('refused rows are listed with a byte order mark for Excel, warnings are not', () => {
  const csv = rejectedCsv([
    { fileName: 'a.csv', findings: [finding, { ...finding, row: 4, refused: false }] },
  ]);

  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(read(csv)).toEqual([
    ['行号', '列', '值', '原因'],
    ['3', '月金额', '-5', '金额应大于零'],
  ]);
});

test('with several rosters each row says whose it is', () => {
  const rosters = ['a.csv', 'b.csv'].map((fileName) => ({ fileName, findings: [finding] }));

  expect(read(rejectedCsv(rosters)).map((row) => row.at(-1))).toEqual(['文件', 'a.csv', 'b.csv']);
});

test.each(['=1+1', '+cmd***x', '@sum', '-1+1'])('a spreadsheet does not compute %s', (value) => {
  const csv = rejectedCsv([{ fileName: 'a.csv', findings: [{ ...finding, value }] }]);

  expect(read(csv)[1]?.[2]).toBe(`'${value}`);
});

test('a value with commas, quotes and line breaks stays in its cell', () => {
  const value = '"张,三"\n李四';
  const csv = rejectedCsv([{ fileName: 'a.csv', findings: [{ ...finding, value }] }]);

  expect(read(csv)[1]?.[2]).toBe(value);
});
