import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Bundles as V8 has compiled them. Every cloud that starts loads dozens, and compiling is half of what that takes: 33 ms a
 * bundle without, 15 with what an earlier load left (Node 24, this repository's bundles).
 */

const folder = join(import.meta.dirname, '../../../.build/compiled');

export type Compiled = {
  readonly run: (...values: readonly unknown[]) => void;
  /** Leaves the code for later loads; called after the first run, because V8 compiles a function when it is first called. */
  readonly keep: () => void;
};

const readKept = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Compiles the text of a CommonJS file into a function of `names`. */
export const compiled = (file: string, text: string, names: readonly string[]): Compiled => {
  const opening = `(function(${names.join(',')}){`;
  const source = `${opening}${text}\n})`;
  // V8 compares the length of a text only, so the name has to tell the texts apart; its own version it checks itself.
  const path = join(folder, createHash('sha1').update(source).digest('hex'));
  const known = readKept(path);
  const script = new Script(source, {
    filename: file,
    columnOffset: -opening.length,
    ...(known ? { cachedData: known } : {}),
  });
  return {
    run: script.runInThisContext(),
    keep: () => {
      if (known && script.cachedDataRejected !== true) return;
      mkdirSync(folder, { recursive: true });
      // Two processes may load the same bundle: each writes a file of its own, and the last one stays.
      const draft = `${path}.${randomUUID()}`;
      writeFileSync(draft, script.createCachedData());
      renameSync(draft, path);
    },
  };
};
