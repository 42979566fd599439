import { type Database, inTransaction } from '../database.ts';

const SCHEMA = `CREATE TABLE IF NOT EXISTS lambda_checkpoint (
  consumer TEXT PRIMARY KEY, table_name TEXT NOT NULL, position INTEGER NOT NULL) STRICT`;

/** How far each consumer of a table's stream has come. */
export type Checkpoints = {
  /** Registers a consumer and tells the position after which it goes on; 0 is the beginning. */
  readonly resume: (tableName: string, consumer: string) => number;
  /** Stores a consumer's position and drops the records that every consumer of the table has behind it, in one commit. */
  readonly store: (tableName: string, consumer: string, position: number) => void;
};

/**
 * Keeps positions in the database. A position is stored after its batch took effect and never before: whoever dies in between
 * gets the batch again, and none is ever skipped.
 */
export const openCheckpoints = (
  database: Database,
  trim: (tableName: string, upTo: number) => void,
): Checkpoints => {
  database.exec(SCHEMA);
  const select = database.prepare('SELECT position FROM lambda_checkpoint WHERE consumer = ?');
  const upsert = database.prepare(
    `INSERT INTO lambda_checkpoint VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position`,
  );
  const positions = new Map<string, Map<string, number>>();
  return {
    resume: (tableName, consumer) => {
      const position = Number(select.get(consumer)?.position ?? 0);
      const known = positions.get(tableName) ?? new Map<string, number>();
      positions.set(tableName, known.set(consumer, position));
      return position;
    },
    store: (tableName, consumer, position) =>
      inTransaction(database, () => {
        upsert.run(consumer, tableName, position);
        const known = positions.get(tableName) ?? new Map<string, number>();
        positions.set(tableName, known.set(consumer, position));
        trim(tableName, Math.min(...known.values()));
      }),
  };
};
