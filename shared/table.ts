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
