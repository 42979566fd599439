import type { Engine } from './request.ts';
import type { StoredItem } from './storage.ts';
import { itemsTable, storedItem } from './storage.ts';
import type { Table } from './table.ts';

/** AWS leaves items alone whose time lies more than five years back: such a number was hardly meant as a time. */
const STALE_SECONDS = 5 * 365 * 24 * 60 * 60;

const expiredItems = ({ storage, now }: Engine, table: Table): StoredItem[] => {
  const seconds = Math.floor(now() / 1_000);
  return storage
    .prepare(
      `SELECT row, item, size FROM ${itemsTable(table)} WHERE expires_at < ? AND expires_at > ? ORDER BY expires_at`,
    )
    .all(seconds, seconds - STALE_SECONDS)
    .map(({ row, item, size }) => storedItem(Number(row), String(item), Number(size)));
};

/** Removes every item past its time to live, with the stream record AWS marks as its own. Returns how many went. */
export const expireItems = (engine: Engine): number => {
  let removed = 0;
  for (const table of engine.catalog.all()) {
    if (table.timeToLive === undefined) continue;
    for (const old of expiredItems(engine, table)) {
      engine.storage.remove(table, old.row);
      engine.streams.append(table, { old, next: undefined, newText: undefined, expired: true });
      removed++;
    }
  }
  return removed;
};
