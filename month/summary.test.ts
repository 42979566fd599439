import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumTotals } from '../functions/disbursement/totals.ts';
import { LUODIAN, MONTH, paid, runOf, YAFAN } from './sample-account.ts';
import { refusedRows, summaryOf, townsOf } from './summary.ts';
import { summaryTable } from './summary-table.ts';

const finding = (row: number, refused: boolean) => ({
  row,
  column: '账号',
  value: '****',
  reason: '原因',
  code: 'CODE',
  refused,
});

test('a run is summed up with the name of its programme and a household for each line', () => {
  const { runs, files } = summaryOf({
    month: MONTH,
    runs: [runOf('dibao', { [LUODIAN]: paid })],
    rosters: [],
  });

  expect(runs).toEqual([
    {
      runId: '2021-07-dibao-regular',
      programme: '低保',
      households: 3,
      persons: 5,
      lines: 3,
      amountFen: 180_000,
      heldLines: 1,
      heldFen: 50_000,
      settledFen: 65_000,
      returnedFen: 0,
      pendingFen: 65_000,
      state: 'issued',
      stateName: '已报盘',
    },
  ]);
  expect(files).toEqual([
    { bank: '中国农业银行', path: 'files/dibao.txt', lines: 2, totalFen: 130_000, sm3: 'ab'.repeat(32) },
  ]);
});

test('conservation adds up all runs, and is broken when one run is', () => {
  const runs = [runOf('dibao', { [LUODIAN]: paid }), runOf('child', { [YAFAN]: paid })];
  const broken = runs.map(({ run, ...rest }) => ({
    ...rest,
    run: { ...run, balanced: run.programme === 'dibao' },
  }));

  expect(summaryOf({ month: MONTH, runs, rosters: [] }).conservation).toEqual({
    approvedFen: 360_000,
    filedFen: 260_000,
    heldFen: 100_000,
    settledFen: 130_000,
    returnedFen: 0,
    pendingFen: 130_000,
    balanced: true,
  });
  expect(summaryOf({ month: MONTH, runs: broken, rosters: [] }).conservation.balanced).toBe(false);
});

test('a row is refused once however many faults it has, and a warning refuses nothing', () => {
  const findings = [finding(2, true), finding(2, true), finding(3, false), finding(7, true)];

  expect(refusedRows(findings)).toBe(2);
  expect(
    summaryOf({
      month: MONTH,
      runs: [],
      rosters: [
        { fileName: 'a', findings },
        { fileName: 'b', findings },
      ],
    }),
  ).toMatchObject({ rejectedRows: 4 });
});

test('towns are added up over programmes, and together they are the month', () => {
  const amount = fc.record({ lines: fc.nat(99), persons: fc.nat(99), amountFen: fc.nat(10 ** 9) });
  fc.assert(
    fc.property(amount, amount, amount, (first, second, third) => {
      const runs = [
        runOf('dibao', { [YAFAN]: first, [LUODIAN]: second }),
        runOf('child', { [YAFAN]: third }),
      ];
      const towns = townsOf(runs);

      expect(towns.map(({ areaName: name }) => name)).toEqual(['罗店镇', '雅畈镇']);
      expect(towns[1]?.totals).toEqual(sumTotals([first, third]));
      expect(sumTotals(towns.map(({ totals }) => totals))).toEqual(
        sumTotals(runs.map(({ run }) => run.totals)),
      );
    }),
  );
});

test('the table ends with the sums of all programmes, without colours', () => {
  const runs = [runOf('dibao', { [LUODIAN]: paid }), runOf('child', { [YAFAN]: paid })];
  const lines = summaryTable(summaryOf({ month: MONTH, runs, rosters: [] })).split('\n');
  const cells = (line = '') => line.split('│').map((cell) => cell.trim());

  expect(cells(lines[3]).slice(1, -1)).toEqual([
    '低保',
    '3',
    '5',
    '3',
    '1,800.00',
    '650.00',
    '0.00',
    '500.00',
    '650.00',
    '已报盘',
  ]);
  expect(cells(lines.at(-2)).slice(1, -1)).toEqual([
    '合计',
    '6',
    '10',
    '6',
    '3,600.00',
    '1,300.00',
    '0.00',
    '1,000.00',
    '1,300.00',
    '',
  ]);
  expect(lines.join('')).not.toContain('\u001b');
});
