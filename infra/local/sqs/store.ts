import type { Database } from '../database.ts';

/**
 * A message waits until `visible_at`; received, it hides by moving `visible_at` on, and its `receipt` is the only one that can
 * delete it. The index is in the order of delivery and holds all that the depths need.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sqs_message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body TEXT NOT NULL,
    body_md5 TEXT NOT NULL,
    attributes TEXT,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER,
    receipt TEXT,
    dead_letter_source TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sqs_message_by_visibility ON sqs_message (queue, visible_at, receives, sent_at);`;

export type MessageRow = {
  readonly id: number;
  readonly message_id: string;
  readonly body: string;
  readonly body_md5: string;
  readonly attributes: string | null;
  readonly sent_at: number;
  readonly visible_at: number;
  readonly receives: number;
  readonly first_received_at: number | null;
  readonly receipt: string | null;
  readonly dead_letter_source: string | null;
};

export type NewMessage = Pick<
  MessageRow,
  'message_id' | 'body' | 'body_md5' | 'attributes' | 'sent_at' | 'visible_at'
>;

export type QueueDepth = {
  readonly queue: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Of the oldest message, whatever its state; 0 in an empty queue. */
  readonly oldestAgeMs: number;
};

const COLUMNS = `id, message_id, body, body_md5, attributes, sent_at, visible_at, receives, first_received_at, receipt,
  dead_letter_source`;

const prepare = (database: Database) => ({
  insert: database.prepare(
    `INSERT INTO sqs_message (queue, message_id, body, body_md5, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  visible: database.prepare(
    `SELECT ${COLUMNS} FROM sqs_message WHERE queue = ? AND visible_at <= ?
     ORDER BY visible_at, receives, sent_at, id LIMIT ?`,
  ),
  receive: database.prepare(
    `UPDATE sqs_message SET receives = receives + 1, visible_at = ?, receipt = ?,
       first_received_at = coalesce(first_received_at, ?) WHERE id = ?`,
  ),
  byId: database.prepare(`SELECT ${COLUMNS} FROM sqs_message WHERE id = ? AND queue = ?`),
  remove: database.prepare('DELETE FROM sqs_message WHERE id = ?'),
  hide: database.prepare('UPDATE sqs_message SET visible_at = ? WHERE id = ?'),
  giveBack: database.prepare('UPDATE sqs_message SET visible_at = ?, receives = receives - 1 WHERE id = ?'),
  bury: database.prepare(
    'UPDATE sqs_message SET queue = ?, dead_letter_source = ?, visible_at = ?, receipt = NULL WHERE id = ?',
  ),
  redrive: database.prepare(
    `UPDATE sqs_message SET queue = ?, message_id = ?, sent_at = ?, visible_at = ?, receives = 0, first_received_at = NULL,
       receipt = NULL, dead_letter_source = NULL WHERE id = ?`,
  ),
  waiting: database.prepare(
    `SELECT ${COLUMNS} FROM sqs_message WHERE queue = ? AND visible_at <= ? ORDER BY id`,
  ),
  expire: database.prepare('DELETE FROM sqs_message WHERE queue = ? AND sent_at <= ?'),
  purge: database.prepare('DELETE FROM sqs_message WHERE queue = ?'),
  release: database.prepare('UPDATE sqs_message SET visible_at = ? WHERE visible_at > ? AND receives > 0'),
  nextVisible: database.prepare(
    'SELECT MIN(visible_at) AS next FROM sqs_message WHERE queue = ? AND visible_at > ?',
  ),
  depth: database.prepare(
    `SELECT coalesce(SUM(visible_at <= :now), 0) AS visible,
            coalesce(SUM(visible_at > :now AND receives > 0), 0) AS inFlight,
            coalesce(SUM(visible_at > :now AND receives = 0), 0) AS delayed,
            coalesce(:now - MIN(sent_at), 0) AS oldestAgeMs
     FROM sqs_message WHERE queue = :queue`,
  ),
});

/** The SQL of the queues; each function is one statement, transactions are the caller's. */
export const openMessages = (database: Database) => {
  database.exec(SCHEMA);
  const statements = prepare(database);
  return {
    insert: (queue: string, message: NewMessage) => {
      const { message_id, body, body_md5, attributes, sent_at, visible_at } = message;
      statements.insert.run(queue, message_id, body, body_md5, attributes, sent_at, visible_at);
    },
    visible: (queue: string, now: number, limit: number) =>
      statements.visible.all(queue, now, limit) as MessageRow[],
    receive: (id: number, hiddenUntil: number, receipt: string, now: number) =>
      statements.receive.run(hiddenUntil, receipt, now, id),
    find: (queue: string, id: number) => statements.byId.get(id, queue) as MessageRow | undefined,
    remove: (id: number) => statements.remove.run(id),
    hide: (id: number, until: number) => statements.hide.run(until, id),
    giveBack: (id: number, now: number) => statements.giveBack.run(now, id),
    bury: (id: number, deadLetterQueue: string, sourceArn: string, now: number) =>
      statements.bury.run(deadLetterQueue, sourceArn, now, id),
    redrive: (id: number, queue: string, messageId: string, now: number) =>
      statements.redrive.run(queue, messageId, now, now, id),
    waiting: (queue: string, now: number) => statements.waiting.all(queue, now) as MessageRow[],
    expire: (queue: string, sentBefore: number) => statements.expire.run(queue, sentBefore),
    purge: (queue: string) => statements.purge.run(queue),
    release: (now: number) => Number(statements.release.run(now, now).changes),
    nextVisible: (queue: string, now: number) =>
      (statements.nextVisible.get(queue, now) as { next: number | null }).next ?? undefined,
    depth: (queue: string, now: number) => ({ queue, ...statements.depth.get({ now, queue }) }) as QueueDepth,
  };
};

export type Messages = ReturnType<typeof openMessages>;
