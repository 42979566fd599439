import { getItem, type Item, type Table } from '../../shared/dynamo.ts';
import { BankReturn, UnmatchedRow } from './return.ts';
import { keys, listings } from './table.ts';

export const returnItem = (bankReturn: BankReturn): Item => ({
  ...bankReturn,
  ...keys.return(bankReturn.returnId),
  listPk: listings.returns,
  listSk: `${bankReturn.receivedAt}#${bankReturn.returnId}`,
});

export const findReturn = async (table: Table, returnId: string): Promise<BankReturn | undefined> => {
  const item = await getItem(table, keys.return(returnId));
  return item && BankReturn.parse(item);
};

export const rowItem = (row: UnmatchedRow): Item => ({ ...row, ...keys.returnRow(row.returnId, row.row) });

export const findRow = async (
  table: Table,
  returnId: string,
  row: number,
): Promise<UnmatchedRow | undefined> => {
  const item = await getItem(table, keys.returnRow(returnId, row));
  return item && UnmatchedRow.parse(item);
};
