import type { Item } from './attribute-value.ts';
import { attributeOf } from './attribute-value.ts';
import type { Storage } from './storage.ts';
import { itemsTable } from './storage.ts';
import type { Table } from './table.ts';

/** Epoch seconds the item may be removed after, or null: only a number in the table's time-to-live attribute counts. */
export const expiryOf = ({ timeToLive }: Table, item: Item): number | null => {
  const value = timeToLive === undefined ? undefined : attributeOf(item, timeToLive);
  return value !== undefined && 'N' in value ? Number(value.N) : null;
};

/** Reads the expiry of every item anew, after the table's time-to-live attribute became another. */
export const refreshExpiries = ({ prepare }: Storage, table: Table): void => {
  const items = itemsTable(table);
  const update = prepare(`UPDATE ${items} SET expires_at = ? WHERE row = ?`);
  const after = prepare(`SELECT row, item FROM ${items} WHERE row > ? ORDER BY row LIMIT 1000`);
  // In steps, so that a statement is never read while the rows it reads are written.
  for (let rows = after.all(0); rows.length > 0; rows = after.all(Number(rows.at(-1)?.row)))
    for (const { row, item } of rows)
      update.run(expiryOf(table, JSON.parse(String(item)) as Item), Number(row));
};
