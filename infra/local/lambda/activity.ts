/** Waits for states that other parts of the cloud bring about. */
export type Activity = {
  /** Says that something has ended; conditions are looked at again once this turn of the event loop is over. */
  readonly changed: () => void;
  /** Resolves when `condition` holds; it is asked now and after every change. */
  readonly until: (condition: () => boolean) => Promise<void>;
};

export const createActivity = (): Activity => {
  const waiters = new Set<{ readonly condition: () => boolean; readonly resolve: () => void }>();
  let scheduled = false;
  const look = (): void => {
    scheduled = false;
    for (const waiter of waiters) {
      if (!waiter.condition()) continue;
      waiters.delete(waiter);
      waiter.resolve();
    }
  };
  const changed = (): void => {
    if (scheduled || waiters.size === 0) return;
    scheduled = true;
    setImmediate(look);
  };
  return {
    changed,
    until: (condition) =>
      new Promise((resolve) => {
        waiters.add({ condition, resolve });
        changed();
      }),
  };
};
