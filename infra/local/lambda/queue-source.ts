import type { Resource } from '../assembly/assembly.ts';
import { nameInArn } from '../assembly/identity.ts';
import type { Received } from '../sqs/engine.ts';
import type { Sqs } from '../sqs/sqs.ts';
import { failedItems, retryDelay } from './batch-response.ts';
import type { EventSource } from './event-source.ts';
import { FunctionError, type LambdaFunction } from './function.ts';

/** What Lambda starts with when a mapping sets no maximum; one process gains nothing from more. */
const DEFAULT_CONCURRENCY = 5;
const DEFAULT_BATCH_SIZE = 10;

export type QueueSourceParts = {
  readonly mapping: Resource<'AWS::Lambda::EventSourceMapping'>;
  readonly visibilitySeconds: number;
  readonly lambda: LambdaFunction;
  readonly sqs: Sqs;
  readonly region: string;
  /** Called whenever a batch has ended. */
  readonly onChange: () => void;
};

const recordOf = (message: Received, queueArn: string, region: string) => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: message.attributes,
  messageAttributes: Object.fromEntries(
    Object.entries(message.messageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue },
    ]),
  ),
  md5OfBody: message.bodyMd5,
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});

/** A wait for a fuller batch. It is in real time: a driven clock may stand still. */
const batchingWindow = (seconds: number, whenOver: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  const end = (): boolean => {
    if (timer === undefined) return false;
    clearTimeout(timer);
    timer = undefined;
    whenOver();
    return true;
  };
  return {
    isOpen: () => timer !== undefined,
    open: () => {
      timer ??= setTimeout(end, seconds * 1000);
    },
    end,
  };
};

/** Runs the function on a batch; what it handled is deleted, what failed is received again after `retryDelay`. */
const batchHandler = (
  { mapping, lambda, sqs, region, visibilitySeconds }: QueueSourceParts,
  queue: string,
) => {
  const { EventSourceArn, FunctionResponseTypes } = mapping.properties;
  const reportsItems = FunctionResponseTypes.includes('ReportBatchItemFailures');

  const failedOf = async (batch: readonly Received[]): Promise<ReadonlySet<string>> => {
    const ids = batch.map(({ messageId }) => messageId);
    try {
      const Records = batch.map((message) => recordOf(message, EventSourceArn, region));
      const answer = await lambda.invoke({ Records });
      return reportsItems ? failedItems(answer, ids) : new Set();
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return new Set(ids);
    }
  };

  return async (batch: readonly Received[]): Promise<void> => {
    const failed = await failedOf(batch);
    const done = batch.filter(({ messageId }) => !failed.has(messageId));
    sqs.delete(
      queue,
      done.map(({ receiptHandle }) => receiptHandle),
    );
    for (const { messageId, receiptHandle, attributes } of batch) {
      if (!failed.has(messageId)) continue;
      const attempts = Number(attributes.ApproximateReceiveCount);
      sqs.fail(queue, [receiptHandle], retryDelay(attempts, visibilitySeconds));
    }
  };
};

/**
 * Feeds a queue's messages to its function: batches as soon as there are messages, or a batching window later unless one is
 * full before, several at a time up to the mapping's maximum concurrency. After `maxReceiveCount` receives the queue moves a
 * message to its dead-letter queue.
 */
export const queueSource = (parts: QueueSourceParts): EventSource => {
  const { sqs, onChange } = parts;
  const {
    EventSourceArn,
    BatchSize,
    MaximumBatchingWindowInSeconds: windowSeconds,
    ScalingConfig,
    FilterCriteria,
  } = parts.mapping.properties;
  if (FilterCriteria.Filters.length > 0)
    throw new Error(`${EventSourceArn}: filters on queues are not emulated.`);
  const queue = nameInArn(EventSourceArn);
  const batchSize = BatchSize ?? DEFAULT_BATCH_SIZE;
  const concurrency = ScalingConfig?.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
  const handle = batchHandler(parts, queue);
  const running = new Set<Promise<void>>();
  let stopped = false;

  const poll = (): void => {
    while (!stopped && running.size < concurrency) {
      const batch = sqs.receive(queue, batchSize);
      if (batch.length === 0) return;
      const run = handle(batch).finally(() => {
        running.delete(run);
        take();
        onChange();
      });
      running.add(run);
    }
  };

  const window = batchingWindow(windowSeconds, poll);
  const take = (): void => {
    const { visible } = windowSeconds > 0 ? sqs.depth(queue) : { visible: batchSize };
    if (visible >= batchSize) poll();
    else if (visible > 0) window.open();
  };
  const stopListening = sqs.onMessage(queue, take);

  return {
    isEmpty: () => {
      if (running.size > 0) return false;
      const { visible, inFlight, delayed } = sqs.depth(queue);
      return visible + inFlight + delayed === 0;
    },
    isQuiet: () => running.size === 0 && (window.isOpen() || sqs.depth(queue).visible === 0),
    endWindow: window.end,
    stop: async () => {
      stopped = true;
      stopListening();
      window.end();
      await Promise.all(running);
    },
  };
};
