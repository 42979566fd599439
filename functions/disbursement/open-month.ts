import * as z from 'zod';
import { type Clock, dateAt, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { monthOfDate } from '../../shared/month.ts';
import { programmes } from '../../shared/programme.ts';
import { SCHEDULE } from './batch.ts';
import { openRunOnce } from './opening.ts';

const Scheduled = z.object({ scheduledTime: z.iso.datetime({ offset: true }) });

/** On the 1st at 01:00 in Shanghai: opens the month's run of every monthly programme. Repeated or late, it opens nothing twice. */
export const openMonth =
  (table: Table, clock: Clock) =>
  async (input: unknown): Promise<void> => {
    const { scheduledTime } = Scheduled.parse(input);
    const month = monthOfDate(dateAt(scheduledTime));
    for (const { code } of programmes.filter(({ monthly }) => monthly)) {
      await openRunOnce(table, {
        programme: code,
        month,
        kind: 'regular',
        openedBy: SCHEDULE,
        now: clock(),
        correlationId: `schedule/${month}`,
      });
    }
  };

export const handler = composed(() =>
  openMonth(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
