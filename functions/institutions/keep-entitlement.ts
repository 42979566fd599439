import { EntitlementsRecorded } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { Month } from '../../shared/month.ts';
import { keepEntitlements } from './entitlement-store.ts';

/** Keeps what is paid for destitute persons, to compare what came in with it and to settle months by it. */
export const keepEntitlement =
  (table: Table) =>
  ({ data }: HappenedOf<typeof EntitlementsRecorded>): Promise<void> =>
    keepEntitlements(
      table,
      data.entitlements
        .filter(({ programme }) => programme === 'destitute')
        .map(({ caseNo, version, from, amountFen }) => ({
          caseNo,
          version,
          from: Month.parse(from),
          amountFen,
        })),
    );

export const handler = composed(() =>
  consume(EntitlementsRecorded, keepEntitlement(openTable(environment('TABLE_NAME').TABLE_NAME))),
);
