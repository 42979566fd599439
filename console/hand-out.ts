import { type Cells, csvOf, type TableFormat, xlsxOf } from './table-export.ts';

/** Hands a file to whoever sits at the browser. */
export const handOut = async (
  name: string,
  format: TableFormat,
  head: readonly string[],
  rows: Cells,
): Promise<void> => {
  const blob =
    format === 'csv'
      ? new Blob([csvOf(head, rows)], { type: 'text/csv;charset=utf-8' })
      : await xlsxOf(head, rows);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.${format}`;
  link.click();
  URL.revokeObjectURL(link.href);
};
