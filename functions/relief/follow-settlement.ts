import { ReturnsApplied } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { Settlement } from './relief-case.ts';
import { settleCase } from './settlement.ts';

/** The case number in a payment line's id, `<run>~<area>~<case>`. */
const caseOfLine = (lineId: string): string | undefined => /^[^~]+~\d{12}~(.+)$/.exec(lineId)?.[1];

/** The bank answered for relief: cases are paid, or their money came back. */
export const followSettlement =
  (table: Table) =>
  async ({ data, time: at, correlationId }: HappenedOf<typeof ReturnsApplied>): Promise<void> => {
    if (data.programme !== 'relief') return;
    const { runId, month } = data;
    for (const { caseNo, amountFen } of data.settledLines ?? [])
      await settleCase(table, caseNo, Settlement.parse({ at, outcome: 'paid', runId, month, amountFen }), {
        at,
        correlationId,
      });
    for (const { lineId } of data.returnedLines) {
      const caseNo = caseOfLine(lineId);
      if (caseNo === undefined) throw new Error(`${lineId} is no payment line.`);
      const settlement = Settlement.parse({ at, outcome: 'returned', runId, month });
      await settleCase(table, caseNo, settlement, { at, correlationId });
    }
  };

export const handler = composed(() =>
  consume(ReturnsApplied, followSettlement(openTable(environment('TABLE_NAME').TABLE_NAME))),
);
