import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceFrom } from '../../demo/chance.ts';
import { peopleInventor } from '../../demo/person.ts';
import { checkRegister, claimantsOf } from './register-household.ts';
import { type Cells, type Column, columns } from './register-row.ts';
import { VILLAGE } from './sample-register.ts';

const chance = chanceFrom('register rows');
const invent = peopleInventor();
const people = Array.from({ length: 6 }, () => invent(chance, 1950, 1980));

/** The cells of a household's head on the allowance, unless said otherwise; `n` says which person. */
const row = (n: number, given: Partial<Cells> = {}): Cells => ({
  ...(Object.fromEntries(Object.keys(columns).map((column) => [column, ''])) as Record<Column, string>),
  programme: '低保',
  caseNo: `DB00${n}`,
  relation: '户主',
  name: people[n]?.name ?? '',
  identityNumber: people[n]?.identityNumber ?? '',
  areaCode: VILLAGE,
  residence: '城镇',
  amount: '650',
  from: '2020-03',
  ...given,
});
const identityOf = (n: number) => ({ identityNumber: people[n]?.identityNumber ?? '' });
const check = (...rows: readonly Cells[]) =>
  checkRegister(
    rows.map((cells, index) => ({ row: index + 2, cells })),
    '2021-05-20',
  );
const codesOf = (...rows: readonly Cells[]) =>
  check(...rows).findings.map(({ row: at, column, code }) => [at, column, code]);

describe('a row', () => {
  test.each<[string, Partial<Cells>, string, string]>([
    ['an unknown programme', { programme: '高龄津贴' }, '项目', 'UNKNOWN'],
    ['no relation', { relation: '' }, '与户主关系', 'MISSING'],
    ['a relation nobody knows', { relation: '邻居' }, '与户主关系', 'UNKNOWN'],
    ['no name', { name: '' }, '姓名', 'MISSING'],
    ['a number that Excel cut', { identityNumber: '3.30799E+17' }, '身份证号', 'NUMBER_CELL'],
    ['an area that is no village', { areaCode: '330702000000' }, '区划代码', 'LEVEL'],
    ['an unknown area', { areaCode: '330702999000' }, '区划代码', 'UNKNOWN'],
    ['an amount with three decimals', { amount: '850.005' }, '月保障金额', 'DECIMALS'],
    ['an amount below nought', { amount: '-1' }, '月保障金额', 'NOT_POSITIVE'],
    ['no amount', { amount: '' }, '月保障金额', 'MISSING'],
    ['an amount nobody gets', { amount: '850000' }, '月保障金额', 'IMPLAUSIBLE'],
    ['an amount where nothing is paid', { programme: '低保边缘' }, '月保障金额', 'RANGE'],
    ['a month that is none', { from: '去年' }, '起始月', 'MONTH'],
    ['a disability without a grade', { disability: '肢体' }, '残疾等级', 'MISSING'],
    ['a grade without a disability', { grade: '二级' }, '残疾类别', 'MISSING'],
    ['seven things of six', { unableTo: '7' }, '失能项数', 'RANGE'],
    ['a new job without income', { disregardFrom: '2021-02' }, '月收入', 'MISSING'],
    ['an account that is too short', { account: '123', bank: '农业银行' }, '账号', 'FORMAT'],
    ['a destitute person without a form of support', { programme: '特困' }, '供养方式', 'MISSING'],
  ])('with %s is refused', (_, given, column, code) => {
    expect(codesOf(row(1, given))).toContainEqual([2, column, code]);
    expect(check(row(1, given)).households).toEqual([]);
  });

  test('may be written in full width, with other words, and with spaces', () => {
    const { households } = check(
      row(1, {
        programme: ' 最低生活保障',
        relation: '本人',
        amount: '６５０.００',
        residence: '农业',
        grade: '二级',
        disability: '肢体残疾',
      }),
    );

    expect(households[0]).toMatchObject({
      programme: 'dibao',
      amountFen: 650_00,
      facts: { residence: 'rural', members: [{ disability: { category: 'physical', grade: 2 } }] },
    });
  });
});

describe('a household', () => {
  const spouse = (given: Partial<Cells> = {}): Cells =>
    row(2, {
      caseNo: 'DB001',
      relation: '配偶',
      areaCode: '',
      residence: '',
      amount: '',
      from: '',
      ...given,
    });

  test('is made of the rows of one number, wherever they stand, and told once by its head', () => {
    const { households } = check(spouse(), row(3), row(1));

    expect(households.map(({ caseNo, facts }) => [caseNo, facts.members.length])).toEqual([
      ['DB001', 2],
      ['DB003', 1],
    ]);
    expect(households[0]?.facts.members.map(({ relation }) => relation)).toEqual(['head', 'spouse']);
  });

  test('with a refused row is refused whole, and told which row it was; others are not touched', () => {
    const checked = check(row(1), spouse({ name: '' }), row(3));

    expect(checked).toMatchObject({ refused: 1, households: [{ caseNo: 'DB003' }] });
    expect(checked.findings.find(({ code }) => code === 'HOUSEHOLD')).toMatchObject({
      row: 2,
      reason: '该户第3行有误,整户未予导入',
    });
  });

  test.each<[string, readonly Cells[], unknown[]]>([
    ['no head', [spouse()], [2, '与户主关系', 'HEAD']],
    ['two heads', [row(1), spouse({ relation: '户主' })], [3, '与户主关系', 'HEAD']],
    ['two programmes', [row(1), spouse({ programme: '低保边缘' })], [3, '项目', 'DIFFERS']],
    ['two villages', [row(1), spouse({ areaCode: '330702001010' })], [3, '区划代码', 'DIFFERS']],
    ['two amounts', [row(1), spouse({ amount: '1' })], [3, '月保障金额', 'DIFFERS']],
    [
      'somebody alone in another programme',
      [row(1, { programme: '低保边缘', amount: '' }), spouse({ programme: '低保边缘', alone: '是' })],
      [3, '单人户', 'RANGE'],
    ],
    ['somebody alone without the family', [row(1, { alone: '是' })], [2, '单人户', 'RANGE']],
    ['one person twice', [row(1), spouse(identityOf(1))], [3, '身份证号', 'DUPLICATE']],
  ])('with %s is refused', (_, rows, finding) => {
    expect(codesOf(...rows)).toContainEqual(finding);
    expect(check(...rows).households).toEqual([]);
  });

  test('of which one stands alone claims that one only (A32)', () => {
    const { households } = check(
      row(1),
      spouse({ alone: '是' }),
      row(3, { ...identityOf(1), caseNo: 'DB003' }),
    );
    const [first] = households;

    expect(households).toHaveLength(2);
    expect(first?.alone).toEqual(['m2']);
    expect(first && claimantsOf(first)).toEqual([people[2]?.identityNumber]);
  });

  test('is the same in any order of its rows', () => {
    const rows = [row(1), spouse(), row(3, { caseNo: 'DB001', relation: '儿子' }), row(4)];
    const plain = (order: readonly Cells[]) =>
      check(...order)
        .households.map(({ row: _row, ...household }) => household)
        .toSorted((a, b) => (a.caseNo < b.caseNo ? -1 : 1));
    const expected = plain(rows);

    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (order) => {
        expect(plain(order)).toEqual(expected);
      }),
    );
  });
});
