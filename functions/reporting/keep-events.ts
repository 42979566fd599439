import * as z from 'zod';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { Envelope } from '../../shared/event.ts';
import { consumeTogether } from '../../shared/inbox.ts';
import { record } from './entry.ts';
import { indicators } from './indicators.ts';

/** Keeps every event of the bus and counts it into the figures. */
export const keepEvents = (table: Table) =>
  consumeTogether(z.object({ detail: Envelope }), (messages) =>
    record(
      table,
      indicators,
      messages.map(({ detail }) => detail),
    ),
  );

export const handler = composed(() => keepEvents(openTable(environment('TABLE_NAME').TABLE_NAME)));
