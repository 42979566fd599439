import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import type { EventValue, HappenedOf } from './event.ts';
import { errorFields, log } from './log.ts';

/**
 * Handles a batch of queue messages one by one. A message that fails is handed back alone and comes again; one that does not
 * fit its schema can never succeed and goes the same way to the dead-letter queue, never dropped.
 */
export const consumeMessages =
  <S extends z.ZodType>(schema: S, work: (message: z.output<S>) => Promise<void>) =>
  async (batch: SQSEvent): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    for (const record of batch.Records) {
      let understood = false;
      try {
        const message = schema.parse(JSON.parse(record.body));
        understood = true;
        await work(message);
        log('MESSAGE_HANDLED', { messageId: record.messageId });
      } catch (error) {
        log(understood ? 'MESSAGE_FAILED' : 'MESSAGE_MALFORMED', {
          messageId: record.messageId,
          ...errorFields(error),
        });
        failed.push(record.messageId);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/**
 * Handles the messages of a batch in one go, which saves writes where many touch the same items. Should that fail, each is
 * tried alone, so that one that cannot succeed holds up no other. `work` must bear that: what it did before it failed is done
 * again.
 */
export const consumeTogether = <S extends z.ZodType>(
  schema: S,
  work: (messages: readonly z.output<S>[]) => Promise<void>,
) => {
  const oneByOne = consumeMessages(schema, (message) => work([message]));
  return async (batch: SQSEvent): Promise<SQSBatchResponse> => {
    try {
      await work(batch.Records.map(({ body }) => schema.parse(JSON.parse(body))));
      log('MESSAGES_HANDLED', { count: batch.Records.length });
      return { batchItemFailures: [] };
    } catch (error) {
      log('MESSAGES_SPLIT', { count: batch.Records.length, ...errorFields(error) });
      return oneByOne(batch);
    }
  };
};

/** Handles events that a bus rule put on this consumer's queue. */
export const consume = <E extends EventValue>(event: E, work: (happened: HappenedOf<E>) => Promise<void>) =>
  consumeMessages(z.object({ detail: event.schema }), ({ detail }) => work(detail as HappenedOf<E>));
