import { randomUUID } from 'node:crypto';
import { AwsError, type AwsService, type JsonObject, type LocalClock } from '../aws-service.ts';
import { type Database, inUnsyncedTransaction } from '../database.ts';
import { type Faults, noFaults } from '../faults.ts';
import {
  changeVisibility,
  createEngine,
  createQueue,
  findQueue,
  type MoveTask,
  type Received,
  receive,
  remove,
  type Send,
  send,
} from './engine.ts';
import { moveMessages } from './move-task.ts';
import { OPERATIONS } from './operations.ts';
import type { QueueDefinition } from './queue.ts';
import type { QueueDepth } from './store.ts';

export type CreateSqs = {
  readonly database: Database;
  readonly clock: LocalClock;
  readonly region: string;
  readonly account: string;
  /** The base of queue URLs, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: () => string;
  readonly faults?: Faults;
  readonly newId?: () => string;
};

/** Queues, as an AWS service and, for who runs in the same process, as functions. A `queue` is a name, an ARN or a URL. */
export type Sqs = AwsService & {
  /** Makes a queue known from the properties of its `AWS::SQS::Queue`; its messages of earlier runs are still there. */
  readonly createQueue: (definition: QueueDefinition | JsonObject) => {
    name: string;
    arn: string;
    url: string;
  };
  /** Sends one message, inside the caller's transaction if there is one. Returns the message id. */
  readonly send: (queue: string, body: string, options?: Send) => string;
  /** Takes up to `max` visible messages (not limited to ten) and hides them. */
  readonly receive: (queue: string, max: number, visibilitySeconds?: number) => Received[];
  /** Deletes messages that are done with. A power cut right after may bring them back, never the process's end. */
  readonly delete: (queue: string, receiptHandles: readonly string[]) => void;
  /** Lets failed messages be received again after `seconds`; not calling it leaves them to their visibility timeout. */
  readonly fail: (queue: string, receiptHandles: readonly string[], seconds?: number) => void;
  /**
   * Calls `listener` whenever messages may have become visible, and once at first; returns how to stop that. It does not say
   * how many: a consumer that is full comes back by itself when it has room.
   */
  readonly onMessage: (queue: string, listener: () => void) => () => void;
  /** At a start nobody holds a receipt any more, so what was in flight may be received again. Returns how many. */
  readonly makeInFlightVisible: () => number;
  /** Moves a dead-letter queue's messages back where they came from, or to one queue. */
  readonly moveMessages: (sourceArn: string, destinationArn?: string) => MoveTask;
  readonly depths: () => QueueDepth[];
  readonly depth: (queue: string) => QueueDepth;
};

/** Creates the queue service over a database. */
export const createSqs = (parts: CreateSqs): Sqs => {
  const engine = createEngine({ faults: noFaults, newId: randomUUID, ...parts });
  return {
    target: 'AmazonSQS',
    contentType: 'application/x-amz-json-1.0',
    call: (operation, input) => {
      const run = OPERATIONS[operation];
      if (!run) throw new AwsError('UnknownOperationException', `SQS ${operation} is not emulated.`);
      return run(engine, input);
    },
    createQueue: (definition) => {
      const queue = createQueue(engine, definition);
      return { name: queue.name, arn: queue.arn, url: engine.urlOf(queue) };
    },
    send: (queue, body, options) => send(engine, findQueue(engine, queue), body, options).messageId,
    receive: (queue, max, visibilitySeconds) =>
      receive(engine, findQueue(engine, queue), max, visibilitySeconds),
    delete: (name, handles) => {
      const queue = findQueue(engine, name);
      inUnsyncedTransaction(engine.database, () => {
        for (const handle of handles) remove(engine, queue, handle);
      });
    },
    fail: (name, handles, seconds = 0) => {
      const queue = findQueue(engine, name);
      inUnsyncedTransaction(engine.database, () => {
        for (const handle of handles) changeVisibility(engine, queue, handle, seconds);
      });
    },
    onMessage: (queue, listener) => engine.arrivals.listen(findQueue(engine, queue).name, listener),
    makeInFlightVisible: () => {
      const released = engine.messages.release(engine.clock.now());
      for (const name of engine.queues.keys()) engine.arrivals.announce(name);
      return released;
    },
    moveMessages: (sourceArn, destinationArn) => moveMessages(engine, sourceArn, destinationArn),
    depths: () => [...engine.queues.keys()].map((name) => engine.messages.depth(name, engine.clock.now())),
    depth: (queue) => engine.messages.depth(findQueue(engine, queue).name, engine.clock.now()),
  };
};
