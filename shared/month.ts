import * as z from 'zod';

/** A benefit month as a value, `YYYY-MM`; never a `Date`, which would drag a day and a time zone along. */
export const Month = z
  .string()
  .regex(/^(199\d|20\d\d)-(0[1-9]|1[0-2])$/, '月份格式应为 2021-07')
  .brand<'Month'>()
  .meta({ id: 'Month', examples: ['2021-07'] });
export type Month = z.output<typeof Month>;

const monthFrom = (count: number): Month =>
  `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}` as Month;
const countOf = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

export const addMonths = (month: Month, count: number): Month => monthFrom(countOf(month) + count);
export const nextMonth = (month: Month): Month => addMonths(month, 1);
export const previousMonth = (month: Month): Month => addMonths(month, -1);
export const firstDayOf = (month: Month): string => `${month}-01`;
export const monthOfDate = (date: string): Month => Month.parse(date.slice(0, 7));

/** Days of a month, 28 to 31. */
export const daysIn = (month: Month): number => {
  const year = Number(month.slice(0, 4));
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month.endsWith('-02') ? (isLeap ? 29 : 28) : /-(0[469]|11)$/.test(month) ? 30 : 31;
};

/** The same day (`yyyy-mm-dd`) `count` months later, or the last of that month when it has no such day. */
export const dateMonthsAfter = (date: string, count: number): string => {
  const month = addMonths(monthOfDate(date), count);
  return `${month}-${String(Math.min(Number(date.slice(8)), daysIn(month))).padStart(2, '0')}`;
};

/** How many months later the second month is; negative when it is earlier. */
export const monthsBetween = (from: Month, to: Month): number => countOf(to) - countOf(from);

const SPELLINGS = [
  /^(\d{4})(\d{2})$/,
  /^(\d{4})\s*年\s*(\d{1,2})(?:\s*月(?:\s*\d{1,2}\s*日?)?)?$/,
  /^(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?$/,
];

/** Reads the spellings found in rosters: `2021-07`, `2021/7`, `2021.7`, `202107`, `2021年7月`, with or without a day. */
export const parseMonth = (text: string): Month | undefined => {
  for (const spelling of SPELLINGS) {
    const [, year, month = ''] = spelling.exec(text.trim()) ?? [];
    if (year !== undefined) return Month.safeParse(`${year}-${month.padStart(2, '0')}`).data;
  }
  return undefined;
};
