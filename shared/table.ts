import { crc32 } from 'node:zlib';

/** A table as a value: infra creates it, the local cloud runs it, the store uses it, the README prints it. */
export type TableDefinition = {
  readonly context: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly timeToLive: string;
  readonly stream: 'NEW_IMAGE';
  readonly indexes: Readonly<
    Record<
      string,
      { readonly partitionKey: string; readonly sortKey: string; readonly projection: 'ALL' | 'KEYS_ONLY' }
    >
  >;
};

export const defineTable = <const T extends TableDefinition>(table: T): T => table;

export type Key = { readonly pk: string; readonly sk: string };

/**
 * Which of so many partitions a text is kept in. The checksum never changes, because what is stored lies where it says, and
 * spreads numbered cases as evenly as a cryptographic hash would.
 */
export const bucketOf = (text: string, buckets: number): number => crc32(text) % buckets;

/** About as many cases are one shard of a job: some seconds of work, far from the minutes its Lambda has. */
export const CASES_A_SHARD = 500;

/**
 * In how many shards a job over all cases is done, up to one for each of `buckets`: estimated from how many cases one bucket
 * has, because the checksum spreads them evenly. Like the buckets a power of two, so that shards share them evenly.
 */
export const shardsFor = (casesInOne: number, buckets: number): number => {
  const wanted = Math.max(1, (casesInOne * buckets) / CASES_A_SHARD);
  return Math.min(buckets, 2 ** Math.ceil(Math.log2(wanted)));
};

/** The buckets of one of so many shards. */
export const bucketsOfShard = (shard: number, shards: number, buckets: number): number[] =>
  Array.from({ length: buckets / shards }, (_, index) => shard + index * shards);
