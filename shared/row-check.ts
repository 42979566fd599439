import { type AreaCode, isCounty, isKnownArea } from './area.ts';
import { type IdentityRefusal, parseIdentityNumber } from './identity-number.ts';
import { type Month, parseMonth } from './month.ts';

/** What every file of rows about persons checks in its cells, in the same words. */

export type CellCode =
  | Uppercase<IdentityRefusal>
  | 'CHARACTERS'
  | 'FORMAT'
  | 'LEVEL'
  | 'MISSING'
  | 'MONTH'
  | 'NUMBER_CELL'
  | 'TOO_LONG'
  | 'UNKNOWN';

/** Notes what is wrong with a column of the row. */
export type RefuseCell<Column extends string, Code extends string> = (
  column: Column,
  code: Code | CellCode,
  reason: string,
) => undefined;
type Refuse<C extends string> = (column: C, code: CellCode, reason: string) => undefined;

const identityReasons: Record<IdentityRefusal, string> = {
  length: '身份证号应为18位(旧号15位)',
  characters: '身份证号只能是数字,末位可为X',
  province: '身份证号前两位不是省级代码',
  'birth-date': '身份证号中的出生日期不存在',
  future: '身份证号中的出生日期在今天之后',
  'check-digit': '身份证号校验位不符',
};

const identityCodes = {
  length: 'LENGTH',
  characters: 'CHARACTERS',
  province: 'PROVINCE',
  'birth-date': 'BIRTH-DATE',
  future: 'FUTURE',
  'check-digit': 'CHECK-DIGIT',
} as const satisfies Record<IdentityRefusal, CellCode>;

const FORBIDDEN = /[#|~/\p{Cc}]/u;

/** Without the invisible marks that numbers copied from web pages and chat windows bring along. */
export const visible = (text: string): string => text.replace(/\p{Cf}/gu, '').trim();

/** Letters and digits typed in full width count as their ordinary forms; names keep the characters they were written in. */
export const plain = (text: string): string =>
  /^[ -~]*$/.test(text) ? text.trim() : visible(text.normalize('NFKC'));

export const checkCaseNo = <C extends string>(
  text: string,
  column: C,
  refuse: Refuse<C>,
): string | undefined => {
  if (text === '') return refuse(column, 'MISSING', '案号不能为空');
  if (text.length > 64) return refuse(column, 'TOO_LONG', '案号不能超过64个字符');
  return FORBIDDEN.test(text) ? refuse(column, 'CHARACTERS', '案号不能含 # | ~ / 或控制字符') : text;
};

export const checkName = <C extends string>(
  text: string,
  column: C,
  refuse: Refuse<C>,
): string | undefined => {
  if (text === '') return refuse(column, 'MISSING', '姓名不能为空');
  if (text.length > 60) return refuse(column, 'TOO_LONG', '姓名不能超过60个字');
  // Half a character, or the mark that decoding puts in the place of one: the file was damaged on its way.
  if (/[\uFFFD\p{Cs}]/u.test(text))
    return refuse(column, 'CHARACTERS', '姓名含无法识别的字符,请检查文件编码');
  return /[|\p{Cc}]/u.test(text) ? refuse(column, 'CHARACTERS', '姓名不能含“|”或换行等控制字符') : text;
};

export const checkIdentity = <C extends string>(
  text: string,
  today: string,
  column: C,
  refuse: Refuse<C>,
): string | undefined => {
  if (text === '') return refuse(column, 'MISSING', '身份证号不能为空');
  if (/^\d(\.\d+)?e\+?\d+$/i.test(text)) {
    return refuse(column, 'NUMBER_CELL', '身份证号被存成了数字,末尾已丢失;请把该列设为文本后重新填写');
  }
  const parsed = parseIdentityNumber(text, today);
  return typeof parsed === 'string'
    ? parsed
    : refuse(column, identityCodes[parsed.refused], identityReasons[parsed.refused]);
};

export const checkArea = <C extends string>(
  text: string,
  column: C,
  refuse: Refuse<C>,
): AreaCode | undefined => {
  if (!/^\d{12}$/.test(text)) return refuse(column, 'FORMAT', '区划代码应为12位数字');
  if (!isKnownArea(text)) return refuse(column, 'UNKNOWN', '没有这个区划代码');
  return isCounty(text as AreaCode) ? refuse(column, 'LEVEL', '区划代码应到镇街或村社') : (text as AreaCode);
};

export const checkMonth = <C extends string>(
  text: string,
  column: C,
  title: string,
  refuse: Refuse<C>,
): Month | undefined => parseMonth(text) ?? refuse(column, 'MONTH', `${title}应写成 2021-07 这样的月份`);

export const checkPhone = <C extends string>(
  text: string,
  column: C,
  refuse: Refuse<C>,
): string | undefined => {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{7,12}$/.test(digits) ? digits : refuse(column, 'FORMAT', '联系电话应为7至12位数字');
};
