import { setTimeout as pause } from 'node:timers/promises';
import type { Cloud } from '../infra/local/cloud.ts';
import { AreaCode } from '../shared/area.ts';
import type { Role } from '../shared/role.ts';
import { type Desk, openDesk } from './desk.ts';
import type { Progress } from './progress.ts';

/** The district whose month it is: 婺城区. */
export const DISTRICT = AreaCode.parse('330702000000');

export type Approver = { readonly name: string; readonly desk: Desk };

/** The officers of a month, and a way to wait for what the cloud does after it has answered them. */
export type Office = {
  readonly preparer: Desk;
  /** In the order they are asked; the second only for batches that need two. */
  readonly approvers: readonly Approver[];
  readonly until: Until;
  /** Resolves when everything has happened that the officers set off; refuses with `WorkStuck` when some of it failed for good. */
  readonly settled: () => Promise<void>;
};

export type Until = <T>(wait: {
  readonly read: () => Promise<T>;
  readonly isDone: (state: T) => boolean;
  readonly onState?: (state: T) => void;
}) => Promise<T>;

/** Short work is seen at once; long work is not slowed down by being looked at. In milliseconds of waiting so far. */
const pauseAfter = (waitedMs: number): number => Math.min(500, Math.max(5, waitedMs / 20));

/** The cloud has nothing left to do and the work is not done: its messages have failed for good. */
export class WorkStuck extends Error {
  override readonly name = 'WorkStuck';
}

const stuck = ({ deadLetters }: Pick<Cloud, 'deadLetters'>): WorkStuck => {
  const failed = deadLetters().map(({ queue, messages }) => `${queue} ${messages} 条`);
  return new WorkStuck(
    `后台处理没有完成${failed.length > 0 ? `,失败消息:${failed.join(',')}` : ''}。详情见数据目录下的 log。`,
  );
};

/** Looks again and again until the work is done. Refuses with `WorkStuck` rather than waiting for what can no longer come. */
export const untilIn =
  ({ idle, deadLetters }: Pick<Cloud, 'idle' | 'deadLetters'>): Until =>
  async ({ read, isDone, onState }) => {
    let isIdle = false;
    void idle().then(() => {
      isIdle = true;
    });
    const start = performance.now();
    for (;;) {
      // Asked before reading: what is read after the cloud fell idle is final.
      const isFinal = isIdle;
      const state = await read();
      onState?.(state);
      if (isDone(state)) return state;
      if (isFinal) throw stuck({ deadLetters });
      await pause(pauseAfter(performance.now() - start));
    }
  };

const settledIn = (cloud: Pick<Cloud, 'idle' | 'deadLetters'>) => async (): Promise<void> => {
  await cloud.idle();
  if (cloud.deadLetters().length > 0) throw stuck(cloud);
};

/** Lets the cloud finish what an earlier run left under way, so that nothing is done beside it. */
export const finishEarlierWork = async ({ idle }: Pick<Cloud, 'idle'>, progress: Progress): Promise<void> => {
  const phase = progress.phase('继续上次未完成的处理', '');
  let isIdle = false;
  const finished = idle().then(() => {
    isIdle = true;
  });
  while (!isIdle) {
    phase.at(0, 0);
    await Promise.race([finished, pause(50)]);
  }
};

export type OfficerNames = {
  readonly preparedBy: string;
  readonly approvedBy: string;
  readonly secondApprovedBy: string;
};

export const openOffice = async (cloud: Cloud, names: OfficerNames): Promise<Office> => {
  const desk = async (name: string, role: Role) =>
    openDesk(cloud.httpUrl, await cloud.token({ name, role, area: DISTRICT }));
  const approver = async (name: string, role: Role) => ({ name, desk: await desk(name, role) });
  return {
    preparer: await desk(names.preparedBy, 'district-clerk'),
    approvers: [
      await approver(names.approvedBy, 'section-chief'),
      await approver(names.secondApprovedBy, 'bureau-leader'),
    ],
    until: untilIn(cloud),
    settled: settledIn(cloud),
  };
};
