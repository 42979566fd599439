import { type Database, inTransaction } from '../database.ts';
import { seal, unseal } from '../kms/ciphertext.ts';
import type { KeyRing } from '../kms/keys.ts';

/** A blob of this size is read and written without SQLite moving many overflow pages, and a range reads little beyond itself. */
const CHUNK_BYTES = 1024 * 1024;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS object (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    headers TEXT NOT NULL,
    UNIQUE (bucket, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS object_chunk (
    object INTEGER NOT NULL,
    number INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (object, number)
  ) STRICT;`;

export type ObjectSummary = {
  readonly key: string;
  readonly size: number;
  /** MD5 of the content in hex, without the quotes it has in HTTP. */
  readonly eTag: string;
  /** Epoch milliseconds, in whole seconds as HTTP dates have them. */
  readonly modifiedAt: number;
};

export type StoredObject = ObjectSummary & {
  readonly id: number;
  /** What the object is served with: `content-type`, `x-amz-meta-…`, and the like. */
  readonly headers: Readonly<Record<string, string>>;
};

export type NewObject = Omit<StoredObject, 'id' | 'size'> & {
  readonly bucket: string;
  readonly body: Uint8Array;
};

export type PutObject = {
  readonly bucket: string;
  readonly key: string;
  readonly body: Uint8Array;
  /** Lower-case headers to serve the object with: `content-type`, `content-disposition`, `x-amz-meta-…`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Refuse with `PreconditionFailed` when the key is taken (`If-None-Match: *`). */
  readonly onlyIfNew?: boolean;
};

type Row = { id: number; key: string; size: number; etag: string; modified_at: number; headers: string };

const summaryOf = (row: Row): ObjectSummary => ({
  key: row.key,
  size: row.size,
  eTag: row.etag,
  modifiedAt: row.modified_at,
});

/** The key of this store in the key ring. */
const KEY_ID = 'objects';

/** The SQL of the object store. Chunks are encrypted at rest, as a bucket with SSE-KMS keeps them, each bound to its place. */
export const openStore = (database: Database, keyRing: KeyRing) => {
  database.exec(SCHEMA);
  const secret = keyRing.material(KEY_ID);
  const place = (object: number, number: number) => ({ object: String(object), chunk: String(number) });
  const decrypted = (object: number, number: number, data: Uint8Array): Buffer => {
    const plain = unseal(
      KEY_ID,
      secret,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength),
      place(object, number),
    );
    if (!plain) throw new Error('An object was stored under another key, or changed since.');
    return plain;
  };
  const find = database.prepare('SELECT * FROM object WHERE bucket = ? AND key = ?');
  const insert = database.prepare(
    'INSERT INTO object (bucket, key, size, etag, modified_at, headers) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
  );
  const insertChunk = database.prepare('INSERT INTO object_chunk (object, number, data) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM object WHERE id = ?');
  const removeChunks = database.prepare('DELETE FROM object_chunk WHERE object = ?');
  const chunks = database.prepare(
    'SELECT number, data FROM object_chunk WHERE object = ? AND number BETWEEN ? AND ? ORDER BY number',
  );
  // SQLite compares text by its UTF-8 bytes, which is the order S3 lists keys in.
  const list = database.prepare(
    'SELECT * FROM object WHERE bucket = ? AND key > ? AND key >= ? ORDER BY key',
  );

  const findObject = (bucket: string, key: string): StoredObject | undefined => {
    const row = find.get(bucket, key) as Row | undefined;
    return (
      row && { ...summaryOf(row), id: row.id, headers: JSON.parse(row.headers) as Record<string, string> }
    );
  };
  const removeObject = (bucket: string, key: string): void => {
    const found = findObject(bucket, key);
    if (!found) return;
    removeChunks.run(found.id);
    remove.run(found.id);
  };

  return {
    find: findObject,
    remove: (bucket: string, key: string) => inTransaction(database, () => removeObject(bucket, key)),
    /** Replaces the object whole; `created` runs in the same transaction. */
    write: (object: NewObject, created: () => void) =>
      inTransaction(database, () => {
        const { bucket, key, body, eTag, modifiedAt, headers } = object;
        removeObject(bucket, key);
        const { id } = insert.get(bucket, key, body.length, eTag, modifiedAt, JSON.stringify(headers)) as Row;
        for (let number = 0; number * CHUNK_BYTES < body.length; number++) {
          const chunk = Buffer.from(body.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES));
          insertChunk.run(id, number, seal(KEY_ID, secret, chunk, place(id, number)));
        }
        created();
      }),
    /** The bytes from `first` to `last`, both included, in pieces. */
    read: (object: StoredObject, first: number, last: number): Uint8Array[] => {
      const rows = chunks.all(object.id, Math.floor(first / CHUNK_BYTES), Math.floor(last / CHUNK_BYTES));
      return (rows as { number: number; data: Uint8Array }[]).map(({ number, data }) => {
        const start = number * CHUNK_BYTES;
        const plain = decrypted(object.id, number, data);
        return plain.subarray(Math.max(0, first - start), Math.min(plain.length, last + 1 - start));
      });
    },
    /** Keys with a prefix, in order, from behind `after`. */
    list: function* (bucket: string, prefix: string, after: string): Generator<ObjectSummary> {
      for (const row of list.iterate(bucket, after, prefix)) {
        const summary = summaryOf(row as Row);
        if (!summary.key.startsWith(prefix)) return;
        yield summary;
      }
    },
  };
};

export type ObjectStore = ReturnType<typeof openStore>;
