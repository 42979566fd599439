import * as z from 'zod';

/** Result codes of a return file (rulebook I.6, assumed: the collecting bank gives its own). */
export const resultNames = {
  '00': '成功',
  '01': '户名不符',
  '02': '账号不存在',
  '03': '账户已销户',
  '04': '账户冻结或止付',
  '05': '账户挂失',
  '06': '二类户限额',
  '07': '证件过期',
  '08': '付款户余额不足',
  '09': '重复交易',
  '99': '其他',
} as const;
export type ResultCode = keyof typeof resultNames;

export const ResultCode = z.enum(Object.keys(resultNames) as ResultCode[]);
