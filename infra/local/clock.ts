import type { LocalClock } from './aws-service.ts';

/** Node keeps a timer's delay in 31 bits and fires at once beyond that, so a longer wait is taken in stretches. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. Its timers do not keep the process alive: what must happen is in the database, not in a timer. */
export const systemClock = (): LocalClock => ({
  now: () => Date.now(),
  after: (delayMs, task) => {
    const due = Date.now() + delayMs;
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const rest = Math.max(0, due - Date.now());
      timer =
        rest > LONGEST_TIMER_MS ? setTimeout(wait, LONGEST_TIMER_MS).unref() : setTimeout(task, rest).unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
});

/** The time of a clock where other threads read it: epoch milliseconds in one aligned double, which is never seen half written. */
export type SharedTime = SharedArrayBuffer;

/** The present time of a clock that is driven in another thread. */
export const timeIn = (time: SharedTime): (() => number) => {
  const cell = new Float64Array(time);
  return () => cell[0] ?? 0;
};

/** A clock that stands still until it is advanced. */
export type DrivenClock = LocalClock & {
  /** For functions in a thread of their own. */
  readonly time: SharedTime;
  /**
   * Moves the time forward by `ms`, running due timers in the order of their time and letting promises and immediates settle
   * between them. `advance(0)` runs what is due now. Real I/O (sockets, files, threads) is not waited for.
   */
  readonly advance: (ms: number) => Promise<void>;
};

type Timer = { readonly due: number; readonly task: () => void };

/** Turns of the event loop granted between two timers; a chain of a few awaits needs one, a hand-over between engines a few. */
const SETTLING_TURNS = 4;

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < SETTLING_TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A clock for tests and simulations, starting at `start` (epoch milliseconds). */
export const drivenClock = (start: number): DrivenClock => {
  const time: SharedTime = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const cell = new Float64Array(time);
  const now = timeIn(time);
  const moveTo = (moment: number): void => {
    cell[0] = Math.max(now(), moment);
  };
  moveTo(start);
  const timers = new Set<Timer>();

  const nextDue = (until: number): Timer | undefined => {
    let next: Timer | undefined;
    // A set iterates in insertion order, so among timers of the same moment the one set first runs first.
    for (const timer of timers) if (timer.due <= until && (!next || timer.due < next.due)) next = timer;
    return next;
  };

  return {
    now,
    time,
    after: (delayMs, task) => {
      const timer = { due: now() + Math.max(0, delayMs), task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      const until = now() + ms;
      await settle();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        moveTo(timer.due);
        timer.task();
        await settle();
      }
      moveTo(until);
    },
  };
};
