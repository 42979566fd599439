import { type AreaCode, isCounty, townOf, townsOf } from '../../shared/area.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item, Table } from '../../shared/dynamo.ts';
import { getItems, queryPage } from '../../shared/dynamo.ts';
import { listPage, type Walk, walkPartitions } from '../../shared/listing.ts';
import type { Key } from '../../shared/table.ts';
import { dueIn } from './table.ts';

/** Pages over the towns of an area: each town is a partition of its own in the indexes. */

type PageWanted = { readonly limit: number; readonly cursor?: Record<string, unknown> | undefined };
export type PageFound<T> = { readonly items: readonly T[]; readonly next: string | undefined };

const townsIn = (area: AreaCode): readonly AreaCode[] => (isCounty(area) ? townsOf(area) : [townOf(area)]);
const isVillage = (area: AreaCode): boolean => townOf(area) !== area;

const walkTowns = async <T>(
  area: AreaCode,
  wanted: PageWanted,
  read: Parameters<typeof walkPartitions<T>>[3],
): Promise<PageFound<T>> => {
  const towns = townsIn(area);
  const from = (wanted.cursor as Walk | undefined) ?? { at: 0 };
  const { items, next } = await walkPartitions(towns.length, from, wanted.limit, read, towns.length + 1);
  return { items, next: cursorText(next) };
};

/**
 * Pages through what an area has listed. `keep` parses an item and leaves out what is not asked for, or what the officer may
 * not see: the index may lag behind a case that has just moved.
 */
export const listedInArea = <T>(
  table: Table,
  area: AreaCode,
  partitionOf: (town: AreaCode) => string,
  wanted: PageWanted & { readonly prefix?: string; readonly order: 'oldest-first' | 'newest-first' },
  keep: (item: Item) => readonly T[],
): Promise<PageFound<T>> => {
  const towns = townsIn(area);
  const prefix = wanted.prefix ?? (isVillage(area) ? `${area}#` : '');
  return walkTowns(area, wanted, async (at, limit, cursor) => {
    const partition = partitionOf(towns[at] ?? area);
    const page = await listPage(table, partition, { limit, cursor, prefix }, wanted.order);
    return { items: page.items.flatMap(keep), next: page.next };
  });
};

/** Pages through what an area must do before a date, each town’s most overdue first; only what is due for `purpose`. */
export const dueInArea = <T>(
  table: Table,
  area: AreaCode,
  wanted: PageWanted & { readonly before: string; readonly purpose: string },
  keep: (item: Item) => readonly T[],
): Promise<PageFound<T>> => {
  const towns = townsIn(area);
  return walkTowns(area, wanted, async (at, limit, cursor) => {
    const found = await queryPage(
      table,
      {
        IndexName: 'due',
        KeyConditionExpression: 'duePk = :pk AND dueSk < :before',
        ExpressionAttributeValues: { ':pk': dueIn(towns[at] ?? area), ':before': wanted.before },
        Limit: limit,
      },
      cursor,
    );
    const keys = found.items
      .filter(({ dueSk }) => String(dueSk).split('#')[1] === wanted.purpose)
      .map(({ pk, sk }): Key => ({ pk: String(pk), sk: String(sk) }));
    const items = await getItems(table, keys);
    const byKey = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
    const listed = keys.flatMap(({ pk, sk }): Item[] => {
      const item = byKey.get(`${pk} ${sk}`);
      return item ? [item] : [];
    });
    return { items: listed.flatMap(keep), next: found.next };
  });
};
