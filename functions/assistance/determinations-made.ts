import { DeterminationsMade } from '../../events/assistance.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { type Envelope, happened } from '../../shared/event.ts';
import type { Month } from '../../shared/month.ts';
import { type CaseStanding, newestDetermination } from './case.ts';
import { type Determination, determinationFor } from './determination.ts';

/** How what was determined is told to payments and reports. */

type Making = {
  readonly origin: string;
  /** Where the event is kept; the origin, unless that would put too many in one place. */
  readonly subject?: string | undefined;
  readonly which: string;
  readonly at: Instant;
  readonly correlationId: string;
  readonly handover?: string | undefined;
};

/** What disbursement and reports learn of the newest determination of each case. */
export const determinationsMade = (cases: readonly CaseStanding[], fact: Making): Envelope =>
  theseDeterminationsMade(
    cases.map((known) => [known, newestDetermination(known)] as const),
    fact,
  );

/** What a case counts in a month: nothing before its first determination and after a stop; and where, if not where it lives now. */
const heldIn = (determinations: readonly Determination[], month: Month, livesIn: AreaCode) => {
  const inForce = determinationFor(determinations, month);
  if (!inForce || inForce.kind === 'stop') return undefined;
  const { amountFen, persons, areaCode } = inForce;
  return { amountFen, persons, ...(areaCode === livesIn ? {} : { areaCode }) };
};

/**
 * What a determination takes the place of: what held in its first month, and what would have begun later and no longer does.
 * With it, what the register gains or loses in every month can be told from this event alone.
 */
const takesThePlaceOf = (known: CaseStanding, { number, from, areaCode }: Determination) => {
  const earlier = known.determinations.filter((each) => each.number < number);
  const before = heldIn(earlier, from, areaCode);
  const months = [...new Set(earlier.map((each) => each.from).filter((month) => month > from))].toSorted();
  const later = months.map((month) => {
    const held = heldIn(earlier, month, areaCode);
    return { from: month, ...(held ? { held } : {}) };
  });
  return { ...(before ? { before } : {}), ...(later.length > 0 ? { later } : {}) };
};

/** The same of any determinations: a change that reaches back over a new standard makes several for one case. */
export const theseDeterminationsMade = (
  made: readonly (readonly [CaseStanding, Determination])[],
  fact: Making,
): Envelope =>
  happened(DeterminationsMade, {
    subject: fact.subject ?? fact.origin,
    which: fact.which,
    at: fact.at,
    correlationId: fact.correlationId,
    data: {
      origin: fact.origin,
      ...(fact.handover === undefined ? {} : { handover: fact.handover }),
      determinations: made.map(([known, determination]) => {
        const { caseNo, programme } = known;
        const { number, kind, reason, from, amountFen, persons, areaCode } = determination;
        const told = { programme, caseNo, number, kind, reason, from, amountFen, persons, areaCode };
        return { ...told, ...takesThePlaceOf(known, determination) };
      }),
    },
  });
