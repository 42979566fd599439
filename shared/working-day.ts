import calendar from './calendar.json' with { type: 'json' };
import { addDays } from './clock.ts';

/**
 * Statutory working days with their shifted weekends (调休), as the State Council announces them each autumn for the next
 * year. Of a year the calendar does not know, weekdays are counted, and the deadline says so. `calendar.json` is generated
 * from the package `chinese-days`.
 */
const holidays = new Set(calendar.holidays);
const shiftedWeekends = new Set(calendar.shiftedWeekends);

const years = calendar.holidays.map((date) => Number(date.slice(0, 4)));
const KNOWN_YEARS = { first: Math.min(...years), last: Math.max(...years) };

/** A deadline as a date, and whether the calendar knew every day up to it. */
export type Deadline = { readonly date: string; readonly certain: boolean };

const isKnown = (date: string): boolean => {
  const year = Number(date.slice(0, 4));
  return year >= KNOWN_YEARS.first && year <= KNOWN_YEARS.last;
};

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday, the fourth day after a Sunday. */
const isWeekend = (date: string): boolean => {
  const day = (Date.parse(`${date}T00:00:00Z`) / DAY_MS + 4) % 7;
  return day === 0 || day === 6;
};

export const isWorkingDay = (date: string): boolean =>
  shiftedWeekends.has(date) || (!holidays.has(date) && !isWeekend(date));

/** The `count`-th working day after a date; the day of the act itself does not count (rulebook 0.3.4). */
export const workingDaysAfter = (date: string, count: number): Deadline => {
  let end = date;
  for (let left = count; left > 0; ) {
    end = addDays(end, 1);
    if (isWorkingDay(end)) left--;
  }
  return { date: end, certain: isKnown(date) && isKnown(end) };
};

/** The `count`-th natural day after a date, put off to the next working day when it falls on a holiday (rulebook 0.3.4). */
export const naturalDaysAfter = (date: string, count: number): Deadline => {
  let end = addDays(date, count);
  while (!isWorkingDay(end)) end = addDays(end, 1);
  return { date: end, certain: isKnown(end) };
};
