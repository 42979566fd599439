import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import * as z from 'zod';

const KEY_BYTES = 32;

const KeyFile = z.record(
  z.string(),
  z.strictObject({ material: z.base64().refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES) }),
);
type KeyFile = z.infer<typeof KeyFile>;

/** The secret of each key id. */
export type KeyRing = {
  /** The key's 32 bytes, made at the first call and the same ever after. */
  readonly material: (keyId: string) => Buffer;
};

const OWNER_ONLY = 0o600;

const write = (path: string, keys: KeyFile): void => {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', OWNER_ONLY);
  writeSync(file, `${JSON.stringify(keys, null, 2)}\n`);
  // Data sealed with a key that a power cut took away could never be read again.
  fsyncSync(file);
  closeSync(file);
  chmodSync(draft, OWNER_ONLY);
  renameSync(draft, path);
};

/**
 * Opens the file with the keys, which is made when the first key is. Whoever has it can read all that was sealed, and whoever
 * loses it can read nothing: it belongs into every backup of the data folder, and nowhere else.
 * Without a path the keys are kept in memory, for tests.
 */
export const openKeyRing = (path?: string): KeyRing => {
  const keys: KeyFile = path && existsSync(path) ? KeyFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  return {
    material: (keyId) => {
      const known = keys[keyId];
      if (known) return Buffer.from(known.material, 'base64');
      const material = randomBytes(KEY_BYTES);
      keys[keyId] = { material: material.toString('base64') };
      if (path) write(path, keys);
      return material;
    },
  };
};
