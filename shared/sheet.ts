import { dsvFormat } from 'd3-dsv';
import { readSheet } from 'read-excel-file/universal';
import { decodeText } from './encoding.ts';

/** The columns of a kind of file: their names in code, the headers officers write, and which may be missing. */
export type SheetColumns<C extends string> = {
  readonly headers: Readonly<Record<C, string>>;
  readonly optional: readonly C[];
};

/** The rows of a file by column, each with its row number in the file; or why the whole file cannot be read. */
export type Sheet<C extends string> =
  | { readonly rows: readonly { readonly row: number; readonly cells: Readonly<Record<C, string>> }[] }
  | { readonly problem: string };

const startsWith = (bytes: Uint8Array, ...magic: number[]) =>
  magic.every((byte, index) => bytes[index] === byte);
const isZip = (bytes: Uint8Array) => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);
/** The container of Excel before 2007 (.xls). */
const isOldExcel = (bytes: Uint8Array) => startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/** Such files often carry a title and a date above their header. */
const ROWS_ABOVE_HEADER = 10;
const LINE_END = /\r\n|\r|\n/;

const delimiterOf = (text: string): string => {
  const top = text.split(LINE_END, ROWS_ABOVE_HEADER + 1).join('');
  return [',', '\t', ';'].toSorted((a, b) => top.split(b).length - top.split(a).length)[0] ?? ',';
};

/**
 * A row is a line: no column may hold a line break, and read line by line a quote that nobody closed spoils its own row and
 * not the rest of the file.
 */
const csvGrid = (bytes: Uint8Array): string[][] => {
  const text = decodeText(bytes);
  const { parseRows } = dsvFormat(delimiterOf(text));
  return text.split(LINE_END).map((line) => parseRows(line)[0] ?? []);
};

/**
 * Excel keeps fifteen digits of a number: a longer one has already lost its end. It is written with an exponent, so that the
 * row's check can tell the officer to format the column as text. What a formula leaves beyond the fifteenth digit
 * (1350.1000000000001) is noise of the floating point.
 */
const numberText = (value: number): string =>
  Math.abs(value) >= 1e15 ? value.toExponential() : String(Number(value.toPrecision(15)));

const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'number' ? numberText(value) : String(value);
};

const excelGrid = async (bytes: Uint8Array): Promise<string[][]> => {
  // A Buffer's memory may be a part of a pool that other buffers share; only a copy is the file alone.
  const sheet = await readSheet(new Uint8Array(bytes).buffer, { trim: false });
  return sheet.map((row) => row.map(cellText));
};

const namesOf = <C extends string>({ headers }: SheetColumns<C>) => Object.entries(headers) as [C, string][];

/** Where each column stands in a row, if the row is the header. */
const headerPositions = <C extends string>(
  columns: SheetColumns<C>,
  header: readonly string[],
): Map<C, number> => {
  const titles = header.map((title) => title.normalize('NFKC').replace(/\s/g, ''));
  return new Map(
    namesOf(columns).flatMap(([column, name]) => {
      const at = titles.indexOf(name);
      return at === -1 ? [] : [[column, at] as const];
    }),
  );
};

/** The row among the first that names the most columns: the header, or what comes nearest to one. */
const findHeader = <C extends string>(columns: SheetColumns<C>, grid: readonly string[][]) =>
  grid
    .slice(0, ROWS_ABOVE_HEADER + 1)
    .map((row, headerRow) => ({ headerRow, positions: headerPositions(columns, row) }))
    .reduce((best, row) => (row.positions.size > best.positions.size ? row : best));

const rowsOf = <C extends string>(columns: SheetColumns<C>, grid: readonly string[][]): Sheet<C> => {
  if (grid.every((row) => row.every((cell) => cell.trim() === ''))) return { problem: '文件是空的' };
  const { headerRow, positions } = findHeader(columns, grid);
  const missing = namesOf(columns)
    .filter(([column]) => !positions.has(column) && !columns.optional.includes(column))
    .map(([, name]) => name);
  if (missing.length > 0) return { problem: `表头缺少:${missing.join('、')}` };
  const rows = grid.slice(headerRow + 1).flatMap((row, index) => {
    if (row.every((cell) => cell.trim() === '')) return [];
    const cells = Object.fromEntries(
      namesOf(columns).map(([column]) => [column, row[positions.get(column) ?? -1] ?? '']),
    ) as Record<C, string>;
    return [{ row: headerRow + index + 2, cells }];
  });
  return rows.length === 0 ? { problem: '表头下面没有数据' } : { rows };
};

/** Reads a file of rows in CSV (UTF-8 or GB18030) or XLSX, told apart by its bytes. Columns may come in any order; extra ones are ignored. */
export const readSheetFile = async <C extends string>(
  columns: SheetColumns<C>,
  bytes: Uint8Array,
): Promise<Sheet<C>> => {
  if (isOldExcel(bytes)) return { problem: '这是旧版Excel文件(.xls),请另存为 .xlsx 或 CSV' };
  try {
    return rowsOf(columns, isZip(bytes) ? await excelGrid(bytes) : csvGrid(bytes));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { problem: `文件不是可读取的 ${isZip(bytes) ? 'Excel' : 'CSV'} 表格` };
  }
};
