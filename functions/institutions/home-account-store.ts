import { getItem, type Item, putNew, putOver, type Table, type Write } from '../../shared/dynamo.ts';
import { HomeAccount } from './home-account.ts';
import { keys } from './table.ts';

export const findHomeAccount = async (table: Table, creditCode: string): Promise<HomeAccount | undefined> => {
  const item = await getItem(table, keys.homeAccount(creditCode));
  return item && HomeAccount.parse(item);
};

/** Writes the next version of an institution's account; of two proposals or decisions at the same moment the second loses. */
export const writeHomeAccount = (table: Table, next: HomeAccount): Write => {
  const item: Item = { ...next, ...keys.homeAccount(next.creditCode) };
  return next.version === 1 ? putNew(table, item) : putOver(table, item, next.version - 1);
};
