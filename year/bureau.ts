import { drivenClock } from '../infra/local/clock.ts';
import { type Cloud, startCloud } from '../infra/local/cloud.ts';
import { type Desk, openDesk } from '../month/desk.ts';
import { DISTRICT, WorkStuck } from '../month/office.ts';
import { settling } from '../month/settling.ts';
import { type AreaCode, areaName, townOf } from '../shared/area.ts';
import { addDays } from '../shared/clock.ts';
import type { Role } from '../shared/role.ts';

/** A whole bureau on a driven clock: its officers in the district and the towns, and the days as they come. */

/** Who works in a town: 经办人, the colleague of the village who visits with him, and 分管领导. */
export type TownDesks = { readonly clerk: Desk; readonly helper: Desk; readonly leader: Desk };

export type Bureau = {
  readonly cloud: Cloud;
  readonly clerk: Desk;
  readonly chief: Desk;
  readonly leader: Desk;
  readonly town: (area: AreaCode) => Promise<TownDesks>;
  readonly today: () => string;
  /** Waits for everything that was set off; throws `WorkStuck` when a message failed for good. */
  readonly settle: () => Promise<void>;
  /** Lets the days pass, with what their schedules set off, until nine o'clock of a day. */
  readonly comeTo: (date: string) => Promise<void>;
};

/** The name of whoever surveys together with the clerk of a town. */
export const helperOf = (town: AreaCode): string => `${areaName(town)}协理员`;

const hourOf = (date: string, hour: number): number =>
  Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00+08:00`);

/** Officers live through the whole time on one token. */
const hoursFor = (months: number): number => (months + 2) * 31 * 24;

type Opening = { readonly dataFolder: string; readonly startsOn: string; readonly months: number };

/** Opens a bureau at nine o'clock of a day; `cloud.stop` ends it. */
export const openBureau = async ({ dataFolder, startsOn, months }: Opening): Promise<Bureau> => {
  const clock = drivenClock(hourOf(startsOn, 9));
  const cloud = await startCloud({
    dataFolder,
    owner: 'npm run year',
    quietLogs: true,
    waitsForDisk: false,
    clock,
    thread: { time: clock.time },
    // Runs open themselves. The look at deadlines every morning asks every town, which a year of mornings makes dear.
    schedules: (name) => name.includes('disbursement'),
  });
  const desk = async (role: Role, name: string, area = DISTRICT) =>
    openDesk(cloud.httpUrl, await cloud.token({ role, name, area }, hoursFor(months)));
  const towns = new Map<AreaCode, Promise<TownDesks>>();
  const openTown = async (town: AreaCode): Promise<TownDesks> => ({
    clerk: await desk('township-clerk', `${areaName(town)}经办`, town),
    helper: await desk('village-helper', helperOf(town), town),
    leader: await desk('township-leader', `${areaName(town)}分管领导`, town),
  });
  const idle = settling(cloud, clock);
  const settle = async (): Promise<void> => {
    await idle();
    const failed = cloud.deadLetters().map(({ queue, messages }) => `${queue} ${messages} 条`);
    if (failed.length > 0) throw new WorkStuck(`后台处理没有完成,失败消息:${failed.join(',')}。`);
  };
  let today = startsOn;
  const passTo = async (moment: number): Promise<void> => {
    await clock.advance(Math.max(0, moment - clock.now()));
    await cloud.quiet();
  };
  return {
    cloud,
    clerk: await desk('district-clerk', '王经办'),
    chief: await desk('section-chief', '李审批'),
    leader: await desk('bureau-leader', '张复核'),
    town: (area) => {
      const town = townOf(area);
      const known = towns.get(town) ?? openTown(town);
      towns.set(town, known);
      return known;
    },
    today: () => today,
    settle,
    comeTo: async (date) => {
      // What is under way while the clock leaps would outlive its visibility timeout and be delivered again and again.
      if (today < date) await settle();
      while (today < date) {
        today = addDays(today, 1);
        // Runs open at one o'clock: what they freeze must not depend on how far the clock has moved meanwhile.
        if (today.endsWith('-01')) await passTo(hourOf(today, 1));
        await passTo(hourOf(today, 9));
      }
    },
  };
};
