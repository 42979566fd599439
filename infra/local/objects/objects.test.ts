import { AwsClient } from 'aws4fetch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DrivenClock, drivenClock } from '../clock.ts';
import { type Database, openDatabase } from '../database.ts';
import { openKeyRing } from '../kms/keys.ts';
import { type AwsServer, serveAws } from '../wire/server.ts';
import { createObjects, type ObjectCreated, type Objects } from './objects.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const client = new AwsClient({ ...credentials, service: 's3', region: 'cn-north-1', retries: 0 });
const SIGNED_AT = '20261101T000000Z';

let database: Database;
let clock: DrivenClock;
let objects: Objects;
let server: AwsServer;

beforeEach(async () => {
  database = openDatabase(':memory:', 'test');
  clock = drivenClock(Date.parse('2026-11-01T00:00:00.500Z'));
  objects = createObjects({ database, clock, credentials, keyRing: openKeyRing() });
  objects.createBucket('bank-files');
  server = await serveAws({
    services: [],
    objects,
    port: 0,
    host: '127.0.0.1',
    onFault: (error) => {
      throw error;
    },
  });
});
afterEach(() => server.close());

const at = (key: string) => `${server.url}/bank-files/${key}`;
const put = (key: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  client.fetch(at(key), { method: 'PUT', body, headers });
const presign = async (method: string, key: string, seconds = 60) => {
  const url = `${at(key)}${key.includes('?') ? '&' : '?'}X-Amz-Expires=${seconds}`;
  return (await client.sign(url, { method, aws: { signQuery: true, datetime: SIGNED_AT } })).url;
};
const codeOf = async (response: Response) => /<Code>(.*)<\/Code>/.exec(await response.text())?.[1];

test('an object comes back as it was put, with its type, metadata, tag and date', async () => {
  const stored = await put('2026-11/农商行 (1)+a.csv', '姓名,金额\n', {
    'content-type': 'text/csv; charset=utf-8',
    'x-amz-meta-run': 'r1',
  });

  const answer = await client.fetch(at('2026-11/农商行 (1)+a.csv'));

  expect(stored.status).toBe(200);
  expect(answer.headers.get('etag')).toBe(stored.headers.get('etag'));
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'x-amz-meta-run': 'r1',
    'last-modified': 'Sun, 01 Nov 2026 00:00:00 GMT',
  });
  expect(await answer.text()).toBe('姓名,金额\n');
  expect(
    (await client.fetch(at('2026-11/农商行 (1)+a.csv'), { method: 'HEAD' })).headers.get('content-length'),
  ).toBe('14');
});

