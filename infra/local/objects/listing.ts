import { refusal } from './request.ts';
import type { ObjectStore, ObjectSummary } from './store.ts';
import type { Xml } from './xml.ts';

const LARGEST_PAGE = 1000;

type Asked = {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly maxKeys: number;
};

const readAsked = (query: URLSearchParams): Asked => {
  const maxKeys = Number(query.get('max-keys') ?? LARGEST_PAGE);
  if (!Number.isInteger(maxKeys) || maxKeys < 0)
    throw refusal(400, 'InvalidArgument', 'max-keys must be a whole number.');
  const token = query.get('continuation-token');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after:
      token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8'),
    maxKeys: Math.min(maxKeys, LARGEST_PAGE),
  };
};

type Page = {
  readonly objects: ObjectSummary[];
  readonly prefixes: Set<string>;
  last: string;
  isTruncated: boolean;
};

/** What a key counts as under a delimiter: the prefix it shares with others, or undefined for itself. */
const commonPrefix = (key: string, { prefix, delimiter }: Asked): string | undefined => {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
};

const collect = (store: ObjectStore, bucket: string, asked: Asked): Page => {
  const page: Page = { objects: [], prefixes: new Set(), last: asked.after, isTruncated: false };
  for (const object of store.list(bucket, asked.prefix, asked.after)) {
    const shared = commonPrefix(object.key, asked);
    const isNew = shared === undefined || !page.prefixes.has(shared);
    if (isNew && page.objects.length + page.prefixes.size >= asked.maxKeys) {
      page.isTruncated = asked.maxKeys > 0;
      break;
    }
    if (shared === undefined) page.objects.push(object);
    else page.prefixes.add(shared);
    // The next page begins behind every key of the last common prefix, not only behind the first.
    page.last = object.key;
  }
  return page;
};

/** `ListObjectsV2` of a bucket, as the content of its `ListBucketResult`. */
export const listBucket = (store: ObjectStore, bucket: string, query: URLSearchParams): Xml => {
  const asked = readAsked(query);
  const page = collect(store, bucket, asked);
  const isEncoded = query.get('encoding-type') === 'url';
  const name = (key: string): string => (isEncoded ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
  return {
    Name: bucket,
    Prefix: name(asked.prefix),
    Delimiter: asked.delimiter === '' ? undefined : name(asked.delimiter),
    MaxKeys: asked.maxKeys,
    EncodingType: isEncoded ? 'url' : undefined,
    KeyCount: page.objects.length + page.prefixes.size,
    IsTruncated: page.isTruncated,
    ContinuationToken: query.get('continuation-token') ?? undefined,
    NextContinuationToken: page.isTruncated ? Buffer.from(page.last).toString('base64url') : undefined,
    StartAfter: query.get('start-after') ?? undefined,
    Contents: page.objects.map((object) => ({
      Key: name(object.key),
      LastModified: new Date(object.modifiedAt).toISOString(),
      ETag: `"${object.eTag}"`,
      Size: object.size,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: [...page.prefixes].map((prefix) => ({ Prefix: name(prefix) })),
  };
};
