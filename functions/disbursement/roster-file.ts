import { readSheetFile, type Sheet, type SheetColumns } from '../../shared/sheet.ts';
import { type Column, columns } from './roster-row.ts';

const roster: SheetColumns<Column> = {
  headers: columns,
  optional: ['to', 'accountName', 'account', 'bank', 'phone'],
};

/** The rows of a roster file, or why the whole file cannot be read. */
export const readRosterFile = (bytes: Uint8Array): Promise<Sheet<Column>> => readSheetFile(roster, bytes);
