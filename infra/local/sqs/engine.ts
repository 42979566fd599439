import type { JsonObject, LocalClock } from '../aws-service.ts';
import { type Database, inTransaction, inUnsyncedTransaction } from '../database.ts';
import type { Faults } from '../faults.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';
import { invalidReceipt, noSuchQueue } from './errors.ts';
import { checkMessage, type MessageAttributes, md5 } from './message.ts';
import { type Queue, type QueueDefinition, queueNameOf, readQueue } from './queue.ts';
import { type MessageRow, type Messages, openMessages } from './store.ts';

export type Send = {
  readonly delaySeconds?: number | undefined;
  readonly messageAttributes?: MessageAttributes | undefined;
};
export type Sent = { readonly messageId: string; readonly bodyMd5: string };

/** A message in its receiver's hands. */
export type Received = {
  readonly messageId: string;
  /** Deletes or releases the message until it is received again. */
  readonly receiptHandle: string;
  readonly body: string;
  readonly bodyMd5: string;
  /** System attributes by their AWS names: `ApproximateReceiveCount`, `SentTimestamp`, `DeadLetterQueueSourceArn`, … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: MessageAttributes;
};

/** A redrive as `ListMessageMoveTasks` tells of it. */
export type MoveTask = {
  readonly taskHandle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly status: 'COMPLETED' | 'FAILED';
  readonly failureReason: string | undefined;
  readonly moved: number;
  readonly toMove: number;
  readonly startedAt: number;
};

export type Engine = {
  readonly messages: Messages;
  readonly arrivals: Arrivals;
  readonly database: Database;
  readonly clock: LocalClock;
  readonly faults: Faults;
  readonly account: string;
  readonly newId: () => string;
  readonly queues: Map<string, Queue>;
  /** When each queue was last cleared of messages past their retention. */
  readonly swept: Map<string, number>;
  readonly moveTasks: MoveTask[];
  readonly arnPrefix: string;
  readonly urlOf: (queue: Queue) => string;
};

export type EngineParts = Pick<Engine, 'database' | 'clock' | 'faults' | 'account' | 'newId'> & {
  readonly region: string;
  /** Where the queues can be reached, without a slash at the end; asked late, since the port is known only after listening. */
  readonly endpoint: () => string;
};

export const createEngine = ({ region, endpoint, ...parts }: EngineParts): Engine => {
  const messages = openMessages(parts.database);
  return {
    ...parts,
    messages,
    arrivals: createArrivals(parts.clock, messages.nextVisible),
    queues: new Map(),
    swept: new Map(),
    moveTasks: [],
    urlOf: (queue) => `${endpoint()}/${parts.account}/${queue.name}`,
    arnPrefix: `arn:aws:sqs:${region}:${parts.account}:`,
  };
};

export const createQueue = (engine: Engine, definition: QueueDefinition | JsonObject): Queue => {
  const queue = readQueue(definition, engine.arnPrefix, engine.clock.now());
  engine.queues.set(queue.name, queue);
  // Messages of an earlier run may be waiting for their time.
  engine.arrivals.announceAt(queue.name, engine.messages.nextVisible(queue.name, engine.clock.now()));
  return queue;
};

/** Finds a queue by name, ARN or URL. */
export const findQueue = (engine: Engine, nameOrArnOrUrl: string): Queue => {
  const queue = engine.queues.get(queueNameOf(nameOrArnOrUrl));
  if (!queue) throw noSuchQueue(nameOrArnOrUrl);
  return queue;
};

/** Puts one message in a queue, inside the caller's transaction if there is one. */
export const send = (engine: Engine, queue: Queue, body: string, options: Send = {}): Sent => {
  const attributes = options.messageAttributes ?? {};
  checkMessage(body, attributes, queue.largestMessage);
  const now = engine.clock.now();
  const delayMs = options.delaySeconds === undefined ? queue.delayMs : options.delaySeconds * 1000;
  const message = {
    message_id: engine.newId(),
    body,
    body_md5: md5(body),
    attributes: Object.keys(attributes).length > 0 ? JSON.stringify(attributes) : null,
    sent_at: now,
    visible_at: now + delayMs + engine.faults.delayMs(),
  };
  inTransaction(engine.database, () => {
    engine.messages.insert(queue.name, message);
    // A duplicate of SQS has the id of its original: consumers cannot tell them apart by looking.
    if (engine.faults.duplicate()) engine.messages.insert(queue.name, message);
  });
  engine.arrivals.announceAt(queue.name, message.visible_at);
  return { messageId: message.message_id, bodyMd5: message.body_md5 };
};

const SWEEP_EVERY_MS = 60_000;

const sweep = (engine: Engine, queue: Queue, now: number): void => {
  if (now - (engine.swept.get(queue.name) ?? 0) < SWEEP_EVERY_MS) return;
  engine.swept.set(queue.name, now);
  engine.messages.expire(queue.name, now - queue.retentionMs);
};

const received = (engine: Engine, row: MessageRow, receiptHandle: string, now: number): Received => ({
  messageId: row.message_id,
  receiptHandle,
  body: row.body,
  bodyMd5: row.body_md5,
  attributes: {
    SenderId: engine.account,
    SentTimestamp: String(row.sent_at),
    ApproximateReceiveCount: String(row.receives + 1),
    ApproximateFirstReceiveTimestamp: String(row.first_received_at ?? now),
    ...(row.dead_letter_source ? { DeadLetterQueueSourceArn: row.dead_letter_source } : {}),
  },
  messageAttributes: row.attributes === null ? {} : (JSON.parse(row.attributes) as MessageAttributes),
});

const bury = (
  engine: Engine,
  queue: Queue,
  redrive: NonNullable<Queue['redrive']>,
  row: MessageRow,
  now: number,
): void => {
  const deadLetterQueue = findQueue(engine, redrive.deadLetterArn);
  engine.messages.bury(row.id, deadLetterQueue.name, queue.arn, now);
  engine.arrivals.announce(deadLetterQueue.name);
};

/** How many more messages than asked for are looked at when they are to come in another order. */
const SHUFFLED_FACTOR = 5;

const candidates = (engine: Engine, queue: Queue, now: number, limit: number): readonly MessageRow[] => {
  if (!engine.faults.reorder()) return engine.messages.visible(queue.name, now, limit);
  return engine.faults
    .shuffle(engine.messages.visible(queue.name, now, limit * SHUFFLED_FACTOR))
    .slice(0, limit);
};

const take = (
  engine: Engine,
  queue: Queue,
  rows: readonly MessageRow[],
  hideMs: number,
  now: number,
): Received[] => {
  const taken: Received[] = [];
  for (const row of rows) {
    if (row.sent_at <= now - queue.retentionMs) engine.messages.remove(row.id);
    else if (queue.redrive && row.receives >= queue.redrive.maxReceives)
      bury(engine, queue, queue.redrive, row, now);
    else {
      const receipt = engine.newId();
      engine.messages.receive(row.id, now + hideMs, receipt, now);
      taken.push(received(engine, row, `${row.id}.${receipt}`, now));
    }
  }
  return taken;
};

/**
 * Hands out up to `max` visible messages and hides them. A message received `maxReceiveCount` times already goes to the
 * dead-letter queue instead, as does SQS: at the next receive, not when its last receiver fails.
 */
export const receive = (
  engine: Engine,
  queue: Queue,
  max: number,
  visibilitySeconds?: number,
): Received[] => {
  const now = engine.clock.now();
  const hideMs = visibilitySeconds === undefined ? queue.visibilityTimeoutMs : visibilitySeconds * 1000;
  sweep(engine, queue, now);
  const taken: Received[] = [];
  for (;;) {
    const wanted = max - taken.length;
    const rows = candidates(engine, queue, now, wanted);
    if (rows.length > 0) {
      // Who receives holds a message only as long as this machine runs, so the disk need not know at once.
      taken.push(...inUnsyncedTransaction(engine.database, () => take(engine, queue, rows, hideMs, now)));
    }
    // A message hidden for zero seconds is visible again at once and must not be taken twice in one call.
    if (rows.length < wanted || taken.length === max || hideMs === 0) break;
  }
  if (taken.length > 0) engine.arrivals.announceAt(queue.name, now + hideMs);
  return taken;
};

/** The message a receipt handle stands for; undefined when it is gone or was received again since. */
const holding = (engine: Engine, queue: Queue, handle: string): MessageRow | undefined => {
  const parts = /^(\d{1,15})\.(.+)$/.exec(handle);
  if (!parts) throw invalidReceipt(handle);
  const row = engine.messages.find(queue.name, Number(parts[1]));
  return row?.receipt === parts[2] ? row : undefined;
};

/** Deletes a message its holder is done with. An outdated handle deletes nothing, and SQS answers success all the same. */
export const remove = (engine: Engine, queue: Queue, handle: string): void => {
  const row = holding(engine, queue, handle);
  if (!row) return;
  if (!engine.faults.failAfterEffect()) {
    engine.messages.remove(row.id);
    return;
  }
  // The receive is given back: injected faults alone must not drive a healthy message into the dead-letter queue.
  engine.messages.giveBack(row.id, engine.clock.now());
  engine.arrivals.announce(queue.name);
};

/** Hides a message for `seconds` from now, 0 to show it at once; false when the handle no longer holds it. */
export const changeVisibility = (
  engine: Engine,
  queue: Queue,
  handle: string,
  seconds: number,
): 'changed' | 'gone' | 'visible' => {
  const row = holding(engine, queue, handle);
  const now = engine.clock.now();
  if (!row) return 'gone';
  if (row.visible_at <= now) return 'visible';
  engine.messages.hide(row.id, now + seconds * 1000);
  engine.arrivals.announceAt(queue.name, now + seconds * 1000);
  return 'changed';
};