test('fifty megabytes are stored and read back, also in part across the borders of their chunks', async () => {
  // A pattern whose length is no divisor of a chunk's, so that a piece out of place would show.
  const body = Buffer.alloc(50 * 1024 * 1024, Buffer.from(Array.from({ length: 251 }, (_, n) => n)));
  await put('large', body);

  const whole = new Uint8Array(await (await client.fetch(at('large'))).arrayBuffer());
  const part = await client.fetch(at('large'), { headers: { range: 'bytes=1048570-3145740' } });

  expect(Buffer.compare(whole, body)).toBe(0);
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 1048570-3145740/${body.length}`);
  expect(Buffer.compare(new Uint8Array(await part.arrayBuffer()), body.subarray(1_048_570, 3_145_741))).toBe(
    0,
  );
});

test.each([
  ['bytes=2-4', 206, '234'],
  ['bytes=7-', 206, '789'],
  ['bytes=-2', 206, '89'],
  ['bytes=8-100', 206, '89'],
  ['bytes=4-2', 200, '0123456789'],
])('the range %s of ten bytes gives status %i and %s', async (range, status, text) => {
  await put('digits', '0123456789');

  const answer = await client.fetch(at('digits'), { headers: { range } });

  expect([answer.status, await answer.text()]).toEqual([status, text]);
});

test('an empty object can be read, but no range of it', async () => {
  await put('empty', '');

  expect(await (await client.fetch(at('empty'))).text()).toBe('');
  expect(await codeOf(await client.fetch(at('empty'), { headers: { range: 'bytes=0-0' } }))).toBe(
    'InvalidRange',
  );
});

test('a bank file that must be the first of its name does not replace another', async () => {
  await put('file', 'first', { 'if-none-match': '*' });

  const second = await put('file', 'second', { 'if-none-match': '*' });

  expect([second.status, await codeOf(second)]).toEqual([412, 'PreconditionFailed']);
  expect(objects.getObject('bank-files', 'file')?.body.toString()).toBe('first');
});

test('a reader who has the object already is told so', async () => {
  const etag = (await put('file', 'text')).headers.get('etag') ?? '';

  expect((await client.fetch(at('file'), { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await client.fetch(at('file'), { headers: { 'if-match': '"other"' } })).status).toBe(412);
});

test('a presigned address serves to put and to get, until it expires', async () => {
  const putUrl = await presign('PUT', 'letter.pdf');
  expect((await fetch(putUrl, { method: 'PUT', body: 'content' })).status).toBe(200);

  const getUrl = await presign(
    'GET',
    'letter.pdf?response-content-disposition=attachment%3B%20filename%3D"a.pdf"',
  );
  const answer = await fetch(getUrl);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a.pdf"');
  expect(await answer.text()).toBe('content');

  await clock.advance(60_000);
  const late = await fetch(getUrl);
  expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
});

test('a presigned address is good for its method, key, parameters and signer only', async () => {
  await put('mine', 'mine');
  await put('yours', 'yours');
  const url = await presign('GET', 'mine');
  const stranger = new AwsClient({
    accessKeyId: 'local',
    secretAccessKey: 'guessed',
    service: 's3',
    region: 'x',
  });
  const forged = await stranger.sign(`${at('mine')}?X-Amz-Expires=60`, {
    aws: { signQuery: true, datetime: SIGNED_AT },
  });

  for (const [wrong, init] of [
    [url, { method: 'DELETE' }],
    [url.replace('/mine?', '/yours?'), {}],
    [url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'), {}],
    [`${url}&response-content-type=text%2Fhtml`, {}],
    [forged.url, {}],
  ] as const) {
    const answer = await fetch(wrong, init);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'SignatureDoesNotMatch']);
  }
  expect(await codeOf(await fetch(at('mine')))).toBe('AccessDenied');
  expect(
    await codeOf(
      await new AwsClient({ ...credentials, accessKeyId: 'who', service: 's3' }).fetch(at('mine')),
    ),
  ).toBe('InvalidAccessKeyId');
});

test('a body that is not the signed one is refused', async () => {
  const headers = { 'x-amz-content-sha256': 'a'.repeat(64) };

  expect(await codeOf(await put('file', 'text', headers))).toBe('XAmzContentSHA256Mismatch');
  expect(await codeOf(await put('file', 'text', { 'content-md5': 'AAAA' }))).toBe('BadDigest');
  expect(objects.listObjects('bank-files')).toEqual([]);
});

test('an upload in signed chunks with a trailer is stored without its framing', async () => {
  const body = '5;chunk-signature=0\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA==\r\n\r\n';

  await put('greeting', body, { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' });
  const cut = await put('cut', body.slice(0, 24), {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  });

  expect(objects.getObject('bank-files', 'greeting')?.body.toString()).toBe('hello world');
  expect(await codeOf(cut)).toBe('IncompleteBody');
});

test('a listing goes page by page in the order of the bytes of the keys, with common prefixes counted once', async () => {
  for (const key of ['a/1', 'a/2', 'b/1', 'b&<2>', 'é', 'z', '𝄞', '￿'])
    objects.putObject({ bucket: 'bank-files', key, body: Buffer.from(key) });
  const list = async (parameters: string) =>
    (await client.fetch(`${server.url}/bank-files?list-type=2&${parameters}`)).text();
  const values = (text: string, tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value);

  const first = await list('delimiter=/&max-keys=2');
  const token = values(first, 'NextContinuationToken')[0] ?? '';
  const second = await list(`delimiter=/&max-keys=3&continuation-token=${token}`);

  expect(values(first, 'Prefix')).toEqual(['', 'a/']);
  expect(values(first, 'Key')).toEqual(['b&amp;&lt;2&gt;']);
  expect(values(second, 'Prefix')).toEqual(['', 'b/']);
  expect(values(second, 'Key')).toEqual(['z', 'é']);
  expect(values(await list('prefix=a/'), 'Key')).toEqual(['a/1', 'a/2']);
  expect(values(await list('start-after=z&encoding-type=url'), 'Key')).toEqual([
    '%C3%A9',
    '%EF%BF%BF',
    '%F0%9D%84%9E',
  ]);
  expect(objects.listObjects('bank-files', 'b').map(({ key, size }) => [key, size])).toEqual([
    ['b&<2>', 5],
    ['b/1', 3],
  ]);
});

test('a deleted object is gone, and deleting it again is no error', async () => {
  await put('file', 'text');

  const statuses = [
    (await client.fetch(at('file'), { method: 'DELETE' })).status,
    (await client.fetch(at('file'), { method: 'DELETE' })).status,
    (await client.fetch(at('file'))).status,
    (await client.fetch(at('file'), { method: 'HEAD' })).status,
  ];

  expect(statuses).toEqual([204, 204, 404, 404]);
  expect(database.prepare('SELECT COUNT(*) AS chunks FROM object_chunk').get()).toEqual({ chunks: 0 });
});

test('who listens for new objects hears of each put, and undoes it by throwing', async () => {
  const created: ObjectCreated[] = [];
  const stop = objects.onObjectCreated((event) => created.push(event));
  await put('file', 'text');
  stop();
  objects.onObjectCreated(() => {
    throw new Error('not now');
  });

  expect(created).toMatchObject([{ bucket: 'bank-files', key: 'file', size: 4, at: clock.now() }]);
  expect(() => objects.putObject({ bucket: 'bank-files', key: 'other', body: Buffer.from('x') })).toThrow(
    'not now',
  );
  expect(objects.getObject('bank-files', 'other')).toBeUndefined();
});

test('what is not emulated is refused, not done halfway', async () => {
  const answers = [
    await client.fetch(`${at('file')}?uploads`, { method: 'POST' }),
    await client.fetch(`${at('file')}?acl`, { method: 'PUT', body: '' }),
    await put('copy', '', { 'x-amz-copy-source': '/bank-files/file' }),
    await client.fetch(`${server.url}/bank-files`, { method: 'PUT' }),
  ];

  for (const answer of answers)
    expect([answer.status, await codeOf(answer)]).toEqual([501, 'NotImplemented']);
  expect(await codeOf(await client.fetch(`${server.url}/nowhere/file`))).toBe('NoSuchBucket');
});

test('what an object holds is not readable in the database', () => {
  objects.putObject({ bucket: 'bank-files', key: 'a', body: Buffer.from('330702199001011234') });
  const [chunk] = database.prepare('SELECT data FROM object_chunk').all() as { data: Uint8Array }[];
  expect(Buffer.from(chunk?.data ?? []).toString('latin1')).not.toContain('330702199001011234');
  expect(objects.getObject('bank-files', 'a')?.body.toString()).toBe('330702199001011234');
});
