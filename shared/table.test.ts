import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketsOfShard, CASES_A_SHARD, shardsFor } from './table.ts';

test('every bucket is in one shard, however many cases there are', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.constantFrom(1, 2, 16, 64), (casesInOne, buckets) => {
      const shards = shardsFor(casesInOne, buckets);
      const all = Array.from({ length: shards }, (_, shard) => bucketsOfShard(shard, shards, buckets)).flat();

      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: buckets }, (_, index) => index));
    }),
  );
});

test.each([
  [0, 1],
  [31, 1],
  [32, 2],
  [63, 4],
  [250, 8],
  [251, 16],
  [6_250, 16],
])('with %i cases in one of sixteen buckets a job has %i shards', (casesInOne, shards) => {
  expect(shardsFor(casesInOne, 16)).toBe(shards);
  if (shards < 16) expect((casesInOne * 16) / shards).toBeLessThanOrEqual(CASES_A_SHARD);
});
