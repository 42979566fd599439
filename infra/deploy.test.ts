import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const command = join(import.meta.dirname, '..', 'commands', 'deploy.ts');
/** Runs the command as on a machine without any AWS configuration. */
const deploy = (...words: readonly string[]) =>
  spawnSync(process.execPath, [command, ...words], { encoding: 'utf8', env: { HOME: '/nonexistent' } });

describe('npm run deploy', () => {
  it('explains itself', () => {
    const { status, stdout } = deploy('--help');

    expect(status).toBe(0);
    expect(stdout).toContain('staging | production');
    expect(stdout).toMatch(/platform \|.* disbursement/);
  });

  it.each([
    ['nothing', [], 'npm run deploy -- <environment> <context>'],
    [
      'an unknown environment',
      ['prod', 'disbursement'],
      'There is no environment prod. Choose staging or production.',
    ],
    ['an unknown context', ['staging', 'payments'], 'There is no context payments. Choose platform or '],
    ['the environment of one machine', ['local', 'disbursement'], 'local is not deployed'],
    ['an unknown option', ['staging', 'disbursement', '--force'], "Unknown option '--force'"],
  ])('refuses %s and says what there is', (_what, words, message) => {
    const { status, stderr } = deploy(...words);

    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('says what is missing before it builds anything, when there are no credentials', () => {
    const { status, stderr, stdout } = deploy('production', 'disbursement');

    expect(status).toBe(2);
    expect(stderr).toContain('huimin-production-disbursement cannot be deployed from here');
    expect(stderr).toContain('credentials: set AWS_PROFILE');
    expect(stdout).toBe('');
  });
});
