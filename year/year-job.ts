import { chanceFrom } from '../demo/chance.ts';
import { demoDistrict } from '../demo/district.ts';
import { demoRegister } from '../demo/register.ts';
import { type Office, WorkStuck } from '../month/office.ts';
import type { Progress } from '../month/progress.ts';
import { deliverRegister } from '../month/register-delivery.ts';
import { type Month, monthsBetween, nextMonth, previousMonth } from '../shared/month.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { checkReserves, YearBroken } from './checks.ts';
import { rostersInto } from './elsewhere.ts';
import { registeredFamilies, strangersOf } from './family.ts';
import { openCareHome } from './homes.ts';
import { playMonth, type World } from './month-play.ts';
import { paceOf } from './pace.ts';
import { allot, leftOver } from './reserves.ts';
import type { MonthFigures, YearAccount } from './year-account.ts';

/** A whole year of a bureau through its HTTP API: everything follows from the seed. */

export type YearJob = {
  readonly from: Month;
  readonly to: Month;
  readonly seed: number;
  /** Households on the allowance; destitute and low-edge households come in proportion. */
  readonly households: number;
  readonly dataFolder: string;
  readonly progress: Progress;
  /** Called after each month, with what it came to. */
  readonly onMonth?: (bureau: Bureau, figures: MonthFigures) => Promise<void>;
};

const officeIn = (bureau: Bureau): Office => ({
  preparer: bureau.clerk,
  approvers: [{ name: '李审批', desk: bureau.chief }],
  settled: bureau.settle,
  until: async ({ read, isDone }) => {
    await bureau.settle();
    const state = await read();
    if (!isDone(state)) throw new WorkStuck('名册没有登记完成。');
    return state;
  },
});

/** The district's register moves in before the first month: checked, accepted by a second officer, recorded. */
const moveIn = async (office: Office, { from, seed, households, progress }: YearJob): Promise<void> => {
  const file = {
    fileName: `演示名册-${from}.csv`,
    bytes: new TextEncoder().encode(demoRegister(from, seed, households)),
  };
  const { state, refused } = await deliverRegister(office, file, { month: from, known: [] }, progress);
  if (state !== 'applied' || refused > 0) throw new YearBroken(`名册登记不完整:拒收 ${refused} 户。`);
};

const openWorld = async (bureau: Bureau, { from, seed, households }: YearJob): Promise<World> => {
  const district = demoDistrict(seed, households);
  const families = registeredFamilies(district);
  const yearBefore = Number(from.slice(0, 4)) - 1;
  const reserveFen = await allot(bureau, yearBefore, leftOver(chanceFrom(`${seed}/year/reserves`)));
  await checkReserves(bureau, reserveFen);
  return {
    bureau,
    seed,
    pace: paceOf(families.size),
    invent: strangersOf(district),
    families,
    helped: new Set(),
    home: await openCareHome(bureau, families, seed),
    allotted: new Set(),
    reserveFen,
  };
};

/** Plays the months one after the other. Throws `YearBroken` with what differs as soon as a check fails. */
export const playYear = async (job: YearJob): Promise<YearAccount> => {
  const { from, to, seed, dataFolder, households, onMonth } = job;
  const startsOn = `${previousMonth(from)}-21`;
  const bureau = await openBureau({ dataFolder, startsOn, months: monthsBetween(from, to) + 1 });
  try {
    const office = officeIn(bureau);
    await moveIn(office, job);
    const bringRoster = rostersInto({ office, ...job });
    const world = await openWorld(bureau, job);
    const months: MonthFigures[] = [];
    for (let month = from; month <= to; month = nextMonth(month)) {
      await bringRoster(month);
      const figures = await playMonth(world, month);
      months.push(figures);
      await onMonth?.(bureau, figures);
    }
    return { from, to, seed, households, months };
  } finally {
    await bureau.cloud.stop();
  }
};
