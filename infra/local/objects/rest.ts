import { createHash } from 'node:crypto';
import { AwsError, type LocalClock } from '../aws-service.ts';
import { decodeChunked } from './chunked.ts';
import { listBucket } from './listing.ts';
import { decodePath, headerOf, type ObjectRequest, type ObjectResponse, refusal } from './request.ts';
import { type Credentials, checkSignature } from './signature.ts';
import type { ObjectStore, PutObject, StoredObject } from './store.ts';
import { xml } from './xml.ts';

/** The S3 REST interface with the bucket in the path. */
export type ObjectRest = { readonly rest: (request: ObjectRequest) => ObjectResponse };

export type RestParts = {
  readonly store: ObjectStore;
  readonly clock: LocalClock;
  readonly credentials: Credentials;
  readonly buckets: ReadonlySet<string>;
  readonly checkBucket: (bucket: string) => void;
  readonly putObject: (object: PutObject) => { readonly eTag: string };
};

/** A request whose signature was found good. */
type Signed = {
  readonly request: ObjectRequest;
  readonly query: URLSearchParams;
  readonly bucket: string;
  readonly key: string;
};

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const XML_TYPE = 'application/xml';

/** Sub-resources such as `?acl` and `?uploads` would quietly become plain reads and writes if they were let through. */
const KNOWN_PARAMETER =
  /^(x-amz-(algorithm|credential|date|expires|signedheaders|signature|content-sha256|security-token)|x-id|list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|response-.+)$/i;
const UNKNOWN_PUT_HEADER = /^x-amz-(copy-source|tagging|acl|grant-.+|server-side-encryption-customer-.+)$/;
const KEPT_HEADER =
  /^(content-type|content-disposition|content-language|cache-control|expires|x-amz-meta-.+)$/;

const notImplemented = (what: string): AwsError =>
  refusal(
    501,
    'NotImplemented',
    `A header or parameter you provided implies functionality that is not emulated: ${what}.`,
  );

const respond = (
  status: number,
  headers: Record<string, string>,
  body: readonly Uint8Array[] = [],
): ObjectResponse => ({
  status,
  headers,
  body,
});

const respondXml = (status: number, document: Buffer): ObjectResponse =>
  respond(status, { 'content-type': XML_TYPE, 'content-length': String(document.length) }, [document]);

const bodyOf = (request: ObjectRequest): Buffer => {
  const isChunked = headerOf(request, 'x-amz-content-sha256')?.startsWith('STREAMING-') ?? false;
  const body = isChunked ? decodeChunked(request.body) : request.body;
  const md5 = headerOf(request, 'content-md5');
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
    throw refusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  return body;
};

const put = (parts: RestParts, { request, bucket, key }: Signed): ObjectResponse => {
  const unknown = Object.keys(request.headers).find((name) => UNKNOWN_PUT_HEADER.test(name));
  if (unknown) throw notImplemented(unknown);
  const condition = headerOf(request, 'if-none-match');
  if ((condition !== undefined && condition !== '*') || headerOf(request, 'if-match') !== undefined) {
    throw notImplemented('a condition other than If-None-Match: *');
  }
  const headers = Object.fromEntries(
    Object.keys(request.headers)
      .filter((name) => KEPT_HEADER.test(name))
      .map((name) => [name, headerOf(request, name) ?? '']),
  );
  const { eTag } = parts.putObject({
    bucket,
    key,
    body: bodyOf(request),
    headers,
    onlyIfNew: condition === '*',
  });
  return respond(200, { etag: `"${eTag}"`, 'content-length': '0' });
};

type Range = { readonly first: number; readonly last: number };

/** The one range asked for; S3 answers several ranges, and what it cannot read, with the whole object. */
const rangeOf = (header: string | undefined, size: number): Range | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first >= size) throw refusal(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { first, last };
};

const responseHeaders = (object: StoredObject, query: URLSearchParams): Record<string, string> => {
  const headers: Record<string, string> = {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    etag: `"${object.eTag}"`,
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
  };
  for (const [name, value] of query) {
    if (name.startsWith('response-')) headers[name.slice('response-'.length)] = value;
  }
  return headers;
};

