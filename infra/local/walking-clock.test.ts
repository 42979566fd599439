import { expect, test, vi } from 'vitest';
import { walkingClock } from './walking-clock.ts';

const START = Date.parse('2021-05-06T01:00:00.000Z');

test('a walking clock starts where it is told, follows real time, and fires what falls due on the way', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let real = 1_000;
  const clock = walkingClock(START, () => real);
  const fired: number[] = [];
  clock.after(50, () => fired.push(clock.now()));

  real += 80;
  await vi.advanceTimersByTimeAsync(20);
  await clock.advance(0);

  expect(fired).toEqual([START + 50]);
  expect(clock.now()).toBe(START + 80);
  clock.stop();
  vi.useRealTimers();
});

test('it can be moved forward over days, and two moves at once add up', async () => {
  const clock = walkingClock(START, () => 0);

  await Promise.all([clock.advance(86_400_000), clock.advance(86_400_000)]);

  expect(clock.now()).toBe(START + 2 * 86_400_000);
  clock.stop();
});
