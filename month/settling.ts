import type { DrivenClock } from '../infra/local/clock.ts';
import type { Cloud } from '../infra/local/cloud.ts';

const STEP_MS = 1000;

/** Waits until everything that was set off has happened; a driven clock is moved on as far as that takes. */
export const settling =
  (cloud: Pick<Cloud, 'idle' | 'quiet'>, clock: DrivenClock | undefined) => async (): Promise<void> => {
    if (!clock) return cloud.idle();
    let isIdle = false;
    const idle = cloud.idle().then(() => {
      isIdle = true;
    });
    for (;;) {
      await cloud.quiet();
      // One turn of the event loop, in which `idle` is told when it has come.
      await clock.advance(0);
      if (isIdle) return idle;
      await clock.advance(STEP_MS);
    }
  };
