import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { awsHost } from './aws-host.ts';

/** KMS as far as data keys go: makes one, wrapped and in the clear, and unwraps it again. */
export type KeyService = {
  readonly generate: (context: string) => Promise<{ readonly wrapped: string }>;
  readonly unwrap: (wrapped: string, context: string) => Promise<Uint8Array>;
};

type Surroundings = Readonly<Record<string, string | undefined>>;

const Generated = z.object({ CiphertextBlob: z.string().min(1) });
const Decrypted = z.object({ Plaintext: z.string().min(1) });

const endpointOf = (env: Surroundings): string => {
  const custom = env.AWS_ENDPOINT_URL_KMS ?? env.AWS_ENDPOINT_URL;
  return custom ?? `https://${awsHost('kms', env.AWS_REGION ?? '')}`;
};

/**
 * Two operations of KMS over signed HTTP: its client would be 28 kB of every function that shows a name (ADR 0006). What was
 * wrapped in one `context` unwraps in no other.
 */
export const openKeyService = (keyId: string, env: Surroundings): KeyService => {
  const client = new AwsClient({
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    region: env.AWS_REGION ?? '',
    service: 'kms',
  });
  const call = async (operation: string, input: object): Promise<unknown> => {
    const answer = await client.fetch(`${endpointOf(env)}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` },
      body: JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`KMS ${operation} answered ${answer.status}.`);
    return answer.json();
  };
  return {
    generate: async (context) => {
      const input = { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: { table: context } };
      return { wrapped: Generated.parse(await call('GenerateDataKey', input)).CiphertextBlob };
    },
    unwrap: async (wrapped, context) => {
      const input = { KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: { table: context } };
      return Buffer.from(Decrypted.parse(await call('Decrypt', input)).Plaintext, 'base64');
    },
  };
};
