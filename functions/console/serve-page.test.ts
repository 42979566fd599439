import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPageFiles } from './page-files.ts';
import { servePage } from './serve-page.ts';

describe('the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-page-'));
  const ISSUER = 'https://login.example.org';
  let serve: (
    file: string | undefined,
    headers?: Record<string, string>,
  ) => ReturnType<ReturnType<typeof servePage>>;
  beforeAll(() => {
    const files = {
      'index.html': { type: 'text/html; charset=utf-8', etag: '"a"', hashed: false },
      'app-1.js': { type: 'text/javascript; charset=utf-8', etag: '"b"', hashed: true },
    };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files }));
    for (const name of Object.keys(files)) writeFileSync(join(folder, `${name}.gz`), gzipSync(name));
    const answer = servePage(openPageFiles(folder), {
      issuer: ISSUER,
      clientId: 'huimin',
      name: 'staging',
      region: 'cn-northwest-1',
    });
    serve = (file, headers = {}) =>
      answer({ headers, ...(file === undefined ? {} : { pathParameters: { file } }) });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const textOf = ({ body = '' }: { body?: string | undefined }) =>
    gunzipSync(Buffer.from(body, 'base64')).toString();

  test('keeps files with a hash for ever and asks for itself every time', async () => {
    const script = await serve('app-1.js');
    const page = await serve(undefined);

    expect(textOf(script)).toBe('app-1.js');
    expect(script.headers).toMatchObject({ 'cache-control': expect.stringContaining('immutable') });
    expect(textOf(page)).toBe('index.html');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-cache', etag: '"a"' });
  });

  test('is not sent again to who has it', async () => {
    expect(await serve(undefined, { 'if-none-match': '"a"' })).toMatchObject({ statusCode: 304 });
  });

  test('is the answer to every other path, and to none outside its folder', async () => {
    for (const path of ['runs/2021', '../manifest.json', '__proto__', 'manifest.json'])
      expect(textOf(await serve(path))).toBe('index.html');
  });

  test('runs its own scripts only, and talks to its server, the issuer and object storage', async () => {
    const policy = String((await serve(undefined)).headers?.['content-security-policy']);

    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ${ISSUER} https://*.s3.cn-northwest-1.amazonaws.com.cn;`);
    expect(policy).not.toContain('127.0.0.1');
  });

  test('learns who signs officers in', async () => {
    const { body } = await serve('config.json');

    expect(JSON.parse(String(body))).toMatchObject({ issuer: ISSUER, clientId: 'huimin', name: 'staging' });
  });
});
