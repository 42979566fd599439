import { RowResolved } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { Settlement } from './relief-case.ts';
import { settleCase } from './settlement.ts';

/** The bank took relief back after it had posted it: the case is no longer paid. */
export const followReversal =
  (table: Table) =>
  async ({ data, time: at, correlationId }: HappenedOf<typeof RowResolved>): Promise<void> => {
    const { reversed } = data;
    if (reversed?.programme !== 'relief') return;
    const { runId, month, caseNo } = reversed;
    const settlement = Settlement.parse({ at, outcome: 'returned', runId, month });
    await settleCase(table, caseNo, settlement, { at, correlationId });
  };

export const handler = composed(() =>
  consume(RowResolved, followReversal(openTable(environment('TABLE_NAME').TABLE_NAME))),
);
