import * as z from 'zod';
import { addMonths, Month } from '../../shared/month.ts';

/** The time a figure is for: whole months, from the first to the last. */
export type Period = {
  readonly code: string;
  /** 2021年上半年 */
  readonly name: string;
  readonly from: Month;
  readonly to: Month;
};

const PERIOD = /^(20\d\d)(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?$/;
const QUARTERS = ['一', '二', '三', '四'];

const spanOf = (year: string, first: number, months: number): Pick<Period, 'from' | 'to'> => {
  const from = Month.parse(`${year}-${String(first).padStart(2, '0')}`);
  return { from, to: addMonths(from, months - 1) };
};

/** Reads `2021`, `2021H1`, `2021Q3` or `2021-07`; undefined for anything else. */
export const parsePeriod = (code: string): Period | undefined => {
  const [, year, half, quarter, month] = PERIOD.exec(code) ?? [];
  if (year === undefined) return undefined;
  if (half !== undefined) {
    const name = `${year}年${half === '1' ? '上' : '下'}半年`;
    return { code, name, ...spanOf(year, half === '1' ? 1 : 7, 6) };
  }
  if (quarter !== undefined) {
    const name = `${year}年第${QUARTERS[Number(quarter) - 1]}季度`;
    return { code, name, ...spanOf(year, Number(quarter) * 3 - 2, 3) };
  }
  if (month !== undefined)
    return { code, name: `${year}年${Number(month)}月`, ...spanOf(year, Number(month), 1) };
  return { code, name: `${year}年`, ...spanOf(year, 1, 12) };
};

export const PeriodCode = z
  .string()
  .regex(PERIOD, '期间格式应为 2021、2021H1、2021Q3 或 2021-07')
  .transform((code): Period => {
    const period = parsePeriod(code);
    if (!period) throw new Error('The pattern let through what is no period.');
    return period;
  })
  .meta({ type: 'string', examples: ['2021H1'], description: 'A year, half, quarter or month.' });

export const monthsOf = ({ from, to }: Pick<Period, 'from' | 'to'>): Month[] => {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
};

/** The period of the same length just before. */
export const periodBefore = (period: Period): Pick<Period, 'from' | 'to'> => {
  const length = monthsOf(period).length;
  return { from: addMonths(period.from, -length), to: addMonths(period.from, -1) };
};
