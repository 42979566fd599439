import { between, type Chance } from '../demo/chance.ts';
import {
  decideReserveMovement,
  proposeReserveMovement,
  proposeReserveRecalls,
} from '../functions/relief/reserve-routes.ts';
import { DISTRICT } from '../month/office.ts';
import { type AreaCode, townsOf } from '../shared/area.ts';
import type { Bureau } from './bureau.ts';

/** The reserves of the towns (C10, C11): allotted by budget year, and what is left of years before called back. */

const towns = townsOf(DISTRICT);

const agree = (bureau: Bureau, areaCode: AreaCode, movementId: string): Promise<unknown> =>
  bureau.chief(decideReserveMovement, { params: { areaCode, movementId }, body: { decision: 'approve' } });

/** Gives the towns something for a budget year, as two officers do it; answers the sum. Who needs nothing gets nothing. */
export const allot = async (bureau: Bureau, year: number, amountIn: () => number): Promise<number> => {
  const all = towns.map((areaCode) => ({ areaCode, amountFen: amountIn() }));
  const amounts = all.filter(({ amountFen }) => amountFen > 0);
  await Promise.all(
    amounts.map(async ({ areaCode, amountFen }) => {
      const { movementId } = await bureau.clerk(proposeReserveMovement, {
        params: { areaCode },
        body: { kind: 'allot', year, amountFen, reason: `拨付 ${year} 年度临时救助备用金` },
      });
      await agree(bureau, areaCode, movementId);
    }),
  );
  return amounts.reduce((sum, { amountFen }) => sum + amountFen, 0);
};

/** What a town is given for a year, and what a third of them still have of the year before when the simulation begins. */
export const yearly = (): number => 5_000_000;
export const leftOver = (chance: Chance) => (): number =>
  chance() < 0.35 ? between(chance, 2, 9) * 100_000 : 0;

/** Calls back what is left of all years before; answers the sum. */
export const recall = async (bureau: Bureau): Promise<number> => {
  const { items, amountFen } = await bureau.clerk(proposeReserveRecalls, {
    body: { allPriorYears: true, reason: '收回以前年度备用金结余' },
  });
  for (const { areaCode, movementId } of items) await agree(bureau, areaCode, movementId);
  return amountFen;
};
