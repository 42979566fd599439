import { ReliefGranted } from '../../events/relief.ts';
import { AreaCode } from '../../shared/area.ts';
import { systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { openHandover } from '../../shared/handover.ts';
import { consume } from '../../shared/inbox.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { granted } from './determination.ts';
import { caseOwner } from './entitlement.ts';
import { recordDelivered } from './entitlement-store.ts';
import type { HandoverDeps } from './record-determinations.ts';

/** Records relief that was granted, as an entitlement of its month; the same event again changes nothing. */
export const recordGrant = ({ table, seals, handover, clock }: HandoverDeps) =>
  consume(ReliefGranted, async ({ id, source, subject, data, correlationId }) => {
    const { caseNo, persons } = data;
    const grant = {
      grantId: id,
      caseNo,
      month: Month.parse(data.month),
      amountFen: Fen.parse(data.amountFen),
      persons,
      areaCode: AreaCode.parse(data.areaCode),
    };
    const handed = await handover.take(data.handover);
    if (!handed) throw new Error('What was handed over with the relief has expired.');
    const open = await seals();
    const own = { programme: 'relief', caseNo } as const;
    await recordDelivered({ table, clock }, { origin: subject, correlationId }, [own], (known) => {
      const existing = known.get(caseOwner(own.programme, own.caseNo));
      const next = granted(open, grant, existing, handed, { at: clock(), by: source });
      return next === existing ? [] : [next];
    });
  });

export const handler = composed(() => {
  const { TABLE_NAME, HANDOVER_BUCKET_NAME } = environment('TABLE_NAME', 'HANDOVER_BUCKET_NAME');
  return recordGrant({
    table: openTable(TABLE_NAME),
    seals: sealsFromEnvironment(),
    handover: openHandover(HANDOVER_BUCKET_NAME, process.env),
    clock: systemClock,
  });
});
