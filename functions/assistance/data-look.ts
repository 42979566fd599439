import { ApplicationDataShown } from '../../events/assistance.ts';
import { type Table, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Call } from '../../shared/http.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import type { Route } from '../../shared/route.ts';
import { keys } from './table.ts';

/**
 * Puts on record who is about to see sealed fields of an application, and why. It is written first: no record, no look
 * (rulebook I.7, PIPL 51). Throws when it cannot be written.
 */
export const recordLook = async (
  table: Table,
  look: { readonly applicationNo: string; readonly fields: readonly string[]; readonly reason: string },
  { officer, now, correlationId }: Pick<Call<Route>, 'officer' | 'now' | 'correlationId'>,
): Promise<void> => {
  const { applicationNo, fields, reason } = look;
  const shown = happened(ApplicationDataShown, {
    subject: `application/${applicationNo}`,
    // A client may send one correlation id with several looks.
    which: `${now}-${officer.id}-${correlationId}`,
    at: now,
    correlationId,
    data: { applicationNo, fields: [...fields], shownTo: officer.id },
  });
  const key = keys.look(`application/${applicationNo}`, `${now}#${officer.id}#${correlationId}`);
  const recorded = await transact(table, [
    { Put: { TableName: table.name, Item: { ...key, fields: [...fields], reason } } },
    announce(table, shown),
  ]);
  if (!recorded.committed) throw new Error('The look was not recorded, so nothing is shown.');
  log('PERSONAL_DATA_SHOWN', { officer: officer.id, fields: fields.join(','), correlationId });
};
