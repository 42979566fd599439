import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HttpRequest } from '../http-api/payload.ts';
import { openIssuer } from './issuer.ts';
import { signIn } from './sign-in.ts';

const SERVER = 'http://localhost:8787';
const REDIRECT = `${SERVER}/console/`;
const VERIFIER = 'a'.repeat(43);
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');

describe('signing in on one machine', () => {
  let folder: string;
  let now: number;
  let answer: ReturnType<typeof signIn>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huimin-sign-in-'));
    now = Date.parse('2021-06-20T02:30:00Z');
    let codes = 0;
    answer = signIn(
      await openIssuer(folder),
      () => now,
      () => `code-${++codes}`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const request = (method: string, path: string, query: string, body = ''): HttpRequest => ({
    ...{ method, path, query, headers: {}, body: Buffer.from(body), sourceIp: '', receivedAt: now },
  });
  const authorize = async (more: Record<string, string> = {}) => {
    const asked = {
      ...{ client_id: 'huimin', redirect_uri: REDIRECT, response_type: 'code', state: 's' },
      ...{ code_challenge: challenge, code_challenge_method: 'S256', ...more },
    };
    const given = await answer(request('GET', '/authorize', new URLSearchParams(asked).toString()), SERVER);
    if (!given) throw new Error('Nobody answers /authorize.');
    return given;
  };
  const exchange = async (code: string, verifier = VERIFIER, redirect = REDIRECT) => {
    const body = new URLSearchParams({
      ...{ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirect },
    });
    const given = await answer(request('POST', '/token', '', body.toString()), SERVER);
    return JSON.parse(given?.body.toString() ?? '{}') as Record<string, string>;
  };
  const codeOf = ({ headers }: Awaited<ReturnType<typeof authorize>>): string =>
    new URL(String(headers.location)).searchParams.get('code') ?? '';

  test('one chooses an officer, comes back with a code, and gets his token for it', async () => {
    const page = await authorize();
    expect(page.body.toString()).toContain('王经办');

    const back = await authorize({ officer: '0' });
    expect(String(back.headers.location)).toBe(`${REDIRECT}?code=code-1&state=s`);
    const { access_token: token = '' } = await exchange(codeOf(back));

    expect(decodeJwt(token)).toMatchObject({
      name: '王经办',
      'huimin:role': 'district-clerk',
      aud: 'huimin',
    });
  });

  test('a code is good once, for a minute, for who asked, and for the page it was asked for', async () => {
    const code = codeOf(await authorize({ officer: '1' }));
    await exchange(code);
    expect(await exchange(code)).toEqual({ error: 'invalid_grant' });

    const late = codeOf(await authorize({ officer: '1' }));
    now += 61_000;
    expect(await exchange(late)).toEqual({ error: 'invalid_grant' });

    const stolen = codeOf(await authorize({ officer: '1' }));
    expect(await exchange(stolen, 'b'.repeat(43))).toEqual({ error: 'invalid_grant' });
    const elsewhere = codeOf(await authorize({ officer: '1' }));
    expect(await exchange(elsewhere, VERIFIER, `${REDIRECT}other`)).toEqual({ error: 'invalid_grant' });
  });

  test.each([
    ['another client', { client_id: 'somebody' }],
    ['a page that is not this server’s', { redirect_uri: 'https://evil.example.org/console/' }],
    ['a code without a challenge', { code_challenge: '' }],
    ['another kind of answer', { response_type: 'token' }],
  ])('refuses %s', async (_, more) => {
    expect((await authorize({ officer: '0', ...more })).status).toBe(400);
  });

  test('leaves other paths to others', () => {
    expect(answer(request('GET', '/disbursement/runs', ''), SERVER)).toBeUndefined();
  });
});
