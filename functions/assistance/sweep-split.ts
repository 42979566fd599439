import type { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { sendMessages } from '../../shared/queue.ts';
import type { Sweep } from './sweep.ts';
import type { ShardMessage } from './sweep-shard.ts';
import { everyShard } from './sweep-store.ts';

export type SplitDeps = { readonly sqs: SQSClient; readonly shardQueueUrl: string };

/** Puts one message per shard on the queue. Dying halfway, it is repeated: a shard told twice is done once. */
export const sendShards = (
  { sqs, shardQueueUrl }: SplitDeps,
  { sweepId }: Pick<Sweep, 'sweepId'>,
  phase: 'plan' | 'apply',
  correlationId: string,
): Promise<void> => {
  const messages = everyShard().map(
    (shard): z.input<typeof ShardMessage> => ({ sweepId, phase, shard, correlationId }),
  );
  return sendMessages(sqs, shardQueueUrl, messages);
};
