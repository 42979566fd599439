import { ReferralMade } from '../../events/assistance.ts';
import type { Table, Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Call } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import type { Route } from '../../shared/route.ts';
import type { Application } from './application.ts';
import type { AidCode } from './evaluation.ts';

/** Tells the owner of another programme of a household it may help (一件事, C36). */
export const referralWrite = (
  table: Table,
  { applicationNo, areaCode, round }: Application,
  { programme, urgent }: { readonly programme: AidCode; readonly urgent: boolean },
  { now, correlationId }: Pick<Call<Route>, 'now' | 'correlationId'>,
): Write =>
  announce(
    table,
    happened(ReferralMade, {
      subject: `application/${applicationNo}`,
      which: `${programme}-${round}${urgent ? '-urgent' : ''}`,
      at: now,
      correlationId,
      data: { applicationNo, areaCode, programme, urgent },
    }),
  );
