import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AreaCode } from '../../../shared/area.ts';
import { issuerDocument, officerId, openIssuer } from './issuer.ts';

const NOW = Date.parse('2026-01-15T00:00:00Z');
const officer = { name: '王经办', role: 'district-clerk', area: '330702000000' as AreaCode } as const;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huimin-issuer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a token says who, as what, where, and until when, and is signed by the published key', async () => {
  const issuer = await openIssuer(folder);
  const token = await issuer.sign(officer, NOW, 2);
  const { payload } = await jwtVerify(token, createLocalJWKSet(issuer.keys), { currentDate: new Date(NOW) });
  expect(payload).toEqual({
    sub: officerId('王经办'),
    name: '王经办',
    'huimin:role': 'district-clerk',
    'huimin:area': '330702000000',
    iss: 'http://127.0.0.1:8787',
    aud: 'huimin',
    iat: NOW / 1000,
    exp: NOW / 1000 + 7200,
  });
  expect(issuerDocument(issuer, '/.well-known/jwks.json', '')).toBe(issuer.keys);
  expect(JSON.stringify(issuer.keys)).not.toContain('"d"');
});

test('two who open a new folder at once get one key', async () => {
  const issuers = await Promise.all([openIssuer(folder), openIssuer(folder)]);
  expect(issuers[0]?.keys).toEqual(issuers[1]?.keys);
  expect((await openIssuer(folder)).keys).toEqual(issuers[0]?.keys);
});

// Windows has no permission bits: a file's mode says nothing there.
test.skipIf(process.platform === 'win32')('only its owner can read the key', async () => {
  await openIssuer(folder);
  expect(statSync(join(folder, 'issuer.json')).mode & 0o777).toBe(0o600);
});

test('a damaged key file is refused and left as it is', async () => {
  writeFileSync(join(folder, 'issuer.json'), '{"kty":"RSA"');
  await expect(openIssuer(folder)).rejects.toThrow('issuer.json');
});