const matchesTag = (header: string, object: StoredObject): boolean =>
  header === '*' || header.split(',').some((tag) => tag.trim().replace(/^"|"$/g, '') === object.eTag);

const get = (parts: RestParts, { request, query, bucket, key }: Signed): ObjectResponse => {
  const object = parts.store.find(bucket, key);
  if (!object) throw refusal(404, 'NoSuchKey', 'The specified key does not exist.');
  const headers = responseHeaders(object, query);
  const noneOf = headerOf(request, 'if-none-match');
  if (noneOf !== undefined && matchesTag(noneOf, object)) return respond(304, headers);
  const oneOf = headerOf(request, 'if-match');
  if (oneOf !== undefined && !matchesTag(oneOf, object)) {
    throw refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const range = rangeOf(headerOf(request, 'range'), object.size);
  const { first, last } = range ?? { first: 0, last: object.size - 1 };
  headers['content-length'] = String(last - first + 1);
  if (range) headers['content-range'] = `bytes ${first}-${last}/${object.size}`;
  const body = request.method === 'HEAD' ? [] : parts.store.read(object, first, last);
  return respond(range ? 206 : 200, headers, body);
};

const listBuckets = (parts: RestParts): ObjectResponse => {
  const buckets = [...parts.buckets].map((Name) => ({ Name, CreationDate: new Date(0).toISOString() }));
  return respondXml(200, xml('ListAllMyBucketsResult', { Buckets: { Bucket: buckets } }, NAMESPACE));
};

const answerBucket = (parts: RestParts, { request, query, bucket }: Signed): ObjectResponse => {
  if (request.method === 'HEAD') return respond(200, { 'content-length': '0' });
  if (request.method !== 'GET' || query.get('list-type') !== '2')
    throw notImplemented(`${request.method} bucket`);
  return respondXml(200, xml('ListBucketResult', listBucket(parts.store, bucket, query), NAMESPACE));
};

const answerObject = (parts: RestParts, signed: Signed): ObjectResponse => {
  switch (signed.request.method) {
    case 'PUT':
      return put(parts, signed);
    case 'GET':
    case 'HEAD':
      return get(parts, signed);
    case 'DELETE':
      parts.store.remove(signed.bucket, signed.key);
      return respond(204, {});
    default:
      throw notImplemented(signed.request.method);
  }
};

const answer = (parts: RestParts, request: ObjectRequest): ObjectResponse => {
  const query = new URLSearchParams(request.query);
  checkSignature(request, query, parts.credentials, parts.clock.now());
  const unknown = [...query.keys()].find((name) => !KNOWN_PARAMETER.test(name));
  if (unknown !== undefined) throw notImplemented(`?${unknown}`);
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodePath(request.path)) ?? [];
  if (bucket === '') return listBuckets(parts);
  parts.checkBucket(bucket);
  const signed = { request, query, bucket, key };
  return key === '' ? answerBucket(parts, signed) : answerObject(parts, signed);
};

/** What a browser asks before it puts a file from a page of another origin, and reads of every answer (CORS). */
const shared = { 'access-control-allow-origin': '*' };
const preflight = {
  ...shared,
  'access-control-allow-methods': 'PUT',
  'access-control-allow-headers': 'content-type',
};

/** Answers S3 requests; a refusal becomes the XML error S3 clients read. */
export const answerRest =
  (parts: RestParts): ObjectRest['rest'] =>
  (request) => {
    // All buckets here are made with the same rule: pages may put by a signed link, and nothing else.
    if (request.method === 'OPTIONS') return respond(200, preflight);
    try {
      const answered = answer(parts, request);
      return request.method === 'PUT'
        ? { ...answered, headers: { ...answered.headers, ...shared } }
        : answered;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (request.method === 'HEAD') return respond(error.status, {});
      return respondXml(
        error.status,
        xml('Error', { Code: error.type, Message: error.message, Resource: request.path }),
      );
    }
  };
