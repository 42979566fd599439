import * as z from 'zod';
import { type AreaCode, townOf } from '../../shared/area.ts';

const count = z.int().default(0);
const fen = z.int().default(0);

/** What a sweep would change, in its month; households that would lose are listed apart and never applied. */
export const PlannedTotals = z
  .object({
    households: count,
    persons: count,
    beforeFen: fen,
    afterFen: fen,
    apartHouseholds: count,
    apartBeforeFen: fen,
    apartAfterFen: fen,
  })
  .meta({ id: 'SweepPlannedTotals' });
export type PlannedTotals = z.output<typeof PlannedTotals>;

/** What it did change. Every household that was to be changed is in one of `households` and `skipped`. */
export const AppliedTotals = z
  .object({
    households: count,
    persons: count,
    beforeFen: fen,
    afterFen: fen,
    skipped: count.meta({ description: 'Changed since, and now without a change to make, or would lose.' }),
    reckonedAnew: count.meta({
      description: 'Of the households: changed since, with another amount than planned.',
    }),
  })
  .meta({ id: 'SweepAppliedTotals' });
export type AppliedTotals = z.output<typeof AppliedTotals>;

type Numbers = Readonly<Record<string, number>>;
export type ByTown<T> = Readonly<Record<AreaCode, T>>;

const sum = <T extends Numbers>(zero: T, all: Iterable<Partial<T>>): T => {
  const total: Record<string, number> = { ...zero };
  for (const part of all)
    for (const [field, value] of Object.entries(part)) total[field] = (total[field] ?? 0) + Number(value);
  return total as T;
};

export const NO_PLANNED: PlannedTotals = PlannedTotals.parse({});
export const NO_APPLIED: AppliedTotals = AppliedTotals.parse({});
export const sumPlanned = (all: Iterable<Partial<PlannedTotals>>): PlannedTotals => sum(NO_PLANNED, all);
export const sumApplied = (all: Iterable<Partial<AppliedTotals>>): AppliedTotals => sum(NO_APPLIED, all);

/** Adds up by town what is told by area. */
const byTown = <T extends Numbers>(
  zero: T,
  parts: Iterable<{ readonly areaCode: AreaCode; readonly totals: Partial<T> }>,
): ByTown<T> => {
  const towns = new Map<AreaCode, Partial<T>[]>();
  for (const { areaCode, totals } of parts) {
    const town = townOf(areaCode);
    const known = towns.get(town);
    if (known) known.push(totals);
    else towns.set(town, [totals]);
  }
  return Object.fromEntries([...towns].map(([town, all]) => [town, sum(zero, all)]));
};

type Parts<T> = Iterable<{ readonly areaCode: AreaCode; readonly totals: Partial<T> }>;
export const plannedByTown = (parts: Parts<PlannedTotals>): ByTown<PlannedTotals> =>
  byTown(NO_PLANNED, parts);
export const appliedByTown = (parts: Parts<AppliedTotals>): ByTown<AppliedTotals> =>
  byTown(NO_APPLIED, parts);

/** applied + skipped = planned, in households: checked before a sweep is done. */
export const allAccountedFor = (planned: PlannedTotals, applied: AppliedTotals): boolean =>
  applied.households + applied.skipped === planned.households;
