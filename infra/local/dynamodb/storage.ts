import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Item } from './attribute-value.ts';
import type { EncodedKey, KeyPart } from './key.ts';
import type { Index, Table } from './table.ts';

/** An item as stored; parsed only when somebody looks inside. */
export type StoredItem = {
  readonly row: number;
  readonly text: string;
  readonly size: number;
  readonly item: () => Item;
};

export type StreamEvent = 'INSERT' | 'MODIFY' | 'REMOVE';
export type StreamRow = {
  readonly position: number;
  readonly event: StreamEvent;
  readonly at: number;
  readonly expired: boolean;
  readonly old: string | undefined;
  readonly new: string | undefined;
};

/** A key part in an index or the expiry; null for an item that is not in the index or does not expire. */
export type DerivedValue = KeyPart | number | null;

type SqlRow = Readonly<Record<string, unknown>>;

/** All SQL there is, by table. Identifiers are made of the table's number and column places, never of request text. */
export type Storage = {
  readonly database: DatabaseSync;
  /** A statement prepared once for each SQL text. */
  readonly prepare: (sql: string) => StatementSync;
  readonly createTables: (table: Table) => void;
  readonly dropTables: (table: Table) => void;
  readonly get: (table: Table, key: EncodedKey) => StoredItem | undefined;
  readonly insert: (
    table: Table,
    key: EncodedKey,
    text: string,
    size: number,
    derived: readonly DerivedValue[],
  ) => void;
  /** `derived` is left out where it is as it was: SQLite would take every index entry out and put it in again. */
  readonly update: (
    table: Table,
    row: number,
    text: string,
    size: number,
    derived: readonly DerivedValue[] | undefined,
  ) => void;
  readonly remove: (table: Table, row: number) => void;
  readonly appendStream: (table: Table, record: StreamRow) => void;
  readonly readStream: (table: Table, after: number, limit: number) => readonly StreamRow[];
  readonly trimStream: (table: Table, upTo: number) => void;
  readonly lastStreamPosition: (table: Table) => number;
  readonly countIndexed: (table: Table, index: Index) => number;
  readonly countItems: (table: Table) => { readonly count: number; readonly bytes: number };
};

export const itemsTable = (table: Table): string => `dynamodb_items_${table.id}`;
const streamTable = (table: Table): string => `dynamodb_stream_${table.id}`;
/** Columns that are read off the item: its keys in each index, and when it expires. */
const derivedColumns = (table: Table): string[] => [
  ...table.indexes.flatMap(({ place }) => [`g${place}_pk`, `g${place}_sk`]),
  'expires_at',
];

/** Wraps a stored text; the parse happens once, on the first look. */
export const storedItem = (row: number, text: string, size: number): StoredItem => {
  let item: Item | undefined;
  return {
    row,
    text,
    size,
    item: () => {
      item ??= JSON.parse(text) as Item;
      return item;
    },
  };
};

const tablesSql = (table: Table): string => {
  const items = itemsTable(table);
  const columns = derivedColumns(table).map((column) => `, ${column}`);
  const indexes = table.indexes.map(
    ({ place }) =>
      `CREATE INDEX ${items}_g${place} ON ${items} (g${place}_pk, g${place}_sk, pk, sk) WHERE g${place}_pk IS NOT NULL;`,
  );
  // Columns have no declared type, so SQLite keeps text as text and bytes as bytes, and compares them byte by byte.
  return `CREATE TABLE ${items} (row INTEGER PRIMARY KEY, pk NOT NULL, sk NOT NULL, size INTEGER NOT NULL${columns.join('')}, item TEXT NOT NULL);
    CREATE UNIQUE INDEX ${items}_key ON ${items} (pk, sk);
    CREATE INDEX ${items}_expiry ON ${items} (expires_at) WHERE expires_at IS NOT NULL;
    ${indexes.join('\n')}
    CREATE TABLE ${streamTable(table)} (position INTEGER PRIMARY KEY, event TEXT NOT NULL, at INTEGER NOT NULL, expired INTEGER NOT NULL, old TEXT, new TEXT);`;
};

