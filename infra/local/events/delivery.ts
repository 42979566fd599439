import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError, type LocalClock } from '../aws-service.ts';
import { type Database, inTransaction } from '../database.ts';
import { type Faults, noFaults } from '../faults.ts';
import type { Sqs } from '../sqs/sqs.ts';

/** A target of a rule or a schedule, as CloudFormation has it; EventBridge's own defaults for the retry policy. */
export const RetryPolicy = z.strictObject({
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(185).default(185),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(86_400).default(86_400),
});
export const DeadLetterConfig = z.strictObject({ Arn: z.string().optional() });

/** Where one payload goes, and what becomes of it when it does not arrive. */
export type Destination = {
  readonly arn: string;
  /** The rule's or the schedule's, for the dead letter's attributes. */
  readonly senderArn: string;
  readonly deadLetterArn: string | undefined;
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
};

export type CreateDeliveries = {
  readonly database: Database;
  readonly clock: LocalClock;
  readonly queues: Pick<Sqs, 'send'>;
  /** Delivers to any target that is no queue, usually a Lambda function; a rejection is tried again later. */
  readonly invoke: (targetArn: string, payload: string) => Promise<void>;
  /** Told of a payload that was given up and has no dead-letter queue. */
  readonly onDropped: (destination: Destination, payload: string, reason: string) => void;
  readonly faults?: Faults;
  readonly newId?: () => string;
};

export type Deliveries = {
  /**
   * Takes over a payload, inside the caller's transaction: a queue holds it when that commits, for any other target it is on
   * record and is tried until it arrives, across restarts.
   */
  readonly enqueue: (destination: Destination, payload: string) => void;
  /** Takes up what an earlier run left undelivered; call once at the start. Returns how many. */
  readonly resume: () => number;
  /** Payloads on record that have not arrived yet. */
  readonly pending: () => number;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS delivery (
    id TEXT PRIMARY KEY,
    destination TEXT NOT NULL,
    payload TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    accepted_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL
  ) STRICT;`;

type Row = {
  readonly id: string;
  readonly destination: string;
  readonly payload: string;
  readonly failures: number;
  readonly accepted_at: number;
  readonly due_at: number;
};

const isQueue = (arn: string): boolean => /^arn:[^:]+:sqs:/.test(arn);

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 10 * 60_000;
const backoffMs = (failures: number): number =>
  Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** Creates the delivery of payloads to targets, shared by the event buses and the scheduler. */
export const createDeliveries = (parts: CreateDeliveries): Deliveries => {
  const { database, clock, queues, invoke, onDropped, faults = noFaults, newId = randomUUID } = parts;
  database.exec(SCHEMA);
  const insert = database.prepare(
    'INSERT INTO delivery (id, destination, payload, accepted_at, due_at) VALUES (?, ?, ?, ?, ?)',
  );
  const find = database.prepare('SELECT * FROM delivery WHERE id = ?');
  const remove = database.prepare('DELETE FROM delivery WHERE id = ?');
  const postpone = database.prepare('UPDATE delivery SET failures = ?, due_at = ? WHERE id = ?');
  const all = database.prepare('SELECT * FROM delivery ORDER BY accepted_at, id');
  const count = database.prepare('SELECT COUNT(*) AS pending FROM delivery');

  const giveUp = (destination: Destination, payload: string, failures: number, reason: string): void => {
    if (!destination.deadLetterArn) {
      onDropped(destination, payload, reason);
      return;
    }
    const messageAttributes = {
      RULE_ARN: text(destination.senderArn),
      TARGET_ARN: text(destination.arn),
      ERROR_MESSAGE: text(reason || 'unknown'),
      RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(Math.max(0, failures - 1)) },
    };
    try {
      queues.send(destination.deadLetterArn, payload, { messageAttributes });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      onDropped(destination, payload, `${reason}; dead-letter queue: ${error.message}`);
    }
  };

  const toQueue = (destination: Destination, payload: string): void => {
    try {
      queues.send(destination.arn, payload);
    } catch (error) {
      // A queue that is not there or refuses the message will do so at every retry.
      if (!(error instanceof AwsError)) throw error;
      giveUp(destination, payload, 1, error.message);
    }
  };

  const fail = (row: Row, destination: Destination, error: Error): void => {
    const failures = row.failures + 1;
    const due = clock.now() + backoffMs(failures);
    if (failures > destination.maximumRetries || due - row.accepted_at > destination.maximumAgeMs) {
      inTransaction(database, () => {
        remove.run(row.id);
        giveUp(destination, row.payload, failures, error.message);
      });
      return;
    }
    postpone.run(failures, due, row.id);
    clock.after(due - clock.now(), () => void attempt(row.id));
  };

  const attempt = async (id: string): Promise<void> => {
    // The row is missing when the transaction that wrote it was rolled back after this attempt was set up.
    const row = database.isOpen ? (find.get(id) as Row | undefined) : undefined;
    if (!row) return;
    const destination = JSON.parse(row.destination) as Destination;
    const failure = await invoke(destination.arn, row.payload).then(
      () =>
        faults.failAfterEffect() ? new Error('Injected: the success was treated as a failure.') : undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    // Whatever ends after the database was closed stays on record and is repeated by the next run.
    if (!database.isOpen) return;
    if (failure) fail(row, destination, failure);
    else remove.run(id);
  };

  const record = (destination: Destination, payload: string): void => {
    const id = newId();
    const now = clock.now();
    const delayMs = faults.delayMs();
    insert.run(id, JSON.stringify(destination), payload, now, now + delayMs);
    // A microtask runs after the caller's transaction, which is synchronous, has ended.
    if (delayMs > 0) clock.after(delayMs, () => void attempt(id));
    else queueMicrotask(() => void attempt(id));
  };

  return {
    enqueue: (destination, payload) => {
      const put = isQueue(destination.arn) ? toQueue : record;
      put(destination, payload);
      if (faults.duplicate()) put(destination, payload);
    },
    resume: () => {
      const rows = all.all() as Row[];
      for (const row of rows) clock.after(Math.max(0, row.due_at - clock.now()), () => void attempt(row.id));
      return rows.length;
    },
    pending: () => (count.get() as { pending: number }).pending,
  };
};
