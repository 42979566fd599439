import { ReferralMade } from '../../events/assistance.ts';
import { AreaCode } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, putNew, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { receive } from './lead-store.ts';
import { keys } from './table.ts';

/**
 * One application, many programmes (一件事): what it points to beside the register becomes a lead of the household's town, so
 * that somebody opens the case with the owner of the programme. The household applied, but not for that, and of it only the
 * number of the application is known here. Told twice, the second finds the occasion marked.
 */
export const followReferrals =
  (table: Table) =>
  async ({ data, time: at, correlationId }: HappenedOf<typeof ReferralMade>): Promise<void> => {
    const { applicationNo, programme, urgent } = data;
    const receiving = { table, parameters: await parametersOf(table), at, by: 'system', correlationId };
    await receive(
      receiving,
      AreaCode.parse(data.areaCode),
      () => ({ source: 'referral', situations: [], asked: { applicationNo, programme, urgent } }),
      ({ leadNo }) => [
        // Loses when this was told before: there is nothing left to do.
        putNew(table, {
          ...keys.warning('referral', applicationNo, urgent ? `${programme}-urgent` : programme),
          leadNo,
        }),
      ],
    );
  };

export const handler = composed(() =>
  consume(ReferralMade, followReferrals(openTable(environment('TABLE_NAME').TABLE_NAME))),
);
