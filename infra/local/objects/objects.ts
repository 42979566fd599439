import { createHash } from 'node:crypto';
import type { LocalClock } from '../aws-service.ts';
import type { Database } from '../database.ts';
import type { KeyRing } from '../kms/keys.ts';
import { refusal } from './request.ts';
import { answerRest, type ObjectRest } from './rest.ts';
import type { Credentials } from './signature.ts';
import { type ObjectSummary, openStore, type PutObject } from './store.ts';

export type CreateObjects = {
  readonly database: Database;
  readonly clock: LocalClock;
  /** Who may sign requests. */
  readonly credentials: Credentials;
  /** Holds the key that content is encrypted with at rest. */
  readonly keyRing: KeyRing;
};

export type ObjectCreated = {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly eTag: string;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** The content is whole in `body`; `headers` are those it was put with. */
type GotObject = ObjectSummary & {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

/** Objects in buckets, over the S3 REST interface (`rest`) and as functions. An unknown bucket is refused with `NoSuchBucket`. */
export type Objects = ObjectRest & {
  readonly createBucket: (name: string) => void;
  readonly putObject: (object: PutObject) => { readonly eTag: string };
  readonly getObject: (bucket: string, key: string) => GotObject | undefined;
  readonly listObjects: (bucket: string, prefix?: string) => ObjectSummary[];
  readonly deleteObject: (bucket: string, key: string) => void;
  /**
   * Calls `listener` in the transaction of every put, so that a message it sends is there exactly when the object is. It must
   * be synchronous; what it throws undoes the put. Returns how to stop that.
   */
  readonly onObjectCreated: (listener: (created: ObjectCreated) => void) => () => void;
};

const LONGEST_KEY = 1024;
const SECOND_MS = 1000;

const checkKey = (key: string): void => {
  if (key === '') throw refusal(400, 'InvalidArgument', 'An object key must not be empty.');
  if (Buffer.byteLength(key) > LONGEST_KEY) throw refusal(400, 'KeyTooLongError', 'Your key is too long');
};

/** Creates the object store over a database. */
export const createObjects = ({ database, clock, credentials, keyRing }: CreateObjects): Objects => {
  const store = openStore(database, keyRing);
  const buckets = new Set<string>();
  const listeners = new Set<(created: ObjectCreated) => void>();

  const checkBucket = (bucket: string): void => {
    if (!buckets.has(bucket))
      throw refusal(404, 'NoSuchBucket', `The specified bucket does not exist: ${bucket}.`);
  };

  const putObject: Objects['putObject'] = ({ bucket, key, body, headers = {}, onlyIfNew = false }) => {
    checkBucket(bucket);
    checkKey(key);
    if (onlyIfNew && store.find(bucket, key)) {
      throw refusal(
        412,
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
      );
    }
    const eTag = createHash('md5').update(body).digest('hex');
    const now = clock.now();
    const modifiedAt = Math.floor(now / SECOND_MS) * SECOND_MS;
    store.write({ bucket, key, body, eTag, modifiedAt, headers }, () => {
      for (const listener of listeners) listener({ bucket, key, size: body.length, eTag, at: now });
    });
    return { eTag };
  };

  const rest = answerRest({ store, clock, credentials, buckets, checkBucket, putObject });
  return {
    rest,
    createBucket: (name) => {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
        throw refusal(400, 'InvalidBucketName', `The specified bucket is not valid: ${name}.`);
      }
      buckets.add(name);
    },
    putObject,
    getObject: (bucket, key) => {
      checkBucket(bucket);
      const found = store.find(bucket, key);
      if (!found) return undefined;
      const { id: _, ...object } = found;
      return { ...object, body: Buffer.concat(store.read(found, 0, found.size - 1), found.size) };
    },
    listObjects: (bucket, prefix = '') => {
      checkBucket(bucket);
      return [...store.list(bucket, prefix, '')];
    },
    deleteObject: (bucket, key) => {
      checkBucket(bucket);
      store.remove(bucket, key);
    },
    onObjectCreated: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
