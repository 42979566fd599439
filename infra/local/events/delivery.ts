import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError, type LocalClock } from '../aws-service.ts';
import { type Database, inTransaction } from '../database.ts';
import { type Faults, noFaults } from '../faults.ts';
import type { Sqs } from '../sqs/sqs.ts';
import { type Delivery, type Destination, openRecords } from './delivery-record.ts';

/** The retry policy of a target of a rule or a schedule, as CloudFormation has it, with EventBridge's own defaults. */
export const RetryPolicy = z.strictObject({
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(185).default(185),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(86_400).default(86_400),
});
export const DeadLetterConfig = z.strictObject({ Arn: z.string().optional() });

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

const isQueue = (arn: string): boolean => /^arn:[^:]+:sqs:/.test(arn);

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 10 * 60_000;
const backoffMs = (failures: number): number =>
  Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

type Queues = CreateDeliveries['queues'];

/** Puts what was given up into the target's dead-letter queue, with AWS's attributes; says why when that cannot be. */
const bury = (
  queues: Queues,
  destination: Destination,
  payload: string,
  failures: number,
  reason: string,
): string | undefined => {
  if (!destination.deadLetterArn) return reason;
  const messageAttributes = {
    RULE_ARN: text(destination.senderArn),
    TARGET_ARN: text(destination.arn),
    ERROR_MESSAGE: text(reason || 'unknown'),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(Math.max(0, failures - 1)) },
  };
  try {
    queues.send(destination.deadLetterArn, payload, { messageAttributes });
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return `${reason}; dead-letter queue: ${error.message}`;
  }
};

/** What does without a record: putting a payload in its queue at once, and getting rid of one for good. */
const createPost = ({ queues, onDropped }: CreateDeliveries) => {
  const giveUp = (destination: Destination, payload: string, failures: number, reason: string): void => {
    const dropped = bury(queues, destination, payload, failures, reason);
    if (dropped !== undefined) onDropped(destination, payload, dropped);
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
  return { giveUp, toQueue };
};

/** Creates the delivery of payloads to targets, shared by the event buses and the scheduler. */
export const createDeliveries = (parts: CreateDeliveries): Deliveries => {
  const { database, clock, invoke, faults = noFaults, newId = randomUUID } = parts;
  const { giveUp, toQueue } = createPost(parts);
  const records = openRecords(database);

  const fail = ({ id, destination, payload, ...record }: Delivery, error: Error): void => {
    const failures = record.failures + 1;
    const due = clock.now() + backoffMs(failures);
    if (failures > destination.maximumRetries || due - record.acceptedAt > destination.maximumAgeMs) {
      inTransaction(database, () => {
        records.remove(id);
        giveUp(destination, payload, failures, error.message);
      });
      return;
    }
    records.postpone(id, failures, due);
    clock.after(due - clock.now(), () => void attempt(id));
  };

  const attempt = async (id: string): Promise<void> => {
    // The record is missing when the transaction that wrote it was rolled back after this attempt was set up.
    const delivery = database.isOpen ? records.find(id) : undefined;
    if (!delivery) return;
    const failure = await invoke(delivery.destination.arn, delivery.payload).then(
      () =>
        faults.failAfterEffect() ? new Error('Injected: the success was treated as a failure.') : undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    // Whatever ends after the database was closed stays on record and is repeated by the next run.
    if (!database.isOpen) return;
    if (failure) fail(delivery, failure);
    else records.remove(id);
  };

  const record = (destination: Destination, payload: string): void => {
    const id = newId();
    const acceptedAt = clock.now();
    const delayMs = faults.delayMs();
    records.insert({ id, destination, payload, failures: 0, acceptedAt, dueAt: acceptedAt + delayMs });
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
      const left = records.all();
      for (const { id, dueAt } of left) clock.after(Math.max(0, dueAt - clock.now()), () => void attempt(id));
      return left.length;
    },
    pending: records.count,
  };
};
