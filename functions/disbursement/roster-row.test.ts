import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Cells,
  type Column,
  checkRoster,
  checkRosterRow,
  columns,
  type FindingCode,
} from './roster-row.ts';

const TODAY = '2021-07-01';
const GOOD: Cells = {
  programme: '低保',
  caseNo: '330702-DB-2019-000001',
  name: '张三',
  identityNumber: '11010519491231002X',
  areaCode: '330702100200',
  persons: '2',
  amount: '1350.00',
  from: '2021-07',
  to: '',
  accountName: '',
  account: '6222020200000000006',
  bank: '农行',
  phone: '13812341234',
};

const check = (change: Partial<Cells> = {}) => checkRosterRow({ ...GOOD, ...change }, 2, TODAY);
const codesOf = (change: Partial<Cells>) => check(change).findings.map(({ code }) => code);

describe('a good row', () => {
  test('is read into values', () => {
    expect(check()).toEqual({
      row: {
        row: 2,
        programme: 'dibao',
        caseNo: '330702-DB-2019-000001',
        name: '张三',
        identityNumber: '11010519491231002X',
        areaCode: '330702100200',
        persons: 2,
        amountFen: 135_000,
        from: '2021-07',
        to: undefined,
        payee: { account: '6222020200000000006', accountName: '张三', bank: '农业银行', bankCode: '103' },
        phone: '13812341234',
        notices: [],
      },
      findings: [],
    });
  });

  test('may be typed in full width, with spaces and invisible marks around', () => {
    const typed = check({
      caseNo: ' 330702-DB-2019-000001 ',
      name: '\u3000张三\u200B',
      identityNumber: '\u202D11010519491231002x\u202C',
      areaCode: '330702100200',
      persons: '2',
      amount: '1,350.00',
      from: '2021年7月',
      account: '6222 0202 0000 0000 006',
      phone: '138-1234-1234',
    });
    expect(typed).toEqual(check());
  });

  test('keeps a rare name as it is written', () => {
    expect(check({ name: '王䶮𬭚' }).row?.name).toBe('王䶮𬭚');
  });

  test('needs no account, bank, phone or end', () => {
    const { row, findings } = check({ account: '', accountName: '', bank: '', phone: '', to: '' });
    expect(findings).toEqual([]);
    expect(row).toMatchObject({ payee: undefined, phone: undefined, to: undefined });
  });

  test('may lie in a town as well as in a village, and may end in the month it starts', () => {
    expect(check({ areaCode: '330702100000', to: '2021-07' }).row).toMatchObject({ to: '2021-07' });
  });
});

describe('a row that is recorded with something to look at', () => {
  test.each([
    [{ account: '6222020200000000007' }, 'ACCOUNT_CHECK', '账号'],
    [{ accountName: '李四' }, 'ACCOUNT_NAME_DIFFERS', '户名'],
    [{ bank: '罗店互助社' }, 'BANK_UNKNOWN', '开户银行'],
  ] as const)('%o is noticed as %s', (change, code, column) => {
    const { row, findings } = check(change);
    expect(row?.notices).toEqual([code]);
    expect(findings).toMatchObject([{ row: 2, column, code, refused: false }]);
  });
});

const refusals: readonly (readonly [Partial<Cells>, Column, FindingCode])[] = [
  [{ programme: '高温补贴' }, 'programme', 'UNKNOWN'],
  [{ programme: '' }, 'programme', 'UNKNOWN'],
  [{ caseNo: ' ' }, 'caseNo', 'MISSING'],
  [{ caseNo: 'D'.repeat(65) }, 'caseNo', 'TOO_LONG'],
  [{ caseNo: 'DB#1' }, 'caseNo', 'CHARACTERS'],
  [{ caseNo: 'DB|1' }, 'caseNo', 'CHARACTERS'],
  [{ caseNo: 'DB\n1' }, 'caseNo', 'CHARACTERS'],
  [{ name: '\u200B' }, 'name', 'MISSING'],
  [{ name: '张'.repeat(61) }, 'name', 'TOO_LONG'],
  [{ name: '张|三' }, 'name', 'CHARACTERS'],
  [{ name: '张\uFFFD' }, 'name', 'CHARACTERS'],
  [{ name: '张\uD800' }, 'name', 'CHARACTERS'],
  [{ identityNumber: '' }, 'identityNumber', 'MISSING'],
  [{ identityNumber: '110105194912310021' }, 'identityNumber', 'CHECK-DIGIT'],
  [{ identityNumber: '11010519491231' }, 'identityNumber', 'LENGTH'],
  [{ identityNumber: '3.30702E+17' }, 'identityNumber', 'NUMBER_CELL'],
  [{ areaCode: '330702999000' }, 'areaCode', 'UNKNOWN'],
  [{ areaCode: '330702' }, 'areaCode', 'FORMAT'],
  [{ areaCode: '330702000000' }, 'areaCode', 'LEVEL'],
  [{ persons: '0' }, 'persons', 'RANGE'],
  [{ persons: '31' }, 'persons', 'RANGE'],
  [{ persons: '1.5' }, 'persons', 'RANGE'],
  [{ persons: '' }, 'persons', 'RANGE'],
  [{ amount: '0' }, 'amount', 'NOT_POSITIVE'],
  [{ amount: '-200' }, 'amount', 'NOT_POSITIVE'],
  [{ amount: '12.345' }, 'amount', 'DECIMALS'],
  [{ amount: '' }, 'amount', 'MISSING'],
  [{ amount: '九百' }, 'amount', 'FORMAT'],
  [{ amount: '100000.01' }, 'amount', 'IMPLAUSIBLE'],
  [{ from: '2021-13' }, 'from', 'MONTH'],
  [{ from: '' }, 'from', 'MONTH'],
  [{ to: '长期' }, 'to', 'MONTH'],
  [{ to: '2021-06' }, 'to', 'ORDER'],
  [{ account: '1234567' }, 'account', 'FORMAT'],
  [{ account: '6.22202E+18' }, 'account', 'NUMBER_CELL'],
  [{ accountName: '李|四' }, 'accountName', 'FORMAT'],
  [{ accountName: '李\n四' }, 'accountName', 'FORMAT'],
  [{ bank: '农行|支行' }, 'bank', 'FORMAT'],
  [{ phone: '12345' }, 'phone', 'FORMAT'],
];

