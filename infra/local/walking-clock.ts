import { type DrivenClock, drivenClock } from './clock.ts';

/** How often a walking clock catches up with real time. */
const STRIDE_MS = 20;

/** Nine o'clock in Shanghai on a day (`yyyy-mm-dd`), when the bureau opens, in epoch milliseconds. */
export const morningOf = (day: string): number => Date.parse(`${day}T09:00:00+08:00`);

/**
 * A clock that starts where it is told, goes on at the pace of real time, and can be moved forward besides: for trying out
 * what takes days. Its strides do not keep the process alive.
 */
export const walkingClock = (
  start: number,
  realNow: () => number,
): DrivenClock & { readonly stop: () => void } => {
  const clock = drivenClock(start);
  // Advances run one after the other: two at once would both start from the same moment.
  let last: Promise<void> = Promise.resolve();
  const advance = (ms: number): Promise<void> => {
    last = last.then(() => clock.advance(ms));
    return last;
  };
  let seen = realNow();
  const stride = setInterval(() => {
    const now = realNow();
    const passed = now - seen;
    seen = now;
    void advance(passed);
  }, STRIDE_MS).unref();
  return { ...clock, advance, stop: () => clearInterval(stride) };
};
