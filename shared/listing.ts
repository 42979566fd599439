import { getItems, type Item, queryPage, type Table } from './dynamo.ts';
import type { Key } from './table.ts';

/** Pages through one partition of the `listing` index; the index holds keys only, the items are read as they are now. */
export const listPage = async (
  table: Table,
  partition: string,
  page: { readonly limit: number; readonly cursor?: Item | undefined; readonly prefix?: string },
  order: 'oldest-first' | 'newest-first' = 'newest-first',
): Promise<{ readonly items: readonly Item[]; readonly next: Item | undefined }> => {
  const found = await queryPage(
    table,
    {
      IndexName: 'listing',
      KeyConditionExpression: page.prefix ? 'listPk = :pk AND begins_with(listSk, :sk)' : 'listPk = :pk',
      ExpressionAttributeValues: { ':pk': partition, ...(page.prefix ? { ':sk': page.prefix } : {}) },
      ScanIndexForward: order === 'oldest-first',
      Limit: page.limit,
    },
    page.cursor,
  );
  const keys = found.items.map(({ pk, sk }): Key => ({ pk: String(pk), sk: String(sk) }));
  const items = await getItems(table, keys);
  const byKey = new Map<string, Item>(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  return {
    items: keys.flatMap(({ pk, sk }) => {
      const item = byKey.get(`${pk} ${sk}`);
      return item ? [item] : [];
    }),
    next: found.next,
  };
};

/** A place in a walk over several partitions: which partition, and where in it. */
export type Walk = { readonly at: number; readonly start?: Item | undefined };

/**
 * Pages through partitions one after the other, as many as it takes to fill a page, but never more than `reads` queries for
 * one request: a page may come back short and still have a next one.
 */
export const walkPartitions = async <T>(
  partitions: number,
  from: Walk,
  limit: number,
  read: (
    partition: number,
    limit: number,
    start: Item | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: Item | undefined }>,
  reads = 12,
): Promise<{ readonly items: readonly T[]; readonly next: Walk | undefined }> => {
  const items: T[] = [];
  let at: Walk = from;
  for (let count = 0; count < reads && items.length < limit && at.at < partitions; count++) {
    const page = await read(at.at, limit - items.length, at.start);
    items.push(...page.items);
    at = page.next ? { at: at.at, start: page.next } : { at: at.at + 1 };
  }
  return { items, next: at.at < partitions ? at : undefined };
};
