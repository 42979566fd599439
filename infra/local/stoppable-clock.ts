import type { LocalClock } from './aws-service.ts';

/** A clock whose timers can all be cancelled at once, so that none fires into a closed database. */
export type StoppableClock = LocalClock & { readonly stop: () => void };

export const stoppableClock = (clock: LocalClock): StoppableClock => {
  const cancels = new Set<() => void>();
  return {
    now: clock.now,
    after: (delayMs, task) => {
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
      for (const cancel of cancels) cancel();
    },
  };
};
