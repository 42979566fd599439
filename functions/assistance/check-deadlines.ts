import * as z from 'zod';
import { type AreaCode, counties, townsOf } from '../../shared/area.ts';
import { addDays, type Clock, dateAt, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type Item, inParallel, openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { metric } from '../../shared/log.ts';
import { dueUntil } from './due.ts';
import { keys } from './table.ts';

const Scheduled = z.object({ scheduledTime: z.iso.datetime({ offset: true }) });

const PAGE = 500;
const AT_ONCE = 8;
const APPLICATIONS = keys.application('').pk;

/** Applications of a town whose step was due before a day. */
const overdueIn = async (table: Table, town: AreaCode, today: string): Promise<number> => {
  const until = addDays(today, -1);
  let count = 0;
  let start: Item | undefined;
  do {
    const page = await dueUntil(table, town, { until, limit: PAGE, start });
    count += page.keys.filter(({ pk }) => pk.startsWith(APPLICATIONS)).length;
    start = page.next;
  } while (start);
  return count;
};

/** Every morning: how many applications are behind their clocks (A.6). The alarm watches the metric. */
export const checkDeadlines =
  (table: Table, clock: Clock) =>
  async (input: unknown): Promise<void> => {
    const today = dateAt(Scheduled.parse(input).scheduledTime);
    let overdue = 0;
    await inParallel(counties().flatMap(townsOf), AT_ONCE, async (town) => {
      const count = await overdueIn(table, town, today);
      overdue += count;
    });
    metric('ApplicationsOverdue', overdue, { context: 'assistance' }, Date.parse(clock()));
  };

export const handler = composed(() =>
  checkDeadlines(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
