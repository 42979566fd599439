import type { Instant } from '../../shared/clock.ts';
import type { Fen } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
import { type Entitlement, speaksOf, versionFor } from './entitlement.ts';
import type { LedgerEntry, LedgerKind, MonthAmount } from './ledger.ts';
import type { Run } from './run.ts';

/** What months that were planned already owe, or are owed, because of what was determined since (ADR 0011). */

/** A run of the programme that stands: which month it planned, and until when it knew of determinations. */
export type StandingRun = Pick<Run, 'runId' | 'month' | 'asOf'>;

const dueFen = (entitlement: Entitlement, month: Month, asOf: Instant): number =>
  versionFor(entitlement, month, asOf)?.amountFen ?? 0;

/** Whether a determination recorded in a span of time speaks of a month. Rosters speak of the months to come only. */
const isSpokenOf = (
  { versions }: Entitlement,
  month: Month,
  recorded: { readonly after: Instant; readonly until: Instant },
): boolean =>
  versions.some(
    (version) =>
      version.determination !== undefined &&
      recorded.after < version.recordedAt &&
      version.recordedAt <= recorded.until &&
      speaksOf(version, month),
  );

/**
 * What was planned for a month, in 分: by its own run what was due as that run knew it, by each later one the difference to
 * what it knew, if a determination had come in between. `runs` begin with the month's own.
 */
const plannedFen = (entitlement: Entitlement, month: Month, runs: readonly StandingRun[]): number => {
  let after: Instant | undefined;
  let planned = 0;
  for (const { asOf } of runs) {
    if (after === undefined || isSpokenOf(entitlement, month, { after, until: asOf }))
      planned = dueFen(entitlement, month, asOf);
    after = asOf;
  }
  return planned;
};

/**
 * The differences a run settles for one case, by month: what is due by the determinations it knows less what the earlier runs
 * planned; negative where too much was. `earlier` are the runs of the programme that stand, in the order they were opened. A
 * function of what was recorded by then, so that planning again gives the same.
 */
export const differencesOf = (
  { asOf }: Pick<StandingRun, 'asOf'>,
  entitlement: Entitlement,
  earlier: readonly StandingRun[],
): MonthAmount[] => {
  const after = earlier.at(-1)?.asOf;
  if (after === undefined || !entitlement.versions.some(({ recordedAt }) => recordedAt > after)) return [];
  return earlier
    .flatMap(({ month }, index) => {
      if (!isSpokenOf(entitlement, month, { after, until: asOf })) return [];
      const planned = plannedFen(entitlement, month, earlier.slice(index));
      const amountFen = dueFen(entitlement, month, asOf) - planned;
      return amountFen === 0 ? [] : [{ month, amountFen }];
    })
    .toSorted((a, b) => (a.month < b.month ? -1 : 1));
};

const monthText = (month: Month): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

/** The months of an entry as officers read them: `2021年5月`, or `2021年5月至2021年7月共3个月`. */
const monthsText = (months: readonly MonthAmount[]): string => {
  const [first, last] = [months[0], months.at(-1)].map((each) => (each ? monthText(each.month) : ''));
  return months.length === 1 ? `${first}` : `${first}至${last}共${months.length}个月`;
};

const reasons: Readonly<Record<LedgerKind, string>> = {
  arrears: '待遇变动,补发差额',
  recovery: '待遇变动,抵扣多发',
};

/**
 * The ledger entries that settle differences: at most one of each kind a case and run, with an id that follows from the run,
 * so that planning twice enters one debt. They hold only while the run stands: the attempt after a rejection reckons anew.
 */
export const settlementsOf = (
  run: Pick<Run, 'runId' | 'programme' | 'asOf' | 'openedBy'>,
  entitlement: Entitlement,
  differences: readonly MonthAmount[],
): LedgerEntry[] => {
  const areaCode = entitlement.versions.findLast(({ recordedAt }) => recordedAt <= run.asOf)?.areaCode;
  if (!areaCode) return [];
  return (['arrears', 'recovery'] as const).flatMap((kind) => {
    const months = differences
      .filter(({ amountFen }) => (kind === 'arrears' ? amountFen > 0 : amountFen < 0))
      .map(({ month, amountFen }) => ({ month, amountFen: Math.abs(amountFen) }));
    if (months.length === 0) return [];
    return [
      {
        entryId: `retro-${run.runId}-${kind}`,
        programme: run.programme,
        caseNo: entitlement.caseNo,
        areaCode,
        kind,
        amountFen: months.reduce((sum, { amountFen }) => sum + amountFen, 0) as Fen,
        reason: `${monthsText(months)}${reasons[kind]}`,
        origin: `run/${run.runId}`,
        months,
        reckonedBy: run.runId,
        recordedAt: run.asOf,
        recordedBy: run.openedBy,
        version: 1,
        applied: {},
      },
    ];
  });
};
