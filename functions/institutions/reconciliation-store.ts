import { getItem, putNew, putOver, type Table, type Write } from '../../shared/dynamo.ts';
import { type Quarter, Reconciliation } from './reconciliation.ts';
import { keys } from './table.ts';

export const findReconciliation = async (
  table: Table,
  creditCode: string,
  quarter: Quarter,
): Promise<Reconciliation | undefined> => {
  const item = await getItem(table, keys.reconciliation(creditCode, quarter));
  return item && Reconciliation.parse(item);
};

/** Writes the next version of a reconciliation; loses to another comparison or explanation in between. */
export const writeReconciliation = (table: Table, next: Reconciliation): Write => {
  const item = { ...next, ...keys.reconciliation(next.creditCode, next.quarter) };
  return next.version === 1 ? putNew(table, item) : putOver(table, item, next.version - 1);
};
