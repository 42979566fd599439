import type * as z from 'zod';
import { getItem, type Item, type Table } from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { PriceIndex, priceSubsidy } from './price-index.ts';
import type { PriceIndexView } from './sweep-views.ts';
import { keys } from './table.ts';

export const priceIndexItem = (index: PriceIndex): Item => ({ ...index, ...keys.priceIndex(index.month) });

export const findPriceIndex = async (table: Table, month: Month): Promise<PriceIndex | undefined> => {
  const item = await getItem(table, keys.priceIndex(month));
  return item && PriceIndex.parse(item);
};

/** Before approval, what it would set off by the numbers known now; after it, what it did set off. */
export const viewPriceIndex = (
  { version: _version, ...index }: PriceIndex,
  parameters: ParameterSet,
): z.input<typeof PriceIndexView> => {
  if (index.state === 'approved') return { ...index, triggered: index.perPersonFen !== undefined };
  const subsidy = priceSubsidy(index, parameters);
  return {
    ...index,
    triggered: subsidy !== undefined,
    ...(subsidy && {
      perPersonFen: subsidy.perPersonFen,
      dueDate: subsidy.due.date,
      dueDateCertain: subsidy.due.certain,
    }),
  };
};
