import * as z from 'zod';
import type { DrivenClock } from './clock.ts';

export const CLOCK_PATH = '/clock';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How far to move: whole days, or to a moment that has not come yet. */
const Move = z
  .strictObject({ days: z.int().min(1).max(400).optional(), to: z.iso.datetime({ offset: true }).optional() })
  .refine(({ days, to }) => (days === undefined) !== (to === undefined), 'Give either days or to.');

export type ClockControl = (
  method: string,
  body: string,
) => Promise<{ readonly status: number; readonly body: unknown }>;

const refused = (message: string) => ({ status: 400, body: { message } });

/**
 * `GET /clock` tells the time of a driven cloud, `POST /clock` moves it forward, day by day so that what each day sets off
 * is done before the next begins. `quiet` resolves when nothing runs. Only a cloud that was started with a clock of its own
 * has it.
 */
export const clockControl = (clock: DrivenClock, quiet: () => Promise<void>): ClockControl => {
  const moveTo = async (until: number): Promise<void> => {
    // A message that is being worked on would pass its visibility timeout and be delivered again.
    await quiet();
    while (clock.now() < until) {
      await clock.advance(Math.min(DAY_MS, until - clock.now()));
      await quiet();
    }
  };
  return async (method, body) => {
    const told = () => ({ status: 200, body: { now: new Date(clock.now()).toISOString() } });
    if (method === 'GET') return told();
    if (method !== 'POST') return { status: 405, body: { message: 'Method Not Allowed' } };
    let asked: unknown;
    try {
      asked = JSON.parse(body || '{}');
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return refused('Not valid JSON.');
    }
    const move = Move.safeParse(asked);
    if (!move.success) return refused(move.error.issues.map(({ message }) => message).join(' '));
    const { days, to } = move.data;
    const until = to === undefined ? clock.now() + (days ?? 0) * DAY_MS : Date.parse(to);
    if (until < clock.now()) return refused('The clock goes forward only.');
    await moveTo(until);
    return told();
  };
};
