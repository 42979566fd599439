import { getItems, type Item, queryPage, type Selection, type Table } from './dynamo.ts';
import type { Key } from './table.ts';

/** Items by keys that an index gave, in their order and as they are now; what is gone meanwhile is left out. */
const itemsInOrder = async (table: Table, listed: readonly Item[]): Promise<Item[]> => {
  const keys = listed.map(({ pk, sk }): Key => ({ pk: String(pk), sk: String(sk) }));
  const items = await getItems(table, keys);
  const byKey = new Map<string, Item>(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  return keys.flatMap(({ pk, sk }): Item[] => {
    const item = byKey.get(`${pk} ${sk}`);
    return item ? [item] : [];
  });
};

type Order = 'oldest-first' | 'newest-first';

/** What is listed in one partition of the `listing` index. */
export const listedIn = (partition: string, prefix: string | undefined, order: Order): Selection => ({
  IndexName: 'listing',
  KeyConditionExpression: prefix ? 'listPk = :pk AND begins_with(listSk, :sk)' : 'listPk = :pk',
  ExpressionAttributeValues: { ':pk': partition, ...(prefix ? { ':sk': prefix } : {}) },
  ScanIndexForward: order === 'oldest-first',
});

/** Pages through one partition of the `listing` index; the index holds keys only, the items are read as they are now. */
export const listPage = async (
  table: Table,
  partition: string,
  page: { readonly limit: number; readonly cursor?: Item | undefined; readonly prefix?: string },
  order: Order = 'newest-first',
): Promise<{ readonly items: readonly Item[]; readonly next: Item | undefined }> => {
  const selection = { ...listedIn(partition, page.prefix, order), Limit: page.limit };
  const found = await queryPage(table, selection, page.cursor);
  return { items: await itemsInOrder(table, found.items), next: found.next };
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

export type IndexWalk<T> = {
  /** What of an index is asked of each partition; it holds keys only. */
  readonly partitions: readonly Selection[];
  readonly from: Walk;
  readonly limit: number;
  /** Leaves out what is not asked for by what the index holds of it, before it is read. */
  readonly isWanted?: (listed: Item) => boolean;
  /** Parses an item, and leaves out what is not asked for or may not be seen: the index may lag behind. */
  readonly keep: (item: Item) => readonly T[];
};

/**
 * Pages through partitions of an index. What several of them hold is read at once: towns are many and most pages take little
 * of each. Like `walkPartitions` it may answer a short page that still has a next one.
 */
export const walkIndex = async <T>(
  table: Table,
  { partitions, from, limit, isWanted = () => true, keep }: IndexWalk<T>,
): Promise<{ readonly items: readonly T[]; readonly next: Walk | undefined }> => {
  const items: T[] = [];
  let at: Walk = from;
  let reads = partitions.length + 1;
  while (items.length < limit && at.at < partitions.length && reads > 0) {
    const found: Item[] = [];
    for (; items.length + found.length < limit && reads > 0; reads--) {
      const selection = partitions[at.at];
      if (selection === undefined) break;
      const size = limit - items.length - found.length;
      const page = await queryPage(table, { ...selection, Limit: size }, at.start);
      found.push(...page.items.filter(isWanted));
      at = page.next ? { at: at.at, start: page.next } : { at: at.at + 1 };
    }
    items.push(...(await itemsInOrder(table, found)).flatMap(keep));
  }
  return { items, next: at.at < partitions.length ? at : undefined };
};
