import { stringify } from 'csv-stringify/sync';
import type { RosterAccount } from './summary.ts';

/** A spreadsheet computes a cell that begins like a formula; a number, also a negative one, is only a number. */
const inert = (value: string): string =>
  /^[=+@\-\t\r]/.test(value) && !/^-?[\d,.]+$/.test(value) ? `'${value}` : value;

/**
 * `rejected.csv`: every reason why a row was not imported, for the office that sent the roster. With a byte order mark, without
 * which Excel takes UTF-8 for GB18030. The file is named in a column of its own when there is more than one.
 */
export const rejectedCsv = (rosters: readonly RosterAccount[]): string => {
  const isNamed = rosters.length > 1;
  const rows = rosters.flatMap(({ fileName, findings }) =>
    findings
      .filter(({ refused }) => refused)
      .map(({ row, column, value, reason }) => [
        row,
        column,
        inert(value),
        reason,
        ...(isNamed ? [fileName] : []),
      ]),
  );
  const header = ['行号', '列', '值', '原因', ...(isNamed ? ['文件'] : [])];
  return stringify([header, ...rows], { bom: true, record_delimiter: 'windows' });
};
