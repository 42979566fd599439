import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { AwsError, type AwsService, type JsonObject, type LocalClock } from '../aws-service.ts';
import { readInput } from '../wire/input.ts';
import { keyIdOf, seal, unseal } from './ciphertext.ts';
import type { KeyRing } from './keys.ts';

type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC';

type KeyDefinition = {
  /** Chosen by the caller and stable over restarts, since ciphertexts name it: letters, digits and dashes. */
  readonly keyId: string;
  readonly usage?: KeyUsage;
  readonly description?: string;
  /** With `alias/` before the name. */
  readonly aliases?: readonly string[];
};

export type CreateKms = {
  readonly clock: LocalClock;
  readonly region: string;
  readonly account: string;
  readonly keyRing: KeyRing;
};

/** Keys, as an AWS service. */
export type Kms = AwsService & {
  /** Makes a key known and, the first time, makes its secret. Returns its ARN. */
  readonly createKey: (definition: KeyDefinition) => string;
  /** Lets `alias/…` stand for a key, given by id or ARN. */
  readonly createAlias: (alias: string, key: string) => void;
};

type Key = {
  readonly id: string;
  readonly arn: string;
  readonly usage: KeyUsage;
  readonly description: string;
  readonly createdAt: number;
  readonly material: Buffer;
};

const Context = z.record(z.string(), z.string()).default({});
const Blob = z.base64();
const LARGEST_PLAINTEXT = 4096;
const LARGEST_DATA_KEY = 1024;
const DATA_KEY_BYTES = { AES_128: 16, AES_256: 32 };

const Encrypt = z.strictObject({
  KeyId: z.string(),
  Plaintext: Blob,
  EncryptionContext: Context,
  EncryptionAlgorithm: z.literal('SYMMETRIC_DEFAULT').optional(),
});
const Decrypt = z.strictObject({
  CiphertextBlob: Blob,
  KeyId: z.string().optional(),
  EncryptionContext: Context,
  EncryptionAlgorithm: z.literal('SYMMETRIC_DEFAULT').optional(),
});
const GenerateDataKey = z.strictObject({
  KeyId: z.string(),
  KeySpec: z.enum(['AES_128', 'AES_256']).optional(),
  NumberOfBytes: z.int().min(1).max(LARGEST_DATA_KEY).optional(),
  EncryptionContext: Context,
});
const GenerateMac = z.strictObject({
  KeyId: z.string(),
  Message: Blob,
  MacAlgorithm: z.literal('HMAC_SHA_256'),
});
const VerifyMac = GenerateMac.extend({ Mac: Blob });

const read = <S extends z.ZodType>(schema: S, input: JsonObject): z.output<S> =>
  readInput(schema, input, 'ValidationException');
const decode = (base64: string): Buffer => Buffer.from(base64, 'base64');

const requireUsage = (key: Key, usage: KeyUsage): void => {
  if (key.usage === usage) return;
  throw new AwsError(
    'InvalidKeyUsageException',
    `${key.arn} key usage is ${key.usage} which is not valid for ${usage}.`,
  );
};

const describe = (key: Key, account: string): JsonObject => ({
  AWSAccountId: account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: key.createdAt / 1000,
  Description: key.description,
  Enabled: true,
  KeyState: 'Enabled',
  KeyUsage: key.usage,
  KeySpec: key.usage === 'ENCRYPT_DECRYPT' ? 'SYMMETRIC_DEFAULT' : 'HMAC_256',
  KeyManager: 'CUSTOMER',
  Origin: 'AWS_KMS',
  MultiRegion: false,
});

type Find = (key: string) => Key;

