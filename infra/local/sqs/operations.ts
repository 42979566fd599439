import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { inUnsyncedTransaction } from '../database.ts';
import { readInput } from '../wire/input.ts';
import { queueAttributes } from './attributes.ts';
import { type BatchEntry, runBatch } from './batch.ts';
import {
  changeVisibility,
  type Engine,
  findQueue,
  type MoveTask,
  type Received,
  receive,
  remove,
  send,
} from './engine.ts';
import { invalidParameter } from './errors.ts';
import { MessageAttributes, md5OfAttributes, selectAttributes, sizeOf } from './message.ts';
import { moveMessages } from './move-task.ts';
import { LARGEST_MESSAGE } from './queue.ts';

const QueueUrl = z.string().min(1);
const Visibility = z.int().min(0).max(43_200);
const Names = z.array(z.string()).default([]);

const SendEntry = z.strictObject({
  MessageBody: z.string(),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: MessageAttributes.optional(),
});
const VisibilityEntry = z.strictObject({ ReceiptHandle: z.string(), VisibilityTimeout: Visibility });
const DeleteEntry = z.strictObject({ ReceiptHandle: z.string() });
const Batch = z.strictObject({
  QueueUrl,
  Entries: z
    .array(z.custom<BatchEntry>((entry) => z.looseObject({ Id: z.string() }).safeParse(entry).success))
    .default([]),
});

const Receive = z.strictObject({
  QueueUrl,
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  VisibilityTimeout: Visibility.optional(),
  MessageAttributeNames: Names,
  MessageSystemAttributeNames: Names,
  AttributeNames: Names,
});

const read = <S extends z.ZodType>(schema: S, input: JsonObject): z.output<S> =>
  readInput(schema, input, 'InvalidParameterValue');

type Run = (engine: Engine, input: JsonObject) => JsonObject | Promise<JsonObject>;

const sendOne = (engine: Engine, url: string, entry: z.output<typeof SendEntry>): JsonObject => {
  const sent = send(engine, findQueue(engine, url), entry.MessageBody, {
    delaySeconds: entry.DelaySeconds,
    messageAttributes: entry.MessageAttributes,
  });
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: sent.bodyMd5,
    MD5OfMessageAttributes: md5OfAttributes(entry.MessageAttributes ?? {}),
  };
};

const changeOne = (engine: Engine, url: string, handle: string, seconds: number): JsonObject => {
  const outcome = changeVisibility(engine, findQueue(engine, url), handle, seconds);
  if (outcome === 'visible') throw new AwsError('MessageNotInflight', 'The message is not in flight.');
  if (outcome === 'gone') {
    throw invalidParameter(
      'The receipt handle is not valid. Reason: Message does not exist or is not available for visibility timeout change.',
    );
  }
  return {};
};

const messageJson = (message: Received, asked: z.output<typeof Receive>): JsonObject => {
  const systemNames = [...asked.MessageSystemAttributeNames, ...asked.AttributeNames];
  const system = Object.entries(message.attributes).filter(
    ([name]) => systemNames.includes('All') || systemNames.includes(name),
  );
  const attributes = selectAttributes(message.messageAttributes, asked.MessageAttributeNames);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.bodyMd5,
    Body: message.body,
    Attributes: system.length > 0 ? Object.fromEntries(system) : undefined,
    MessageAttributes: Object.keys(attributes).length > 0 ? attributes : undefined,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  };
};

const receiveMessage: Run = async (engine, input) => {
  const asked = read(Receive, input);
  const queue = findQueue(engine, asked.QueueUrl);
  const take = () => receive(engine, queue, asked.MaxNumberOfMessages, asked.VisibilityTimeout);
  const waitMs = asked.WaitTimeSeconds === undefined ? queue.receiveWaitMs : asked.WaitTimeSeconds * 1000;
  const first = take();
  const messages =
    first.length > 0 || waitMs === 0 ? first : await engine.arrivals.poll(queue.name, waitMs, take);
  return messages.length > 0 ? { Messages: messages.map((message) => messageJson(message, asked)) } : {};
};

/** An entry that is malformed counts nothing here: it is refused by itself. */
const sizeOfEntry = ({ Id: _, ...entry }: BatchEntry): number => {
  const { data } = SendEntry.safeParse(entry);
  return data ? sizeOf(data.MessageBody, data.MessageAttributes ?? {}) : 0;
};

