import { gb18030 } from '../functions/disbursement/bank-file-bytes.ts';
import { satisfiesLuhn } from '../shared/bank-account.ts';
import { checkDigit } from '../shared/identity-number.ts';

/** Rosters of invented people, for tests. */

const HEADER = '项目,案号,姓名,身份证号,区划代码,保障人口,月金额,起始月,终止月,户名,账号,开户银行,联系电话';

/** The town most people live in unless told otherwise, and another. */
export const LUODIAN = '330702100000';
export const YAFAN = '330702101000';

const padded = (n: number, digits: number): string => String(n).padStart(digits, '0');

export const identityNumberOf = (person: number): string => {
  const first17 = `3307021950${padded(1 + (person % 12), 2)}15${padded(person, 3)}`;
  return first17 + checkDigit(first17);
};
export const accountOf = (person: number): string => {
  const first = `622202020${padded(person, 9)}`;
  return [...'0123456789'].map((digit) => first + digit).find(satisfiesLuhn) ?? first;
};
export const phoneOf = (person: number): string => `1395790${padded(person, 4)}`;

const FAMILY = [...'赵钱孙李周吴郑王冯陈褚卫'];
const GIVEN = [...'梓萱浩宇诗涵俊杰雨欣'];
export const nameOf = (person: number): string =>
  `${FAMILY[person % FAMILY.length]}${GIVEN[person % GIVEN.length]}${GIVEN[(person * 7 + 3) % GIVEN.length]}`;

/** The cells of one person's row by their headers; what is given takes the place of the ordinary. */
export type Given = Readonly<
  Partial<
    Record<
      | '项目'
      | '案号'
      | '姓名'
      | '身份证号'
      | '区划代码'
      | '月金额'
      | '起始月'
      | '终止月'
      | '账号'
      | '开户银行'
      | '联系电话',
      string
    >
  >
>;

const cellsOf = (person: number, given: Given = {}): Readonly<Record<string, string>> => ({
  项目: '低保',
  案号: `A${padded(person, 3)}`,
  姓名: nameOf(person),
  身份证号: identityNumberOf(person),
  区划代码: LUODIAN,
  保障人口: '1',
  月金额: '900.00',
  起始月: '2021-01',
  终止月: '',
  户名: '',
  账号: accountOf(person),
  开户银行: given.账号 === '' ? '' : '农业银行',
  联系电话: phoneOf(person),
  ...given,
});

export const row = (person: number, given: Given = {}): string =>
  HEADER.split(',')
    .map((column) => cellsOf(person, given)[column] ?? '')
    .join(',');

export const csvOf = (rows: readonly string[]): Uint8Array => gb18030([HEADER, ...rows, ''].join('\r\n'));
