import { ReturnsApplied } from '../../events/disbursement.ts';
import { AreaCode } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { caseOfLine, windowStart } from './warning.ts';
import { note, timesNoted, warn } from './warning-store.ts';

/**
 * Money that comes back from the bank again and again: an account that is gone, or a person who is. First every return is
 * noted, then they are counted, so that of two events at the same moment the later count sees both.
 */
export const watchReturns =
  (table: Table) =>
  async ({ data, time, correlationId }: HappenedOf<typeof ReturnsApplied>): Promise<void> => {
    const on = dateAt(time);
    const kind = 'returned';
    const returned = data.returnedLines.flatMap(({ lineId }) => {
      const line = caseOfLine(lineId);
      return line ? [{ ...line, which: `${data.returnId}~${lineId}` }] : [];
    });
    if (returned.length === 0) return;
    await note({
      table,
      occurrences: returned.map(({ caseNo, which }) => ({ subject: caseNo, kind, on, which })),
    });

    const parameters = await parametersOf(table);
    const from = windowStart(on, parameters);
    for (const { caseNo, areaCode } of returned) {
      const times = await timesNoted(table, { subject: caseNo, kind }, from, on);
      await warn(
        { table, parameters, at: time, by: 'system', correlationId },
        {
          signal: { kind, times },
          caseNo,
          areaCode: AreaCode.parse(areaCode),
          occasion: on.slice(0, 4),
        },
      );
    }
  };

export const handler = composed(() =>
  consume(ReturnsApplied, watchReturns(openTable(environment('TABLE_NAME').TABLE_NAME))),
);
