import type { Item } from './attribute-value.ts';
import { itemSize } from './item-size.ts';
import type { EncodedKey, KeyPart } from './key.ts';
import type { KeyRange } from './key-condition.ts';
import type { Storage, StoredItem } from './storage.ts';
import { itemsTable, storedItem } from './storage.ts';
import type { Index, Table } from './table.ts';
import { projectToIndex } from './write.ts';

/** Where a page starts after: the item's table key, and its key in the index when one is read. */
export type StartKey = { readonly key: EncodedKey; readonly indexKey: EncodedKey | undefined };

export type PageRequest = {
  readonly table: Table;
  readonly index: Index | undefined;
  /** Undefined reads the whole table or index. */
  readonly range: KeyRange | undefined;
  readonly forward: boolean;
  readonly start: StartKey | undefined;
  readonly limit: number | undefined;
};

export type Page = {
  /** Items as the table or index carries them, before any filter. */
  readonly entries: readonly StoredItem[];
  readonly bytes: number;
  /** Whether reading stopped at the limit or at 1 MB, so that more may follow. */
  readonly partial: boolean;
};

const PAGE_BYTES_MAX = 1_048_576;

type Columns = { readonly hash: string; readonly order: readonly string[] };

const columnsOf = (index: Index | undefined): Columns =>
  index === undefined
    ? { hash: 'pk', order: ['sk'] }
    : { hash: `g${index.place}_pk`, order: [`g${index.place}_sk`, 'pk', 'sk'] };

const startParts = ({ key, indexKey }: StartKey, scanning: boolean): KeyPart[] => {
  const parts = indexKey === undefined ? [...key] : [...indexKey, ...key];
  return scanning ? parts : parts.slice(1);
};

const pageSql = ({
  table,
  index,
  range,
  forward,
  start,
  limit,
}: PageRequest): { sql: string; parameters: (KeyPart | number)[] } => {
  const { hash, order } = columnsOf(index);
  const direction = forward ? '' : ' DESC';
  const sorted = range === undefined ? [hash, ...order] : order;
  const conditions: string[] = [];
  const parameters: (KeyPart | number)[] = [];
  if (range === undefined) conditions.push(`${hash} IS NOT NULL`);
  else {
    conditions.push(`${hash} = ?`);
    parameters.push(range.hash);
    for (const { operator, part } of range.bounds) {
      conditions.push(`${order[0]} ${operator} ?`);
      parameters.push(part);
    }
  }
  if (start !== undefined) {
    conditions.push(`(${sorted.join()}) ${forward ? '>' : '<'} (${sorted.map(() => '?').join()})`);
    parameters.push(...startParts(start, range === undefined));
  }
  parameters.push(limit ?? -1);
  const sql = `SELECT row, item, size FROM ${itemsTable(table)} WHERE ${conditions.join(' AND ')}
    ORDER BY ${sorted.map((column) => column + direction).join()} LIMIT ?`;
  return { sql, parameters };
};

const throughIndex = (index: Index, stored: StoredItem): StoredItem => {
  const projected: Item = projectToIndex(index, stored.item());
  return { ...stored, size: itemSize(projected), item: () => projected };
};

/** Reads in key order until the range, the limit or 1 MB is used up. */
export const readPage = ({ prepare }: Storage, request: PageRequest): Page => {
  const { index, limit } = request;
  const { sql, parameters } = pageSql(request);
  const statement = prepare(sql);
  statement.setReturnArrays(true);
  const entries: StoredItem[] = [];
  let bytes = 0;
  const rows = statement.iterate(...parameters) as unknown as Iterable<[number, string, number]>;
  for (const [row, text, size] of rows) {
    const stored = storedItem(row, text, size);
    const entry = index?.projected === undefined ? stored : throughIndex(index, stored);
    if (entries.length > 0 && bytes + entry.size > PAGE_BYTES_MAX) return { entries, bytes, partial: true };
    bytes += entry.size;
    entries.push(entry);
  }
  return { entries, bytes, partial: entries.length === limit };
};
