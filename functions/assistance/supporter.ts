import type { HouseholdFacts, Supporter } from './facts.ts';
import type { Rules } from './rules.ts';

/** Those outside the household who owe it maintenance (rulebook A33, A35, A44). */

/** 供养能力: more a head than a multiple of the standard, or property over the line. */
export const hasCapacity = (
  { perCapitaMonthlyFen, overPropertyLine, unable }: Supporter,
  { supporterLine }: Rules,
): boolean => !unable && (overPropertyLine || perCapitaMonthlyFen * 100 > supporterLine);

/**
 * Maintenance that counts, a month: what was agreed or judged, else a share of what the supporter has a head above the line of
 * capacity; what is really paid, if that is more (A44).
 */
export const maintenanceDueFen = (supporter: Supporter, rules: Rules): number => {
  const { agreedFen, paidFen = 0, perCapitaMonthlyFen } = supporter;
  const aboveLine = Math.max(0, perCapitaMonthlyFen * 100 - rules.supporterLine);
  const assessedFen = hasCapacity(supporter, rules)
    ? Math.floor((aboveLine * rules.maintenanceShare) / 1_000_000)
    : 0;
  return Math.max(agreedFen ?? assessedFen, paidFen);
};

/** 无供养人或供养人均无供养能力. */
export const lacksSupport = ({ supporters }: HouseholdFacts, rules: Rules): boolean =>
  !supporters.some((supporter) => hasCapacity(supporter, rules));
