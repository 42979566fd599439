import { SQSClient } from '@aws-sdk/client-sqs';
import { RunOpened } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, putIfAbsent, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { sendMessages } from '../../shared/queue.ts';
import { conflictingCases } from './conflict.ts';
import { findRun } from './run-store.ts';
import { keys, shardOfCase } from './table.ts';

type SplitDeps = { readonly table: Table; readonly sqs: SQSClient; readonly shardQueueUrl: string };

/**
 * Freezes which cases of the run are in conflict, shard by shard, then puts one message per shard on the queue. Dying halfway,
 * it is repeated: conflicts stay as first frozen, and a shard told twice is planned once.
 */
export const splitRun = ({ table, sqs, shardQueueUrl }: SplitDeps) =>
  consume(RunOpened, async ({ data, correlationId }) => {
    const run = await findRun(table, data.runId);
    if (run?.state !== 'planning') return;
    const conflicting = await conflictingCases(table, run.programme, run.month, run.asOf);
    const byShard = Map.groupBy(conflicting, (caseNo) => shardOfCase(run.programme, caseNo, run.shards));
    for (let shard = 0; shard < run.shards; shard++) {
      await putIfAbsent(table, {
        ...keys.conflicts(run.runId, shard),
        cases: (byShard.get(shard) ?? []).toSorted(),
      });
    }
    const messages = Array.from({ length: run.shards }, (_, shard) => ({
      runId: run.runId,
      shard,
      correlationId,
    }));
    await sendMessages(sqs, shardQueueUrl, messages);
  });

export const handler = composed(() => {
  const { TABLE_NAME, SHARD_QUEUE_URL } = environment('TABLE_NAME', 'SHARD_QUEUE_URL');
  return splitRun({ table: openTable(TABLE_NAME), sqs: new SQSClient({}), shardQueueUrl: SHARD_QUEUE_URL });
});
