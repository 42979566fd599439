import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What must be said again, word for word, to decrypt. */
export type EncryptionContext = Readonly<Record<string, string>>;

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/** Bound to the ciphertext without being in it: the key's name, and the context whatever the order of its members. */
const associatedData = (keyId: string, context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify([keyId, Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))]));

/** Encrypts under a key: version, length of the key id, key id, initialisation vector, tag, ciphertext. */
export const seal = (keyId: string, key: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer => {
  const id = Buffer.from(keyId);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(associatedData(keyId, context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION, id.length]), id, iv, cipher.getAuthTag(), body]);
};

/** The id of the key a blob was made with; undefined when it is no blob of ours. */
export const keyIdOf = (blob: Buffer): string | undefined => {
  const length = blob[1];
  if (blob[0] !== VERSION || length === undefined || blob.length < 2 + length + IV_BYTES + TAG_BYTES)
    return undefined;
  return blob.subarray(2, 2 + length).toString('utf8');
};

/** Decrypts; undefined when the key or the context is another one, or a byte was changed. */
export const unseal = (
  keyId: string,
  key: Buffer,
  blob: Buffer,
  context: EncryptionContext,
): Buffer | undefined => {
  const start = 2 + Buffer.byteLength(keyId);
  const iv = blob.subarray(start, start + IV_BYTES);
  const tag = blob.subarray(start + IV_BYTES, start + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(keyId, context)).setAuthTag(tag);
  const plaintext = decipher.update(blob.subarray(start + IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    // `final` has one way to fail: the tag does not fit. The caller turns that into the service's refusal.
    return undefined;
  }
};