const encrypt = (find: Find, input: JsonObject): JsonObject => {
  const asked = read(Encrypt, input);
  const key = find(asked.KeyId);
  requireUsage(key, 'ENCRYPT_DECRYPT');
  const plaintext = decode(asked.Plaintext);
  if (plaintext.length === 0 || plaintext.length > LARGEST_PLAINTEXT) {
    throw new AwsError('ValidationException', `Plaintext must have 1 to ${LARGEST_PLAINTEXT} bytes.`);
  }
  const blob = seal(key.id, key.material, plaintext, asked.EncryptionContext);
  return {
    CiphertextBlob: blob.toString('base64'),
    KeyId: key.arn,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
};

const decrypt = (find: Find, input: JsonObject): JsonObject => {
  const asked = read(Decrypt, input);
  const blob = decode(asked.CiphertextBlob);
  const id = keyIdOf(blob);
  if (id === undefined) throw new AwsError('InvalidCiphertextException', 'The ciphertext is not valid.');
  const key = find(id);
  requireUsage(key, 'ENCRYPT_DECRYPT');
  if (asked.KeyId !== undefined && find(asked.KeyId) !== key) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  const plaintext = unseal(key.id, key.material, blob, asked.EncryptionContext);
  if (!plaintext) {
    throw new AwsError(
      'InvalidCiphertextException',
      'The ciphertext or its encryption context is not valid.',
    );
  }
  return {
    Plaintext: plaintext.toString('base64'),
    KeyId: key.arn,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
};

const generateDataKey = (find: Find, input: JsonObject): JsonObject => {
  const asked = read(GenerateDataKey, input);
  const key = find(asked.KeyId);
  requireUsage(key, 'ENCRYPT_DECRYPT');
  if ((asked.KeySpec === undefined) === (asked.NumberOfBytes === undefined)) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const plaintext = randomBytes(asked.NumberOfBytes ?? DATA_KEY_BYTES[asked.KeySpec ?? 'AES_256']);
  const blob = seal(key.id, key.material, plaintext, asked.EncryptionContext);
  return { Plaintext: plaintext.toString('base64'), CiphertextBlob: blob.toString('base64'), KeyId: key.arn };
};

const mac = (key: Key, message: string): Buffer => {
  requireUsage(key, 'GENERATE_VERIFY_MAC');
  return createHmac('sha256', key.material).update(decode(message)).digest();
};

const generateMac = (find: Find, input: JsonObject): JsonObject => {
  const asked = read(GenerateMac, input);
  const key = find(asked.KeyId);
  return {
    Mac: mac(key, asked.Message).toString('base64'),
    KeyId: key.arn,
    MacAlgorithm: asked.MacAlgorithm,
  };
};

const verifyMac = (find: Find, input: JsonObject): JsonObject => {
  const asked = read(VerifyMac, input);
  const key = find(asked.KeyId);
  const expected = mac(key, asked.Message);
  const given = decode(asked.Mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AwsError('KMSInvalidMacException', 'The MAC is not valid.');
  }
  return { KeyId: key.arn, MacValid: true, MacAlgorithm: asked.MacAlgorithm };
};

const OPERATIONS: Readonly<Record<string, (find: Find, input: JsonObject) => JsonObject>> = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: (find, input) => {
    const { Plaintext: _, ...sealed } = generateDataKey(find, input);
    return sealed;
  },
  GenerateMac: generateMac,
  VerifyMac: verifyMac,
};

/** Creates the key service. Keys are named by id, ARN, alias or alias ARN, as in KMS. */
export const createKms = ({ clock, region, account, keyRing }: CreateKms): Kms => {
  const keys = new Map<string, Key>();
  const aliases = new Map<string, string>();
  const arnPrefix = `arn:aws:kms:${region}:${account}:`;

  const find: Find = (name) => {
    const local = name.startsWith(arnPrefix) ? name.slice(arnPrefix.length) : name;
    const key = keys.get(aliases.get(local) ?? local.replace(/^key\//, ''));
    if (!key) throw new AwsError('NotFoundException', `Key or alias '${name}' is not found.`);
    return key;
  };
  const createAlias = (alias: string, key: string): void => {
    if (!/^alias\/[\w/-]+$/.test(alias))
      throw new AwsError('InvalidAliasNameException', `${alias} is no alias name.`);
    aliases.set(alias, find(key).id);
  };

  return {
    target: 'TrentService',
    contentType: 'application/x-amz-json-1.1',
    call: (operation, input) => {
      if (operation === 'DescribeKey') {
        const { KeyId } = read(z.strictObject({ KeyId: z.string() }), input);
        return { KeyMetadata: describe(find(KeyId), account) };
      }
      const run = OPERATIONS[operation];
      if (!run) throw new AwsError('UnknownOperationException', `KMS ${operation} is not emulated.`);
      return run(find, input);
    },
    createKey: ({ keyId, usage = 'ENCRYPT_DECRYPT', description = '', aliases: names = [] }) => {
      if (!/^[\w-]{1,64}$/.test(keyId)) throw new AwsError('ValidationException', `${keyId} is no key id.`);
      const arn = `${arnPrefix}key/${keyId}`;
      const material = keyRing.material(keyId);
      keys.set(keyId, { id: keyId, arn, usage, description, createdAt: clock.now(), material });
      for (const alias of names) createAlias(alias, keyId);
      return arn;
    },
    createAlias,
  };
};
