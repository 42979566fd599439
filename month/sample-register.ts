import { gb18030 } from '../functions/disbursement/bank-file-bytes.ts';
import { accountOf, identityNumberOf, LUODIAN, nameOf } from './sample-roster.ts';

/** Registers of invented destitute persons, for tests: what most of them get at home in July 2021 by the rules. */

const HEADER =
  '项目,案号,与户主关系,姓名,身份证号,区划代码,户类型,月保障金额,起始月,月收入,供养方式,失能项数,账号,开户银行';

export const registerRow = (person: number, amount = '1260.00'): string =>
  [
    '特困',
    `T${person}`,
    '户主',
    nameOf(person),
    identityNumberOf(person),
    LUODIAN,
    '农村',
    amount,
    '2021-07',
    '',
    '分散',
    '0',
    accountOf(person),
    '农业银行',
  ].join(',');

export const registerOf = (rows: readonly string[]): Uint8Array =>
  gb18030([HEADER, ...rows, ''].join('\r\n'));
