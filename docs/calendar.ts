import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

/**
 * The holidays and shifted weekends that the State Council has announced, as dates alone: the package carries their names in
 * two languages and a lunar calendar, which would be 37 kB of every function that knows a deadline.
 */
export const calendarText = (): string => {
  const datesOf = (days: Readonly<Record<string, string>>) => Object.keys(days).toSorted();
  const { holidays, workdays } = calendar;
  return `${JSON.stringify({ holidays: datesOf(holidays), shiftedWeekends: datesOf(workdays) }, null, 1)}\n`;
};
