import type { LocalClock } from './aws-service.ts';

/** A clock whose timers are cancelled, and no longer set, from `stop` on, so that none fires into a closed database. */
export type StoppableClock = LocalClock & { readonly stop: () => void };

export const stoppableClock = (clock: LocalClock): StoppableClock => {
  const cancels = new Set<() => void>();
  let stopped = false;
  return {
    now: clock.now,
    after: (delayMs, task) => {
      if (stopped) return () => {};
      const cancelTimer = clock.after(delayMs, () => {
        cancels.delete(cancel);
        task();
      });
      const cancel = (): void => {
        cancels.delete(cancel);
        cancelTimer();
      };
      cancels.add(cancel);
      return cancel;
    },
    stop: () => {
      stopped = true;
      for (const cancel of cancels) cancel();
    },
  };
};
