import { RecountAsked } from '../../events/reporting.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { getItem, openTable, putOver, type Table, transact } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { indicators } from './indicators.ts';
import { recountAll } from './recount.ts';
import { finished, Recount, recountItem } from './recount-record.ts';
import { keys } from './table.ts';

/** Carries out a recount. Dying on the way it is begun again, and finds less missing. */
export const recountFigures = (table: Table, clock: Clock) =>
  consume(RecountAsked, async ({ data }) => {
    const item = await getItem(table, keys.recount(data.recountId));
    const recount = item && Recount.parse(item);
    if (recount?.state !== 'running') return;
    const outcome = await recountAll(table, indicators);
    // Told twice at once, both have counted the same; the loser writes nothing.
    await transact(table, [
      putOver(table, recountItem(finished(recount, outcome, clock())), recount.version),
    ]);
  });

export const handler = composed(() =>
  recountFigures(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
