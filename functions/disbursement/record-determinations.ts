import { DeterminationsMade } from '../../events/assistance.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { type Handover, openHandover } from '../../shared/handover.ts';
import { consume } from '../../shared/inbox.ts';
import type { Seals } from '../../shared/keyring.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { Determination, determined, isPaidHere } from './determination.ts';
import { caseOwner, type Entitlement } from './entitlement.ts';
import { recordDelivered } from './entitlement-store.ts';

export type HandoverDeps = {
  readonly table: Table;
  readonly seals: () => Promise<Seals>;
  readonly handover: Pick<Handover, 'take'>;
  readonly clock: Clock;
};

/** What determinations, one after the other, make of the cases as they stand; only what changed. */
const entitlementsFrom = (
  seals: Seals,
  determinations: readonly Determination[],
  known: ReadonlyMap<string, Entitlement>,
  ...more: readonly [Parameters<typeof determined>[3], Parameters<typeof determined>[4]]
): Entitlement[] => {
  const now = new Map(known);
  for (const determination of determinations)
    now.set(
      caseOwner(determination.programme, determination.caseNo),
      determined(seals, determination, now, ...more),
    );
  return [...now].flatMap(([text, entitlement]) => (entitlement === known.get(text) ? [] : [entitlement]));
};

/**
 * Records the determinations of one event. Repeated, late or out of order, each takes
 * its place by its number once; a handover that has expired fails the message, which is kept with the dead letters.
 */
export const recordDeterminations = ({ table, seals, handover, clock }: HandoverDeps) =>
  consume(DeterminationsMade, async ({ source, data, correlationId }) => {
    const { origin } = data;
    const paid = data.determinations.filter(isPaidHere).map((each) => Determination.parse(each));
    if (paid.length === 0) return;
    const handed = data.handover === undefined ? {} : await handover.take(data.handover);
    if (!handed) throw new Error('What was handed over with the determinations has expired.');
    const open = await seals();
    const cases = paid.flatMap(({ programme, caseNo, payeeOf }) => [
      { programme, caseNo },
      ...(payeeOf === undefined ? [] : [{ programme: payeeOf, caseNo }]),
    ]);
    await recordDelivered({ table, clock }, { origin, correlationId }, cases, (known) =>
      entitlementsFrom(open, paid, known, handed, { at: clock(), by: source }),
    );
  });

export const handler = composed(() => {
  const { TABLE_NAME, HANDOVER_BUCKET_NAME } = environment('TABLE_NAME', 'HANDOVER_BUCKET_NAME');
  return recordDeterminations({
    table: openTable(TABLE_NAME),
    seals: sealsFromEnvironment(),
    handover: openHandover(HANDOVER_BUCKET_NAME, process.env),
    clock: systemClock,
  });
});
