import { expect, test, vi } from 'vitest';
import { drivenClock, systemClock } from './clock.ts';

const DAY = 86_400_000;

test('a driven clock runs due timers in the order of their time, each at its own time', async () => {
  const clock = drivenClock(1_000);
  const seen: [string, number][] = [];
  clock.after(30, () => seen.push(['late', clock.now()]));
  clock.after(10, () => {
    seen.push(['early', clock.now()]);
    clock.after(5, () => seen.push(['from the early one', clock.now()]));
  });
  clock.after(10, () => seen.push(['early, second', clock.now()]));

  await clock.advance(20);

  expect(seen).toEqual([
    ['early', 1_010],
    ['early, second', 1_010],
    ['from the early one', 1_015],
  ]);
  expect(clock.now()).toBe(1_020);
});

test('promises settle before the next timer of a driven clock runs', async () => {
  const clock = drivenClock(0);
  const seen: string[] = [];
  clock.after(1, () => {
    void Promise.resolve()
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => seen.push('settled'));
  });
  clock.after(2, () => seen.push('next'));

  await clock.advance(2);

  expect(seen).toEqual(['settled', 'next']);
});

test('a cancelled timer does not run', async () => {
  const clock = drivenClock(0);
  let ran = false;
  const cancel = clock.after(1, () => {
    ran = true;
  });

  cancel();
  await clock.advance(10);

  expect(ran).toBe(false);
});

test('the system clock keeps a timer of two months, which setTimeout alone would fire at once', () => {
  vi.useFakeTimers();
  const fired: number[] = [];
  const clock = systemClock();
  const begin = clock.now();
  const cancel = clock.after(60 * DAY, () => fired.push(clock.now() - begin));
  const cancelled = clock.after(60 * DAY, () => fired.push(-1));

  vi.advanceTimersByTime(59 * DAY);
  cancelled();
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(2 * DAY);

  expect(fired).toEqual([60 * DAY]);
  cancel();
  vi.useRealTimers();
});