describe('a row that is refused', () => {
  test.each(refusals)('%o is refused at %s as %s, in words for the officer', (change, column, code) => {
    const { row, findings } = check(change);
    expect(row).toBeUndefined();
    expect(findings).toMatchObject([{ row: 2, column: columns[column], code, refused: true }]);
    expect(findings[0]?.reason).toMatch(/\p{Script=Han}/u);
  });

  test('lists all of its faults at once', () => {
    expect(codesOf({ programme: '?', caseNo: '', persons: 'x', amount: '0', from: '7月' })).toEqual([
      'UNKNOWN',
      'MISSING',
      'RANGE',
      'NOT_POSITIVE',
      'MONTH',
    ]);
  });

  test('shows no whole personal number', () => {
    const { findings } = check({
      identityNumber: '110105194912310021',
      account: '62220202000000000x',
      phone: '1381234',
    });
    for (const { value } of findings) expect(value).toContain('***');
  });

  test('one amount per month stays at the limit of plausibility', () => {
    expect(check({ amount: '100000' }).row?.amountFen).toBe(10_000_000);
  });
});

test('whatever stands in the cells, a row is either recorded or refused with a reason', () => {
  const anyCell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...Object.values(GOOD), '=1+1', '__proto__', 'toString', '\u0000', '\uD800'),
  );
  const anyCells = fc.record(
    Object.fromEntries(Object.keys(GOOD).map((column) => [column, anyCell])) as Record<
      Column,
      typeof anyCell
    >,
  );
  fc.assert(
    fc.property(anyCells, (cells) => {
      const { row, findings } = checkRosterRow(cells, 2, TODAY);
      expect(row === undefined).toBe(findings.some(({ refused }) => refused));
    }),
    { numRuns: 500 },
  );
});

describe('a whole roster', () => {
  const rowsWith = (...changes: Partial<Cells>[]) =>
    changes.map((change, index) => ({ row: index + 2, cells: { ...GOOD, ...change } }));

  test('keeps the first row of a case and refuses the others with its number', () => {
    const { rows, findings } = checkRoster(
      rowsWith({}, { amount: '900' }, { programme: '最低生活保障', caseNo: '330702-DB-2019-000001' }),
      TODAY,
    );
    expect(rows.map(({ row }) => row)).toEqual([2]);
    expect(findings.map(({ row, code, reason }) => [row, code, reason])).toEqual([
      [3, 'DUPLICATE', '与第2行的项目和案号重复'],
      [4, 'DUPLICATE', '与第2行的项目和案号重复'],
    ]);
  });

  test('lets one case number stand in two programmes', () => {
    const { rows, findings } = checkRoster(rowsWith({}, { programme: '特困' }), TODAY);
    expect(rows).toHaveLength(2);
    expect(findings).toEqual([]);
  });

  test('does not take rows without a case number for one another', () => {
    const { findings } = checkRoster(rowsWith({ caseNo: '' }, { caseNo: '' }), TODAY);
    expect(findings.map(({ code }) => code)).toEqual(['MISSING', 'MISSING']);
  });

  test('a bad row never hides a good one', () => {
    const { rows } = checkRoster(
      rowsWith({ amount: 'x' }, { caseNo: 'DB-2' }, { name: '' }, { caseNo: 'DB-3' }),
      TODAY,
    );
    expect(rows.map(({ caseNo }) => caseNo)).toEqual(['DB-2', 'DB-3']);
  });
});
