import { AwsError } from '../aws-service.ts';
import { refreshExpiries } from './expiry.ts';
import type { Storage } from './storage.ts';
import type { Table, TableDefinition } from './table.ts';
import { shapeOf, tableOf } from './table.ts';

/** The tables there are, in memory and, one row each, in SQLite. */
export type Catalog = {
  readonly find: (name: string) => Table | undefined;
  /** The table by name or ARN; ResourceNotFoundException when there is none. */
  readonly get: (nameOrArn: string) => Table;
  readonly all: () => readonly Table[];
  readonly create: (definition: TableDefinition) => Table;
  /** Creates the table, or brings stream and time to live of an existing one up to date; refuses another shape. */
  readonly ensure: (definition: TableDefinition) => void;
  readonly change: (table: Table, definition: TableDefinition) => Table;
  readonly drop: (table: Table) => void;
};

export type Account = { readonly region: string; readonly account: string; readonly now: () => number };

const CATALOG_SQL = `CREATE TABLE IF NOT EXISTS dynamodb_tables (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, definition TEXT NOT NULL)`;

const TABLE_ARN = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)$/;

export const notFound = (message = 'Requested resource not found'): AwsError =>
  new AwsError('ResourceNotFoundException', message);

/** What the engine keeps of a definition handed in: the rest (encryption, replicas, tags) has no effect here. */
const essential = (definition: TableDefinition): TableDefinition => ({
  TableName: definition.TableName,
  AttributeDefinitions: definition.AttributeDefinitions,
  KeySchema: definition.KeySchema,
  ...(definition.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: definition.GlobalSecondaryIndexes }),
  ...(definition.LocalSecondaryIndexes && { LocalSecondaryIndexes: definition.LocalSecondaryIndexes }),
  ...(definition.StreamSpecification && { StreamSpecification: definition.StreamSpecification }),
  ...(definition.TimeToLiveSpecification && { TimeToLiveSpecification: definition.TimeToLiveSpecification }),
});

export const openCatalog = (storage: Storage, { region, account, now }: Account): Catalog => {
  const { database, prepare } = storage;
  const tables = new Map<string, Table>();
  const arnOf = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
  const read = (id: number, createdAt: number, definition: TableDefinition): Table =>
    tableOf(definition, { id, createdAt, arn: arnOf(definition.TableName) });

  database.exec(CATALOG_SQL);
  for (const row of prepare('SELECT id, created_at, definition FROM dynamodb_tables ORDER BY id').all()) {
    const definition = JSON.parse(String(row.definition)) as TableDefinition;
    tables.set(definition.TableName, read(Number(row.id), Number(row.created_at), definition));
  }

  const create = (given: TableDefinition): Table => {
    const definition = essential(given);
    const name = definition.TableName;
    read(0, now(), definition);
    if (tables.has(name)) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
    const { lastInsertRowid } = prepare(
      'INSERT INTO dynamodb_tables (name, created_at, definition) VALUES (?, ?, ?)',
    ).run(name, now(), JSON.stringify(definition));
    const table = read(Number(lastInsertRowid), now(), definition);
    storage.createTables(table);
    tables.set(name, table);
    return table;
  };

  const change = (table: Table, definition: TableDefinition): Table => {
    const changed = read(table.id, table.createdAt, essential(definition));
    prepare('UPDATE dynamodb_tables SET definition = ? WHERE id = ?').run(
      JSON.stringify(changed.definition),
      table.id,
    );
    tables.set(table.name, changed);
    if (changed.timeToLive !== table.timeToLive) refreshExpiries(storage, changed);
    return changed;
  };

  return {
    find: (name) => tables.get(name),
    get: (nameOrArn) => {
      const table = tables.get(TABLE_ARN.exec(nameOrArn)?.[1] ?? nameOrArn);
      if (table === undefined) throw notFound();
      return table;
    },
    all: () => [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    create,
    change,
    ensure: (definition) => {
      const existing = tables.get(definition.TableName);
      if (existing === undefined) {
        create(definition);
        return;
      }
      if (shapeOf(read(existing.id, existing.createdAt, essential(definition))) !== shapeOf(existing))
        throw new Error(
          `Table ${existing.name} exists with other keys or indexes; remove it or start from an empty database.`,
        );
      change(existing, definition);
    },
    drop: (table) => {
      prepare('DELETE FROM dynamodb_tables WHERE id = ?').run(table.id);
      storage.dropTables(table);
      tables.delete(table.name);
    },
  };
};
