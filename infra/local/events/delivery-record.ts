import type { Database } from '../database.ts';

/** Where one payload goes, and what becomes of it when it does not arrive. */
export type Destination = {
  readonly arn: string;
  /** The rule's or the schedule's, for the dead letter's attributes. */
  readonly senderArn: string;
  readonly deadLetterArn: string | undefined;
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
};

/** A payload under way to a target that is no queue. */
export type Delivery = {
  readonly id: string;
  readonly destination: Destination;
  readonly payload: string;
  readonly failures: number;
  /** Epoch milliseconds, as is `dueAt`, the time of the next attempt. */
  readonly acceptedAt: number;
  readonly dueAt: number;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS delivery (
    id TEXT PRIMARY KEY,
    destination TEXT NOT NULL,
    payload TEXT NOT NULL,
    failures INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL
  ) STRICT;`;

type Row = {
  id: string;
  destination: string;
  payload: string;
  failures: number;
  accepted_at: number;
  due_at: number;
};

const readRow = (row: Row): Delivery => ({
  id: row.id,
  destination: JSON.parse(row.destination) as Destination,
  payload: row.payload,
  failures: row.failures,
  acceptedAt: row.accepted_at,
  dueAt: row.due_at,
});

/** The record of deliveries under way, which outlives the process. */
export const openRecords = (database: Database) => {
  database.exec(SCHEMA);
  const insert = database.prepare('INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?)');
  const find = database.prepare('SELECT * FROM delivery WHERE id = ?');
  const remove = database.prepare('DELETE FROM delivery WHERE id = ?');
  const postpone = database.prepare('UPDATE delivery SET failures = ?, due_at = ? WHERE id = ?');
  const all = database.prepare('SELECT * FROM delivery ORDER BY accepted_at, id');
  const count = database.prepare('SELECT COUNT(*) AS pending FROM delivery');
  return {
    insert: ({ id, destination, payload, failures, acceptedAt, dueAt }: Delivery) =>
      insert.run(id, JSON.stringify(destination), payload, failures, acceptedAt, dueAt),
    find: (id: string): Delivery | undefined => {
      const row = find.get(id) as Row | undefined;
      return row && readRow(row);
    },
    remove: (id: string) => remove.run(id),
    postpone: (id: string, failures: number, dueAt: number) => postpone.run(failures, dueAt, id),
    all: (): Delivery[] => (all.all() as Row[]).map(readRow),
    count: (): number => (count.get() as { pending: number }).pending,
  };
};
