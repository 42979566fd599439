import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { decodePath, headerOf, type ObjectRequest, refusal } from './request.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** A signature of version 4, out of the query or the `Authorization` header. */
type Signature = {
  /** `<access key>/<date>/<region>/<service>/aws4_request` */
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly value: string;
  readonly date: string;
  readonly payloadHash: string;
};

const UNSIGNED = 'UNSIGNED-PAYLOAD';

const LONGEST_EXPIRY_SECONDS = 7 * 86_400;

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Percent-encoding by RFC 3986, stricter than `encodeURIComponent`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

const expectedSignature = (
  request: ObjectRequest,
  query: URLSearchParams,
  signature: Signature,
  secret: string,
): Buffer => {
  const [, day = '', region = '', service = ''] = signature.credential.split('/');
  const headers = signature.signedHeaders.map(
    (name) => `${name}:${(headerOf(request, name) ?? '').trim().replace(/\s+/g, ' ')}\n`,
  );
  const canonicalRequest = [
    request.method,
    encode(decodePath(request.path)).replaceAll('%2F', '/'),
    canonicalQuery(query),
    headers.join(''),
    signature.signedHeaders.join(';'),
    signature.payloadHash,
  ].join('\n');
  const scope = signature.credential.slice(signature.credential.indexOf('/') + 1);
  const toSign = ['AWS4-HMAC-SHA256', signature.date, scope, sha256(canonicalRequest)].join('\n');
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, day));
  return hmac(key, toSign);
};

const dateOf = (text: string): number => {
  const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(text) ?? [];
  if (!day || !time) throw refusal(403, 'AccessDenied', 'X-Amz-Date must be in the ISO8601 basic format.');
  const dashed = day.replace(/(....)(..)(..)/, '$1-$2-$3');
  return Date.parse(`${dashed}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
};

const checkExpiry = (query: URLSearchParams, now: number): void => {
  const seconds = Number(query.get('X-Amz-Expires'));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_EXPIRY_SECONDS) {
    throw refusal(400, 'AuthorizationQueryParametersError', 'X-Amz-Expires must be 1 to 604800 seconds.');
  }
  if (now > dateOf(query.get('X-Amz-Date') ?? '') + seconds * 1000) {
    throw refusal(403, 'AccessDenied', 'Request has expired');
  }
};

const fromQuery = (request: ObjectRequest, query: URLSearchParams, now: number): Signature => {
  checkExpiry(query, now);
  return {
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    value: query.get('X-Amz-Signature') ?? '',
    date: query.get('X-Amz-Date') ?? '',
    payloadHash: headerOf(request, 'x-amz-content-sha256') ?? UNSIGNED,
  };
};

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

const fromHeader = (request: ObjectRequest): Signature => {
  const [, credential, signedHeaders, value] =
    AUTHORIZATION.exec(headerOf(request, 'authorization') ?? '') ?? [];
  if (!credential || !signedHeaders || !value) throw refusal(403, 'AccessDenied', 'Access Denied');
  const payloadHash = headerOf(request, 'x-amz-content-sha256');
  if (!payloadHash) {
    throw refusal(
      400,
      'MissingSecurityHeader',
      'Missing required header for this request: x-amz-content-sha256',
    );
  }
  const date = headerOf(request, 'x-amz-date') ?? '';
  return { credential, signedHeaders: signedHeaders.split(';'), value, date, payloadHash };
};

const checkPayload = (request: ObjectRequest, payloadHash: string): void => {
  if (/^[0-9a-f]{64}$/.test(payloadHash) && payloadHash !== sha256(request.body)) {
    throw refusal(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match the body.",
    );
  }
};

/**
 * Lets a request through that carries a valid signature, in its query (a presigned URL, within its time) or its header;
 * refuses any other as S3 does. The age of a header signature is not looked at, since the local clock may be a driven one.
 */
export const checkSignature = (
  request: ObjectRequest,
  query: URLSearchParams,
  credentials: Credentials,
  now: number,
): void => {
  const signature = query.has('X-Amz-Signature') ? fromQuery(request, query, now) : fromHeader(request);
  const [accessKeyId] = signature.credential.split('/');
  if (accessKeyId !== credentials.accessKeyId) {
    throw refusal(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    );
  }
  const expected = expectedSignature(request, query, signature, credentials.secretAccessKey);
  const given = Buffer.from(signature.value, 'hex');
  if (
    !signature.signedHeaders.includes('host') ||
    given.length !== expected.length ||
    !timingSafeEqual(given, expected)
  ) {
    throw refusal(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  checkPayload(request, signature.payloadHash);
};
