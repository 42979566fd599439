import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  InvalidKeyUsageException,
  KMSClient,
  KMSInvalidMacException,
  NotFoundException,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drivenClock } from '../clock.ts';
import { requestHandler } from '../wire/request-handler.ts';
import { openKeyRing } from './keys.ts';
import { createKms } from './kms.ts';

const PLACE = { region: 'cn-north-1', account: '000000000000' };
let folder: string;
let client: KMSClient;

const start = () => {
  const keyRing = openKeyRing(join(folder, 'keys.json'));
  const kms = createKms({ clock: drivenClock(Date.UTC(2026, 10, 1)), ...PLACE, keyRing });
  kms.createKey({ keyId: 'personal-data', aliases: ['alias/personal-data'] });
  kms.createKey({ keyId: 'other' });
  kms.createKey({ keyId: 'index', usage: 'GENERATE_VERIFY_MAC' });
  client = new KMSClient({
    ...PLACE,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: requestHandler([kms]),
  });
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huimin-kms-'));
  start();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const EncryptionContext = { table: 'household', field: 'idNumber' };
const Plaintext = new TextEncoder().encode('不公开');
const encrypt = async () =>
  (await client.send(new EncryptCommand({ KeyId: 'alias/personal-data', Plaintext, EncryptionContext })))
    .CiphertextBlob;

test('a text encrypted under a context decrypts under the same one, whatever its order, also after a restart', async () => {
  const CiphertextBlob = await encrypt();

  start();
  const answer = await client.send(
    new DecryptCommand({ CiphertextBlob, EncryptionContext: { field: 'idNumber', table: 'household' } }),
  );

  expect(answer.Plaintext).toEqual(Plaintext);
  expect(answer.KeyId).toBe('arn:aws:kms:cn-north-1:000000000000:key/personal-data');
});

test('another context, another key and a changed byte are refused', async () => {
  const CiphertextBlob = (await encrypt()) ?? new Uint8Array();
  const changed = Uint8Array.from(CiphertextBlob);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const decrypt = (input: object) =>
    client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...input }));

  await expect(decrypt({ EncryptionContext: { table: 'household' } })).rejects.toThrow(
    InvalidCiphertextException,
  );
  await expect(decrypt({ EncryptionContext: undefined })).rejects.toThrow(InvalidCiphertextException);
  await expect(decrypt({ CiphertextBlob: changed })).rejects.toThrow(InvalidCiphertextException);
  await expect(decrypt({ CiphertextBlob: Plaintext })).rejects.toThrow(InvalidCiphertextException);
  await expect(decrypt({ KeyId: 'other' })).rejects.toThrow(IncorrectKeyException);
});

test('a data key comes in the clear and encrypted, and the two are the same', async () => {
  const { Plaintext: dataKey, CiphertextBlob } = await client.send(
    new GenerateDataKeyCommand({ KeyId: 'personal-data', KeySpec: 'AES_256', EncryptionContext }),
  );

  const answer = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));

  expect(dataKey).toHaveLength(32);
  expect(answer.Plaintext).toEqual(dataKey);
});

test.each([
  'personal-data',
  'alias/personal-data',
  'arn:aws:kms:cn-north-1:000000000000:key/personal-data',
  'arn:aws:kms:cn-north-1:000000000000:alias/personal-data',
])('%s names the key', async (KeyId) => {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));

  expect(KeyMetadata).toMatchObject({ KeyId: 'personal-data', Enabled: true, KeyUsage: 'ENCRYPT_DECRYPT' });
  expect(KeyMetadata?.CreationDate).toEqual(new Date('2026-11-01T00:00:00Z'));
});

test('a code of authentication is checked, and a key does only what it is for', async () => {
  const asked = { KeyId: 'index', Message: Plaintext, MacAlgorithm: 'HMAC_SHA_256' as const };
  const { Mac } = await client.send(new GenerateMacCommand(asked));

  expect((await client.send(new VerifyMacCommand({ ...asked, Mac }))).MacValid).toBe(true);
  await expect(client.send(new VerifyMacCommand({ ...asked, Mac: Plaintext }))).rejects.toThrow(
    KMSInvalidMacException,
  );
  await expect(client.send(new EncryptCommand({ KeyId: 'index', Plaintext }))).rejects.toThrow(
    InvalidKeyUsageException,
  );
  await expect(client.send(new GenerateMacCommand({ ...asked, KeyId: 'nobody' }))).rejects.toThrow(
    NotFoundException,
  );
});

test('only its owner can read the file with the keys', () => {
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
});
