import { stringify } from 'csv-stringify/browser/esm/sync';
import { isValidElement, type ReactNode } from 'react';
import writeExcelFile from 'write-excel-file/universal';

/** A table as a file that opens in Excel and in WPS. */

export type Cells = readonly (readonly ReactNode[])[];
export type TableFormat = 'csv' | 'xlsx';

/** What a cell says, whatever it is made of. */
export const textOf = (node: ReactNode): string => {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (!isValidElement<{ readonly children?: ReactNode }>(node)) return '';
  return textOf(node.props.children);
};

/** A figure with its unit, as pages show it. */
const FIGURE = /^(-?[\d,]+(?:\.\d+)?) (元|户次|户|人次|人|件|笔|家|行)$/;
const figureOf = (text: string): { readonly value: number; readonly unit: string } | undefined => {
  const [, digits, unit] = FIGURE.exec(text) ?? [];
  return digits === undefined || unit === undefined
    ? undefined
    : { value: Number(digits.replaceAll(',', '')), unit };
};

/** A text that a spreadsheet would take for a formula is told to be a text: somebody else may have chosen it. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !figureOf(text) ? `'${text}` : text);

const BOM = '\uFEFF';
/** UTF-8 with a mark, by which Excel knows Chinese for what it is. */
export const csvOf = (head: readonly string[], rows: Cells): string =>
  BOM + stringify([head.map(harmless), ...rows.map((row) => row.map((cell) => harmless(textOf(cell))))]);

/** Figures are numbers that can be summed, with their unit in their format; everything else is text, long digits too. */
const cellOf = (node: ReactNode) => {
  const text = textOf(node);
  const figure = figureOf(text);
  if (!figure) return { value: text, type: String };
  const digits = figure.unit === '元' ? '#,##0.00' : '#,##0';
  return { value: figure.value, type: Number, format: `${digits}"${figure.unit}"` };
};

/** Chinese is twice as wide as digits, by which a spreadsheet measures its columns. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0xff ? 2 : 1), 0);
const WIDEST = 60;

export const xlsxOf = (head: readonly string[], rows: Cells): Promise<Blob> => {
  const columns = head.map((title, column) => {
    const texts = [title, ...rows.map((row) => textOf(row[column]))];
    return {
      width: Math.min(WIDEST, 2 + texts.reduce((widest, text) => Math.max(widest, widthOf(text)), 0)),
    };
  });
  const bold = head.map((title) => ({ value: title, type: String, fontWeight: 'bold' as const }));
  return writeExcelFile([bold, ...rows.map((row) => row.map(cellOf))], { columns }).toBlob();
};
