import { type AreaCode, isCounty, townOf, townsOf } from '../../shared/area.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item, Table } from '../../shared/dynamo.ts';
import { listPage, type Walk, walkPartitions } from '../../shared/listing.ts';

type Listing<T> = {
  readonly area: AreaCode;
  readonly limit: number;
  readonly cursor: Readonly<Record<string, unknown>> | undefined;
  readonly partition: (town: AreaCode) => string;
  readonly prefix?: string;
  readonly order: 'oldest-first' | 'newest-first';
  readonly parse: (item: Item) => T;
  /** What the officer may see and asked for; the index may lag behind, so the items themselves decide. */
  readonly keep: (found: T) => boolean;
  /** Nothing after this one is wanted: the partition ends here. */
  readonly isBeyond?: (found: T) => boolean;
};

/** Towns of an area: of the district all, of a town or village its own. */
export const townsIn = (area: AreaCode): AreaCode[] => (isCounty(area) ? townsOf(area) : [townOf(area)]);

/** Pages through what is listed by town, town after town. */
export const listTowns = async <T>(table: Table, listing: Listing<T>) => {
  const { area, limit, cursor, partition, prefix, order, parse, keep, isBeyond } = listing;
  const towns = townsIn(area);
  const readTown = async (at: number, left: number, start: Item | undefined) => {
    const page = { limit: left, cursor: start, ...(prefix === undefined ? {} : { prefix }) };
    const { items, next } = await listPage(table, partition(towns[at] ?? area), page, order);
    const found = items.map(parse);
    const ends = isBeyond !== undefined && found.some(isBeyond);
    return {
      items: found.filter((each) => keep(each) && !isBeyond?.(each)),
      next: ends ? undefined : next,
    };
  };
  const from = (cursor as Walk | undefined) ?? { at: 0 };
  const { items, next } = await walkPartitions(towns.length, from, limit, readTown, towns.length + 1);
  return { items, next: cursorText(next) };
};
