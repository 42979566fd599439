import type { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import type { Table } from '../../shared/dynamo.ts';
import { sendMessages } from '../../shared/queue.ts';
import type { Sweep } from './sweep.ts';
import type { ShardMessage } from './sweep-shard.ts';
import { findSweep } from './sweep-store.ts';

export type SplitDeps = { readonly table: Table; readonly sqs: SQSClient; readonly shardQueueUrl: string };

/** Puts one message per shard on the queue. Dying halfway, it is repeated: a shard told twice is done once. */
export const sendShards = async (
  { table, sqs, shardQueueUrl }: SplitDeps,
  { sweepId }: Pick<Sweep, 'sweepId'>,
  phase: 'plan' | 'apply',
  correlationId: string,
): Promise<void> => {
  const sweep = await findSweep(table, sweepId);
  if (!sweep) throw new Error(`There is no sweep ${sweepId}.`);
  const messages = Array.from(
    { length: sweep.shards },
    (_, shard): z.input<typeof ShardMessage> => ({ sweepId, phase, shard, correlationId }),
  );
  await sendMessages(sqs, shardQueueUrl, messages);
};
