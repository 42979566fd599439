import * as z from 'zod';
import { type Clock, dateAt, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { getItem, openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { metric } from '../../shared/log.ts';
import { monthOfDate } from '../../shared/month.ts';
import { programmes } from '../../shared/programme.ts';
import { findRun } from './run-store.ts';
import { keys } from './table.ts';

const Scheduled = z.object({ scheduledTime: z.iso.datetime({ offset: true }) });

/** On the evening of pay day (the 10th, rulebook A07): how many of the month's runs are not closed. The alarm watches the metric. */
export const checkOpenRuns =
  (table: Table, clock: Clock) =>
  async (input: unknown): Promise<void> => {
    const month = monthOfDate(dateAt(Scheduled.parse(input).scheduledTime));
    let open = 0;
    for (const { code } of programmes) {
      const slot = await getItem(table, keys.runSlot(code, month, 'regular'));
      const run = slot && (await findRun(table, String(slot.runId)));
      if (run && run.state !== 'closed') open++;
    }
    metric('RunsNotClosed', open, { context: 'disbursement' }, Date.parse(clock()));
  };

export const handler = composed(() =>
  checkOpenRuns(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