const sendMessageBatch: Run = (engine, input) => {
  const { QueueUrl: url, Entries: entries } = read(Batch, input);
  findQueue(engine, url);
  if (entries.reduce((size, entry) => size + sizeOfEntry(entry), 0) > LARGEST_MESSAGE) {
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${LARGEST_MESSAGE} bytes.`,
    );
  }
  return runBatch(engine, entries, (entry) => sendOne(engine, url, read(SendEntry, entry)));
};

const startMoveTask: Run = (engine, input) => {
  const asked = read(
    z.strictObject({
      SourceArn: z.string(),
      DestinationArn: z.string().optional(),
      MaxNumberOfMessagesPerSecond: z.int().min(1).max(500).optional(),
    }),
    input,
  );
  const task = moveMessages(engine, asked.SourceArn, asked.DestinationArn);
  engine.moveTasks.push(task);
  return { TaskHandle: task.taskHandle };
};

const taskJson = (task: MoveTask): JsonObject => ({
  Status: task.status,
  SourceArn: task.sourceArn,
  DestinationArn: task.destinationArn,
  FailureReason: task.failureReason,
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  StartedTimestamp: task.startedAt,
});

/** The operations of SQS that are emulated, by name. */
export const OPERATIONS: Readonly<Record<string, Run>> = {
  SendMessage: (engine, input) => {
    const { QueueUrl: url, ...entry } = read(SendEntry.extend({ QueueUrl }), input);
    return sendOne(engine, url, entry);
  },
  SendMessageBatch: sendMessageBatch,
  ReceiveMessage: receiveMessage,
  DeleteMessage: (engine, input) => {
    const asked = read(DeleteEntry.extend({ QueueUrl }), input);
    inUnsyncedTransaction(engine.database, () =>
      remove(engine, findQueue(engine, asked.QueueUrl), asked.ReceiptHandle),
    );
    return {};
  },
  DeleteMessageBatch: (engine, input) => {
    const { QueueUrl: url, Entries: entries } = read(Batch, input);
    const queue = findQueue(engine, url);
    return runBatch(engine, entries, (entry) => {
      remove(engine, queue, read(DeleteEntry, entry).ReceiptHandle);
      return {};
    });
  },
  ChangeMessageVisibility: (engine, input) => {
    const asked = read(VisibilityEntry.extend({ QueueUrl }), input);
    return changeOne(engine, asked.QueueUrl, asked.ReceiptHandle, asked.VisibilityTimeout);
  },
  ChangeMessageVisibilityBatch: (engine, input) => {
    const { QueueUrl: url, Entries: entries } = read(Batch, input);
    findQueue(engine, url);
    return runBatch(engine, entries, (entry) => {
      const { ReceiptHandle, VisibilityTimeout } = read(VisibilityEntry, entry);
      return changeOne(engine, url, ReceiptHandle, VisibilityTimeout);
    });
  },
  GetQueueUrl: (engine, input) => {
    const { QueueName } = read(z.object({ QueueName: z.string() }), input);
    return { QueueUrl: engine.urlOf(findQueue(engine, QueueName)) };
  },
  GetQueueAttributes: (engine, input) => {
    const asked = read(z.strictObject({ QueueUrl, AttributeNames: Names }), input);
    return { Attributes: queueAttributes(engine, findQueue(engine, asked.QueueUrl), asked.AttributeNames) };
  },
  ListQueues: (engine, input) => {
    const { QueueNamePrefix = '' } = read(z.strictObject({ QueueNamePrefix: z.string().optional() }), input);
    const found = [...engine.queues.values()].filter((queue) => queue.name.startsWith(QueueNamePrefix));
    return { QueueUrls: found.map(engine.urlOf) };
  },
  PurgeQueue: (engine, input) => {
    engine.messages.purge(findQueue(engine, read(z.strictObject({ QueueUrl }), input).QueueUrl).name);
    return {};
  },
  StartMessageMoveTask: startMoveTask,
  ListMessageMoveTasks: (engine, input) => {
    const asked = read(
      z.strictObject({ SourceArn: z.string(), MaxResults: z.int().min(1).max(10).default(1) }),
      input,
    );
    const tasks = engine.moveTasks.filter((task) => task.sourceArn === asked.SourceArn).reverse();
    return { Results: tasks.slice(0, asked.MaxResults).map(taskJson) };
  },
};
