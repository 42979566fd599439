import type { LocalClock } from '../aws-service.ts';

type Waiter = { readonly attempt: () => boolean };
type Bell = {
  readonly listeners: Set<() => void>;
  readonly waiters: Set<Waiter>;
  ringing: boolean;
  alarm: Alarm | undefined;
};
type Alarm = { readonly at: number; readonly cancel: () => void };

const pollUntil = <T>(
  clock: LocalClock,
  waiters: Set<Waiter>,
  waitMs: number,
  take: () => readonly T[],
): Promise<readonly T[]> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      cancel();
      waiters.delete(waiter);
    };
    const attempt = (): boolean => {
      try {
        const taken = take();
        if (taken.length === 0) return false;
        leave();
        resolve(taken);
        return true;
      } catch (error) {
        leave();
        reject(error);
        return false;
      }
    };
    const waiter: Waiter = { attempt };
    const cancel = clock.after(waitMs, () => {
      leave();
      resolve([]);
    });
    waiters.add(waiter);
  });

/**
 * Wakes who waits for a queue, when a message comes or becomes visible again. One timer a queue suffices, set to the earliest
 * moment at which a hidden message shows; `nextVisible` says when that is.
 */
export const createArrivals = (
  clock: LocalClock,
  nextVisible: (queue: string, now: number) => number | undefined,
) => {
  const bells = new Map<string, Bell>();
  const bellOf = (queue: string): Bell => {
    const known = bells.get(queue);
    if (known) return known;
    const bell: Bell = { listeners: new Set(), waiters: new Set(), ringing: false, alarm: undefined };
    bells.set(queue, bell);
    return bell;
  };

  /** Rings after the present transaction: a microtask runs when the synchronous work that holds it is over. */
  const announce = (queue: string): void => {
    const bell = bellOf(queue);
    if (bell.ringing) return;
    bell.ringing = true;
    queueMicrotask(() => {
      bell.ringing = false;
      for (const listener of bell.listeners) listener();
      for (const waiter of bell.waiters) if (!waiter.attempt()) break;
    });
  };

  const announceAt = (queue: string, at: number | undefined): void => {
    if (at === undefined) return;
    const now = clock.now();
    if (at <= now) {
      announce(queue);
      return;
    }
    const bell = bellOf(queue);
    if (bell.alarm && bell.alarm.at <= at) return;
    bell.alarm?.cancel();
    const cancel = clock.after(at - now, () => {
      bell.alarm = undefined;
      announce(queue);
      announceAt(queue, nextVisible(queue, clock.now()));
    });
    bell.alarm = { at, cancel };
  };

  return {
    /** Messages of the queue may be visible now. */
    announce,
    /** Messages of the queue will be visible at a time; undefined says there are none. */
    announceAt,
    /** Calls `listener` whenever messages may have become visible; returns how to stop that. */
    listen: (queue: string, listener: () => void): (() => void) => {
      const { listeners } = bellOf(queue);
      listeners.add(listener);
      announce(queue);
      return () => listeners.delete(listener);
    },
    /** Repeats `take` at every arrival until it brings something, or gives up empty-handed after `waitMs`. */
    poll: <T>(queue: string, waitMs: number, take: () => readonly T[]): Promise<readonly T[]> =>
      pollUntil(clock, bellOf(queue).waiters, waitMs, take),
  };
};

export type Arrivals = ReturnType<typeof createArrivals>;
