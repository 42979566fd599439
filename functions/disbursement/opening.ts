import { RunOpened } from '../../events/disbursement.ts';
import type { Instant } from '../../shared/clock.ts';
import {
  addTo,
  getItem,
  putNew,
  queryPage,
  type Table,
  transact,
  type Write,
  within,
} from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type Month, previousMonth } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { shardsFor } from '../../shared/table.ts';
import { type Run, type RunKind, runIdOf } from './run.ts';
import { findRun, rejectedRunsOf, runItem, standingRunsOf } from './run-store.ts';
import { BUCKETS, isLedgerKey, keys } from './table.ts';

export type Opening = {
  readonly programme: ProgrammeCode;
  readonly month: Month;
  readonly kind: RunKind;
  readonly openedBy: string;
  readonly now: Instant;
  readonly correlationId: string;
};

/** In how many shards a run is planned. Of what one page does not hold there is enough for all. */
const shardsOf = async (table: Table, programme: ProgrammeCode): Promise<number> => {
  const sample = { ...within(keys.casesInBucket(programme, 0)), ProjectionExpression: 'sk' };
  const { items, next } = await queryPage(table, sample);
  return next ? BUCKETS : shardsFor(items.filter(({ sk }) => !isLedgerKey(sk)).length, BUCKETS);
};

/**
 * Opens the run of a programme and month, or finds the one that is open already. The slot of programme, month and kind
 * decides a race: the loser is given the winner's run. A rejected run makes room for the next attempt.
 */
export const openRunOnce = async (
  table: Table,
  opening: Opening,
  remember: (run: Run) => Write[] = () => [],
): Promise<{ readonly run: Run; readonly opened: boolean }> => {
  const { programme, month, kind } = opening;
  const slotKey = keys.runSlot(programme, month, kind);
  const slot = await getItem(table, slotKey);
  const current = slot && (await findRun(table, String(slot.runId)));
  if (current && current.state !== 'rejected') return { run: current, opened: false };

  const attempt = (current?.attempt ?? 0) + 1;
  const before = await getItem(table, keys.runSlot(programme, previousMonth(month), kind));
  const last = (await standingRunsOf(table, programme)).at(-1);
  const run: Run = {
    runId: runIdOf(programme, month, kind, attempt),
    programme,
    month,
    kind,
    attempt,
    state: 'planning',
    asOf: opening.now,
    openedBy: opening.openedBy,
    shards: await shardsOf(table, programme),
    rejectedRuns: await rejectedRunsOf(table, programme),
    ...(before ? { previousRunId: String(before.runId) } : {}),
    openBatch: 1,
    batches: 0,
    version: 1,
  };
  const outcome = await transact(table, [
    putNew(table, runItem(run)),
    {
      Put: {
        TableName: table.name,
        Item: { ...slotKey, runId: run.runId, attempt, rejected: slot?.rejected ?? [] },
        ConditionExpression: 'attribute_not_exists(pk) OR attempt < :attempt',
        ExpressionAttributeValues: { ':attempt': attempt },
      },
    },
    // Rejecting the run before fails from now on: what it planned is what this one settles differences to.
    ...(last ? [addTo(table, keys.runSlot(programme, last.month, last.kind), { followers: 1 })] : []),
    announce(
      table,
      happened(RunOpened, {
        subject: `run/${run.runId}`,
        which: 'opened',
        at: opening.now,
        correlationId: opening.correlationId,
        data: { runId: run.runId, programme, month, kind, openedBy: opening.openedBy, shards: run.shards },
      }),
    ),
    ...remember(run),
  ]);
  if (outcome.committed) return { run, opened: true };
  const winner = await findRun(table, run.runId);
  if (!winner) throw new Error('The run was neither opened nor found.');
  return { run: winner, opened: false };
};
