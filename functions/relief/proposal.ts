import { ReserveMovementProposed } from '../../events/relief.ts';
import type { AreaCode } from '../../shared/area.ts';
import { putNew, type Table, type Write } from '../../shared/dynamo.ts';
import { type Envelope, happened } from '../../shared/event.ts';
import { announce } from '../../shared/outbox.ts';
import type { Acted } from './case-step.ts';
import type { Movement, MovementKind } from './reserve.ts';
import { movementItem } from './reserve-store.ts';

/** Movements of a reserve as they are proposed. */

export const factOfMovement = (
  { town, year, movementId }: Movement,
  state: Movement['state'],
  { now, correlationId }: Pick<Acted, 'now' | 'correlationId'>,
) => ({
  subject: `reserve/${town}/${year}`,
  which: `${movementId}-${state}`,
  at: now,
  correlationId,
});

/** The next number of a kind and year. Of two who propose the same at the same moment the second loses its number. */
const nextIdOf = (known: readonly Movement[], kind: MovementKind, year: number): string => {
  const before = known.filter((each) => each.kind === kind && each.year === year).length;
  return `${kind}-${year}-${String(before + 1).padStart(3, '0')}`;
};

export const proposalOf = (
  known: readonly Movement[],
  wanted: Pick<Movement, 'kind' | 'year' | 'amountFen' | 'reason'> & { readonly town: AreaCode },
  { officer, now }: Pick<Acted, 'officer' | 'now'>,
): Movement => ({
  ...wanted,
  movementId: nextIdOf(known, wanted.kind, wanted.year),
  version: 1,
  state: 'proposed',
  proposedAt: now,
  proposedBy: officer.id,
});

const proposedEvent = (
  movement: Movement,
  acted: Pick<Acted, 'officer' | 'now' | 'correlationId'>,
): Envelope => {
  const { town, year, movementId, kind, amountFen } = movement;
  const data = { areaCode: town, year, movementId, kind, amountFen, by: acted.officer.id };
  return happened(ReserveMovementProposed, { ...factOfMovement(movement, 'proposed', acted), data });
};

/** Loses when the number is taken: CHANGED_MEANWHILE. */
export const writeProposal = (
  table: Table,
  movement: Movement,
  acted: Pick<Acted, 'officer' | 'now' | 'correlationId'>,
): Write[] => [putNew(table, movementItem(movement)), announce(table, proposedEvent(movement, acted))];
