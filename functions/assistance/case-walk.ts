import { type AreaCode, isCounty, townOf, townsOf } from '../../shared/area.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item, Selection, Table } from '../../shared/dynamo.ts';
import { type IndexWalk, listedIn, type Walk, walkIndex } from '../../shared/listing.ts';
import { dueIn } from './table.ts';

/** Pages over the towns of an area: each town is a partition of its own in the indexes. */

type PageWanted = { readonly limit: number; readonly cursor?: Record<string, unknown> | undefined };
export type PageFound<T> = { readonly items: readonly T[]; readonly next: string | undefined };

const isVillage = (area: AreaCode): boolean => townOf(area) !== area;

const walkTowns = async <T>(
  table: Table,
  area: AreaCode,
  { limit, cursor }: PageWanted,
  listed: (town: AreaCode) => Selection,
  kept: Pick<IndexWalk<T>, 'isWanted' | 'keep'>,
): Promise<PageFound<T>> => {
  const partitions = (isCounty(area) ? townsOf(area) : [townOf(area)]).map(listed);
  const from = (cursor as Walk | undefined) ?? { at: 0 };
  const { items, next } = await walkIndex(table, { partitions, from, limit, ...kept });
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
  const { prefix = isVillage(area) ? `${area}#` : undefined, order } = wanted;
  const listed = (town: AreaCode) => listedIn(partitionOf(town), prefix, order);
  return walkTowns(table, area, wanted, listed, { keep });
};

/** Pages through what an area must do before a date, each town’s most overdue first; only what is due for `purpose`. */
export const dueInArea = <T>(
  table: Table,
  area: AreaCode,
  { before, purpose, ...page }: PageWanted & { readonly before: string; readonly purpose: string },
  keep: (item: Item) => readonly T[],
): Promise<PageFound<T>> => {
  const due = (town: AreaCode): Selection => ({
    IndexName: 'due',
    KeyConditionExpression: 'duePk = :pk AND dueSk < :before',
    ExpressionAttributeValues: { ':pk': dueIn(town), ':before': before },
  });
  const isWanted = ({ dueSk }: Item) => String(dueSk).split('#')[1] === purpose;
  return walkTowns(table, area, page, due, { isWanted, keep });
};
