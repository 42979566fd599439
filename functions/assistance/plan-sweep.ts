import { SQSClient } from '@aws-sdk/client-sqs';
import { SweepStarted } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { type SplitDeps, sendShards } from './sweep-split.ts';

/** A sweep that was started is reckoned, shard by shard. */
export const planSweep = (deps: SplitDeps) =>
  consume(SweepStarted, ({ data, correlationId }) => sendShards(deps, data, 'plan', correlationId));

export const handler = composed(() =>
  planSweep({
    sqs: new SQSClient({}),
    shardQueueUrl: environment('SHARD_QUEUE_URL').SHARD_QUEUE_URL,
  }),
);
