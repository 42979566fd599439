import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** Runs a command of this folder by itself, as npm would, for tests. */
export const runCommand = (name: string, ...args: readonly string[]) =>
  new Promise<{ code: number | string | null | undefined; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...args], (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
