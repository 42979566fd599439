import { expect, test } from 'vitest';
import { monthPage } from './month-page.ts';
import { LUODIAN, MONTH, paid, runOf, YAFAN } from './sample-account.ts';

const runs = [runOf('dibao', { [LUODIAN]: paid }), runOf('child', { [YAFAN]: paid })];
const page = (account = { month: MONTH, runs, rosters: [] } as Parameters<typeof monthPage>[0]) =>
  monthPage(account);
const rowsOf = (text: string): string[] =>
  [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );

test('the page tells the month by programme and by town, each with its sums', () => {
  const rows = rowsOf(page());

  expect(rows).toContain('低保 3 5 3 1 1,800.00 650.00 0.00 500.00 650.00 已报盘');
  expect(rows).toContain('合计 6 10 6 2 3,600.00 1,300.00 0.00 1,000.00 1,300.00');
  expect(rows).toContain('罗店镇 3 5 1,800.00 650.00 0.00 500.00 650.00');
  expect(rows).toContain('合计 6 10 3,600.00 1,300.00 0.00 1,000.00 1,300.00');
  expect(rows).toContain('低保 未登记银行账号 1');
});

test('the page names every bank file with its hash', () => {
  expect(rowsOf(page())).toContain(`中国农业银行 files/dibao.txt 2 1,300.00 ${'ab'.repeat(32)}`);
});

test('the equations of conservation stand in words, and a broken one cannot be overlooked', () => {
  const broken = runs.map(({ run, ...rest }) => ({ ...rest, run: { ...run, balanced: false } }));

  expect(page()).toContain('应发 3,600.00 元 = 已报盘 2,600.00 元 + 暂缓 1,000.00 元');
  expect(page()).toContain('勾稽相符。');
  expect(page({ month: MONTH, runs: broken, rosters: [] })).toContain('勾稽不符,请立即核查。');
});

test('the page loads nothing from anywhere and runs no script', () => {
  expect(page()).not.toMatch(/<script|<link|<img|@import|url\(|https?:/);
});

test('a bank whose name holds markup is shown with its name', () => {
  const [run] = runs;
  const files = run?.files.map((file) => ({ ...file, bank: '<b>甲&乙银行' })) ?? [];
  const text = page({ month: MONTH, runs: run ? [{ ...run, files }] : [], rosters: [] });

  expect(text).toContain('<td>&lt;b&gt;甲&amp;乙银行</td>');
});
