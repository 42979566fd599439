import { isWorkday } from 'chinese-days';
import { addDays } from './clock.ts';

/**
 * Statutory working days with their shifted weekends (调休), as the State Council announces them each autumn for the next
 * year. Of a year the calendar does not know, weekdays are counted, and the deadline says so.
 */
const KNOWN_YEARS = { first: 2004, last: 2026 };

/** A deadline as a date, and whether the calendar knew every day up to it. */
export type Deadline = { readonly date: string; readonly certain: boolean };

const isKnown = (date: string): boolean => {
  const year = Number(date.slice(0, 4));
  return year >= KNOWN_YEARS.first && year <= KNOWN_YEARS.last;
};

const WEEKEND = new Set(['Sat', 'Sun']);
const weekday = (date: string): string =>
  new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );

export const isWorkingDay = (date: string): boolean =>
  isKnown(date) ? isWorkday(date) : !WEEKEND.has(weekday(date));

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
