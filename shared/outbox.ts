import { putNew, type Table, type Write } from './dynamo.ts';
import type { Envelope } from './event.ts';

/** Event items stay in the table as the audit trail of their subject; the table's stream carries them to the bus. */
export const eventKey = (happened: Pick<Envelope, 'subject' | 'time' | 'id'>) => ({
  pk: `EVENT#${happened.subject}`,
  sk: `${happened.time}#${happened.id}`,
});

/** The attribute by which the relay's stream filter tells events from state. */
export const EVENT_MARK = { kind: 'event' } as const;

/** The write that announces a fact; it belongs in the same transaction as the fact. */
export const announce = (table: Table, happened: Envelope): Write =>
  putNew(table, { ...eventKey(happened), ...EVENT_MARK, envelope: JSON.stringify(happened) });
