import { expect, test } from 'vitest';
import { noFaults, seededFaults } from './faults.ts';

const history = (seed: number) => {
  const faults = seededFaults(seed, {
    duplicate: 0.3,
    reorder: 0.3,
    delay: 0.3,
    maximumDelayMs: 100,
    failAfterEffect: 0.3,
  });
  return Array.from({ length: 50 }, () => [
    faults.duplicate(),
    faults.delayMs(),
    faults.failAfterEffect(),
    faults.shuffle([1, 2, 3, 4, 5]),
  ]);
};

test('the same seed misbehaves the same way, another seed another way', () => {
  expect(history(7)).toEqual(history(7));
  expect(history(7)).not.toEqual(history(8));
});

test('a fault happens about as often as its rate says, and a delay stays within its maximum', () => {
  const faults = seededFaults(1, { duplicate: 0.1, delay: 1, maximumDelayMs: 40 });

  const duplicates = Array.from({ length: 10_000 }, faults.duplicate).filter(Boolean).length;
  const delays = Array.from({ length: 1_000 }, faults.delayMs);

  expect(duplicates).toBeGreaterThan(900);
  expect(duplicates).toBeLessThan(1_100);
  expect(Math.min(...delays)).toBeGreaterThan(0);
  expect(Math.max(...delays)).toBeLessThanOrEqual(40);
});

test('by default nothing misbehaves', () => {
  expect([noFaults.duplicate(), noFaults.reorder(), noFaults.delayMs(), noFaults.failAfterEffect()]).toEqual([
    false,
    false,
    0,
    false,
  ]);
});
