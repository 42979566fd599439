import { IncomeCheckRequested } from '../../events/assistance.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table, transact } from '../../shared/dynamo.ts';
import { type Environment, environment } from '../../shared/environment.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { findApplication, stepWrites } from './application-store.ts';
import { findCheck, returnedCheck, waitsFor } from './income-check-store.ts';
import { simulatedRegisters } from './simulated-registers.ts';

const PLATFORM = { id: 'simulated-registers', role: 'integration' } as const;

/**
 * Answers an income check where no platform is connected. Where one is, it hears of the same event and answers by
 * `recordIncomeCheck`; this function then lets the request be. A repeated event finds its answer there and changes nothing.
 */
export const checkIncome =
  (table: Table, clock: Clock, source: Environment['INCOME_CHECKS']) =>
  async ({
    data,
    correlationId,
  }: Pick<HappenedOf<typeof IncomeCheckRequested>, 'data' | 'correlationId'>): Promise<void> => {
    if (source !== 'simulated') return;
    const asked = await findCheck(table, data.requestId);
    const read = asked && (await findApplication(table, asked.applicationNo));
    if (!asked || !read || !waitsFor(read, asked)) return;
    const now = clock();
    const found = simulatedRegisters(asked.requestId, read.facts);
    const { next, write } = returnedCheck(
      table,
      { application: read, check: asked, found },
      { by: PLATFORM, at: now, parameters: await parametersOf(table) },
    );
    const outcome = await transact(table, [...stepWrites(table, next, read, { now, correlationId }), write]);
    // Somebody changed the application at the same moment: the message comes again and finds it as it is then.
    if (!outcome.committed) throw new Error(`The application of check ${asked.requestId} changed meanwhile.`);
  };

export const handler = composed(() => {
  const { TABLE_NAME, INCOME_CHECKS } = environment('TABLE_NAME', 'INCOME_CHECKS');
  return consume(IncomeCheckRequested, checkIncome(openTable(TABLE_NAME), systemClock, INCOME_CHECKS));
});
