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

/**
 * Feeds a queue's messages to its function: batches as soon as there are messages, several at a time up to the mapping's
 * maximum concurrency. What the function handled is deleted, what failed is received again after `retryDelay`, and after
 * `maxReceiveCount` receives the queue moves it to its dead-letter queue.
 */
export const queueSource = (parts: QueueSourceParts): EventSource => {
  const { lambda, sqs, region, visibilitySeconds, onChange } = parts;
  const { EventSourceArn, BatchSize, ScalingConfig, FunctionResponseTypes, FilterCriteria } =
    parts.mapping.properties;
  if (FilterCriteria.Filters.length > 0)
    throw new Error(`${EventSourceArn}: filters on queues are not emulated.`);
  const queue = nameInArn(EventSourceArn);
  const batchSize = BatchSize ?? DEFAULT_BATCH_SIZE;
  const concurrency = ScalingConfig?.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
  const reportsItems = FunctionResponseTypes.includes('ReportBatchItemFailures');
  const running = new Set<Promise<void>>();
  let stopped = false;

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

  const handle = async (batch: readonly Received[]): Promise<void> => {
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

  const poll = (): void => {
    while (!stopped && running.size < concurrency) {
      const batch = sqs.receive(queue, batchSize);
      if (batch.length === 0) return;
      const run = handle(batch).finally(() => {
        running.delete(run);
        poll();
        onChange();
      });
      running.add(run);
    }
  };
  const stopListening = sqs.onMessage(queue, poll);

  return {
    isEmpty: () => {
      if (running.size > 0) return false;
      const { visible, inFlight, delayed } = sqs.depth(queue);
      return visible + inFlight + delayed === 0;
    },
    isQuiet: () => running.size === 0 && sqs.depth(queue).visible === 0,
    stop: async () => {
      stopped = true;
      stopListening();
      await Promise.all(running);
    },
  };
};
