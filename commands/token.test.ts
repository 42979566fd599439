import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openIssuer } from '../infra/local/issuer/issuer.ts';
import { officerOf } from '../shared/role.ts';
import { runCommand } from './sample-command.ts';

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'huimin-token-'));
});
afterAll(() => rmSync(data, { recursive: true }));

const run = (...args: string[]) => runCommand('token', ...args);

test('prints a token of the data folder’s issuer and nothing else', async () => {
  const { code, stdout } = await run(
    '--role',
    'section-chief',
    '--area',
    '330702100000',
    '--name',
    '李审批',
    '--data',
    data,
  );
  expect(code).toBe(0);
  const { payload } = await jwtVerify(stdout.trim(), createLocalJWKSet((await openIssuer(data)).keys));
  expect(officerOf(payload)).toMatchObject({ name: '李审批', role: 'section-chief', area: '330702100000' });
});

test('issues a token on a day of its own for a cloud whose clock began on that day', async () => {
  const words = ['--role', 'township-clerk', '--area', '330702100000', '--name', '王经办', '--data', data];
  const { stdout } = await run(...words, '--at', '2021-05-06');
  const keys = createLocalJWKSet((await openIssuer(data)).keys);
  const currentDate = new Date('2021-05-06T09:00:00+08:00');

  const { payload } = await jwtVerify(stdout.trim(), keys, { currentDate });

  expect(payload.iat).toBe(currentDate.getTime() / 1000);
});

test('says everything that is wrong with its arguments, and prints no token', async () => {
  const { code, stdout, stderr } = await run(
    '--role',
    'mayor',
    '--area',
    '110101000000',
    '--hours',
    '0',
    '--data',
    data,
  );
  expect(code).toBe(2);
  expect(stdout).toBe('');
  for (const option of ['--role', '--area', '--name', '--hours']) expect(stderr).toContain(`${option}: `);
});
