import { ParameterSet } from '../../events/policy.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { firstDayOf, monthOfDate, nextMonth } from '../../shared/month.ts';
import type { ParameterKey } from '../../shared/parameter.ts';
import { keepParameter, parametersOf } from '../../shared/parameter-copy.ts';
import { startUnder } from './sweep-starting.ts';

/** The numbers that an amount or a line of the register depends on. */
const followed: ReadonlySet<string> = new Set<ParameterKey>([
  'dibao.standard',
  'dibao.working_cost_share',
  'dibao.job_disregard_months',
  'dibao.job_disregard_cap',
  'dibao.supporter_capacity',
  'dibao.maintenance_share',
  'dibao.special_group_uplift',
  'dibao.uplift_age',
  'dibao.rounding_yuan',
  'destitute.basic_multiple',
  'destitute.care.full',
  'destitute.care.half',
  'destitute.care.self',
  'destitute.care.at_home',
  'wage.minimum',
  'edge.multiple',
  'edge.deduct_expenses',
  'rigid_expense.multiple',
  'low_income.year_limit',
]);

/** The first benefit month whose 1st day is not before a date (rulebook 0.3.1). */
const firstMonthFrom = (date: string) => {
  const month = monthOfDate(date);
  return date === firstDayOf(month) ? month : nextMonth(month);
};

/**
 * A number that changed sets off the sweep of the first month it holds for, under an id made of the change: told twice, it is
 * one sweep. Two changes for one month make two, of which the later replaces the earlier, for it knows both.
 */
export const followParameter = (table: Table, clock: Clock) =>
  consume(ParameterSet, async ({ data, time, correlationId }) => {
    if (!followed.has(data.key)) return;
    const month = firstMonthFrom(data.from);
    if (data.to !== undefined && data.to < firstDayOf(month)) return;
    // The function that keeps numbers hears of this one by a queue of its own, perhaps later; keeping it twice is keeping it once.
    await keepParameter(table, data, time);
    const starting = {
      kind: 'standard',
      month,
      cause: `${data.sourceDocument}:${data.key} = ${data.value}`,
      startedBy: data.preparedBy,
      now: clock(),
      correlationId,
    } as const;
    const sweepId = `standard-${month}-${data.changeId}`;
    const started = await startUnder(table, sweepId, starting, await parametersOf(table));
    if (!started)
      throw new Error('A sweep to be replaced was changed at the same moment; the message comes again.');
  });

export const handler = composed(() =>
  followParameter(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);