const streamRow = (row: SqlRow): StreamRow => ({
  position: Number(row.position),
  event: row.event as StreamEvent,
  at: Number(row.at),
  expired: row.expired === 1,
  old: (row.old as string | null) ?? undefined,
  new: (row.new as string | null) ?? undefined,
});

const statementCache = (database: DatabaseSync) => {
  const statements = new Map<string, StatementSync>();
  return (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
};

const insertSql = (table: Table): string => {
  const columns = ['pk', 'sk', 'item', 'size', ...derivedColumns(table)];
  return `INSERT INTO ${itemsTable(table)} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`;
};

const updateSql = (table: Table, derived: readonly string[]): string => {
  const columns = ['item', 'size', ...derived];
  return `UPDATE ${itemsTable(table)} SET ${columns.map((column) => `${column} = ?`).join()} WHERE row = ?`;
};

/** SQL text by table, composed once: tables are immutable values, replaced when they change. */
const perTable = (compose: (table: Table) => string) => {
  const texts = new Map<number, string>();
  return (table: Table): string => {
    const known = texts.get(table.id);
    if (known !== undefined) return known;
    const text = compose(table);
    texts.set(table.id, text);
    return text;
  };
};

export const openStorage = (database: DatabaseSync): Storage => {
  const prepare = statementCache(database);
  const getSql = perTable(
    (table) => `SELECT row, item, size FROM ${itemsTable(table)} WHERE pk = ? AND sk = ?`,
  );
  const insertText = perTable(insertSql);
  const updateText = perTable((table) => updateSql(table, derivedColumns(table)));
  const updateInPlaceText = perTable((table) => updateSql(table, []));
  const removeSql = perTable((table) => `DELETE FROM ${itemsTable(table)} WHERE row = ?`);
  const appendSql = perTable(
    (table) =>
      `INSERT INTO ${streamTable(table)} (position, event, at, expired, old, new) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  return {
    database,
    prepare,
    createTables: (table) => database.exec(tablesSql(table)),
    dropTables: (table) =>
      database.exec(`DROP TABLE ${itemsTable(table)}; DROP TABLE ${streamTable(table)};`),
    get: (table, [pk, sk]) => {
      const row = prepare(getSql(table)).get(pk, sk) as
        | { row: number; item: string; size: number }
        | undefined;
      return row && storedItem(row.row, row.item, row.size);
    },
    insert: (table, [pk, sk], text, size, derived) => {
      prepare(insertText(table)).run(pk, sk, text, size, ...derived);
    },
    update: (table, row, text, size, derived) => {
      const sql = derived ? updateText(table) : updateInPlaceText(table);
      prepare(sql).run(text, size, ...(derived ?? []), row);
    },
    remove: (table, row) => {
      prepare(removeSql(table)).run(row);
    },
    appendStream: (table, { position, event, at, expired, old, new: next }) => {
      prepare(appendSql(table)).run(position, event, at, Number(expired), old ?? null, next ?? null);
    },
    readStream: (table, after, limit) =>
      prepare(`SELECT * FROM ${streamTable(table)} WHERE position > ? ORDER BY position LIMIT ?`)
        .all(after, limit)
        .map(streamRow),
    trimStream: (table, upTo) => {
      prepare(`DELETE FROM ${streamTable(table)} WHERE position <= ?`).run(upTo);
    },
    lastStreamPosition: (table) =>
      Number(prepare(`SELECT max(position) AS last FROM ${streamTable(table)}`).get()?.last ?? 0),
    countIndexed: (table, { place }) =>
      Number(
        prepare(`SELECT count(*) AS count FROM ${itemsTable(table)} WHERE g${place}_pk IS NOT NULL`).get()
          ?.count,
      ),
    countItems: (table) => {
      const row = prepare(`SELECT count(*) AS count, total(size) AS bytes FROM ${itemsTable(table)}`).get();
      return { count: Number(row?.count), bytes: Number(row?.bytes) };
    },
  };
};
