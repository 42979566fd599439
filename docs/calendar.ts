import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

/** Deadlines run from what is received now; what was received before is not reckoned any more. */
const FIRST_DAY = '2015-01-01';

/**
 * The holidays and shifted weekends that the State Council has announced since then, as dates alone: the package carries
 * their names in two languages and a lunar calendar, which would be 37 kB of every function that knows a deadline.
 */
export const calendarText = (): string => {
  const datesOf = (days: Readonly<Record<string, string>>) =>
    Object.keys(days)
      .filter((date) => date >= FIRST_DAY)
      .toSorted();
  const { holidays, workdays } = calendar;
  return `${JSON.stringify({ holidays: datesOf(holidays), shiftedWeekends: datesOf(workdays) }, null, 1)}\n`;
};
