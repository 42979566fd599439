import { SQSClient } from '@aws-sdk/client-sqs';
import { SweepStarted } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { openTable } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { type SplitDeps, sendShards } from './sweep-split.ts';

/** A sweep that was started is reckoned, shard by shard. */
export const planSweep = (deps: SplitDeps) =>
  consume(SweepStarted, ({ data, correlationId }) => sendShards(deps, data, 'plan', correlationId));

export const handler = composed(() => {
  const { TABLE_NAME, SHARD_QUEUE_URL } = environment('TABLE_NAME', 'SHARD_QUEUE_URL');
  return planSweep({ table: openTable(TABLE_NAME), sqs: new SQSClient({}), shardQueueUrl: SHARD_QUEUE_URL });
});
