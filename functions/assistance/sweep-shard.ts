import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { openHandover } from '../../shared/handover.ts';
import { consumeMessages } from '../../shared/inbox.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type ApplyDeps, applySweepShard } from './sweep-applying.ts';
import { planSweepShard } from './sweep-planning.ts';
import { findSweep } from './sweep-store.ts';

/** What is on the queue of shards: which part of which sweep, to be planned or applied. */
export const ShardMessage = z.object({
  sweepId: z.string(),
  phase: z.enum(['plan', 'apply']),
  shard: z.int().min(0),
  correlationId: z.string(),
});

/** Plans or applies one shard of a sweep. A message that comes again, or too late, finds its work done. */
export const sweepShard = (deps: ApplyDeps & { readonly newId: () => string }) =>
  consumeMessages(ShardMessage, async ({ sweepId, phase, shard, correlationId }) => {
    const sweep = await findSweep(deps.table, sweepId);
    if (phase === 'plan' && sweep?.state === 'planning')
      await planSweepShard(deps, sweep, shard, correlationId);
    if (phase === 'apply' && sweep?.state === 'applying')
      await applySweepShard(deps, sweep, shard, correlationId);
  });

export const handler = composed(() => {
  const { TABLE_NAME, HANDOVER_BUCKET_NAME } = environment('TABLE_NAME', 'HANDOVER_BUCKET_NAME');
  return sweepShard({
    table: openTable(TABLE_NAME),
    clock: systemClock,
    seals: sealsFromEnvironment(),
    handover: openHandover(HANDOVER_BUCKET_NAME, process.env),
    newId: randomUUID,
  });
});
