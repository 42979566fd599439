import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from 'node:crypto';

/**
 * Personal fields are sealed one by one with AES-256-GCM under a data key that KMS wraps. The owner and the field's name are
 * authenticated with it, so a sealed account cannot be moved to another case or shown as a phone. The suite lives in this
 * file alone: certified hardware may ask for SM4 and SM3 (rulebook I.8).
 */
export type SealedField = 'name' | 'identityNumber' | 'account' | 'accountName' | 'phone' | 'text';
/** `<key id>.<base64url of nonce, tag and ciphertext>` */
export type Sealed = string & { readonly sealed: true };
/** A key object, not its bytes: Node prepares a key from bytes anew for every field, which is four times slower. */
export type DataKey = { readonly id: string; readonly secret: KeyObject };

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const context = (owner: string, field: SealedField) => Buffer.from(`${owner}|${field}`);

/** Seals one field of one owner. The nonce must never repeat under one key; 96 random bits allow 2^32 values a key. */
export const sealField = (
  key: DataKey,
  owner: string,
  field: SealedField,
  plain: string,
  nonce: Uint8Array,
): Sealed => {
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
  cipher.setAAD(context(owner, field));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}` as Sealed;
};

/** Opens a sealed field; throws when key, owner or field is not the one it was sealed with. */
export const openField = (
  keys: ReadonlyMap<string, DataKey>,
  owner: string,
  field: SealedField,
  sealed: Sealed,
): string => {
  const dot = sealed.indexOf('.');
  const key = keys.get(sealed.slice(0, dot));
  if (!key) throw new Error(`No data key ${sealed.slice(0, dot)}.`);
  const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
  // Without its length a tag cut down to four bytes would do, which can be guessed.
  const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(context(owner, field));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
};

/** A keyed fingerprint that finds a value without storing it; the same value gives the same index in one bureau only. */
export const blindIndex = (key: DataKey, field: SealedField | 'record', plain: string): string =>
  createHmac('sha256', key.secret).update(`${field}|${plain}`).digest('base64url').slice(0, 27);
