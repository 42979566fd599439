import { ReliefGranted } from '../../events/relief.ts';
import { AreaCode } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { type Handover, openHandover } from '../../shared/handover.ts';
import { consume } from '../../shared/inbox.ts';
import type { Seals } from '../../shared/keyring.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { note, timesNoted, warn } from './warning-store.ts';

/**
 * Relief granted to the same person again in a year (rulebook C09). Each grant is a case of its own, so the person is told
 * from the payee that relief hands over, and kept here as a keyed fingerprint only.
 */
export const watchRelief =
  (table: Table, seals: () => Promise<Seals>, handover: Pick<Handover, 'take'>) =>
  async ({ data, time, correlationId }: HappenedOf<typeof ReliefGranted>): Promise<void> => {
    const { caseNo } = data;
    const payee = (await handover.take(data.handover))?.[caseNo];
    // The dead letters are looked at by people; dropped, the grant would never count.
    if (!payee) throw new Error('The payee of a relief case was not handed over or has expired.');
    const subject = (await seals()).index('identityNumber', payee.identityNumber);
    const on = dateAt(time);
    const kind = 'relieved';
    await note({ table, occurrences: [{ subject, kind, on, which: caseNo }] });

    const year = on.slice(0, 4);
    const times = await timesNoted(table, { subject, kind }, `${year}-01-01`, `${year}-12-31`);
    await warn(
      { table, parameters: await parametersOf(table), at: time, by: 'system', correlationId },
      {
        signal: { kind, times },
        caseNo,
        areaCode: AreaCode.parse(data.areaCode),
        subject,
        occasion: year,
      },
    );
  };

export const handler = composed(() => {
  const { TABLE_NAME, HANDOVER_BUCKET_NAME } = environment('TABLE_NAME', 'HANDOVER_BUCKET_NAME');
  const handover = openHandover(HANDOVER_BUCKET_NAME, process.env);
  return consume(ReliefGranted, watchRelief(openTable(TABLE_NAME), sealsFromEnvironment(), handover));
});
