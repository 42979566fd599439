import { AwsClient } from 'aws4fetch';
import { awsHost } from './aws-host.ts';

/**
 * Files too large for a request or a table: uploaded rosters, bank files, returns. Reached by signed HTTP because the S3
 * client alone is 170 kB of a Lambda's bundle; `aws4fetch` is 8 kB.
 */
export type Objects = {
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  readonly exists: (key: string) => Promise<boolean>;
  readonly put: (key: string, bytes: Uint8Array, contentType: string) => Promise<void>;
  /**
   * A link with which anybody can put (or get) this one object until it expires. With a name, a browser keeps the object as a
   * file of that name: without one it would show a text in the place of the page.
   */
  readonly presign: (
    method: 'PUT' | 'GET',
    key: string,
    expiresInSeconds: number,
    saveAs?: string,
  ) => Promise<string>;
};

type Surroundings = Readonly<Record<string, string | undefined>>;

/** Path-style on a custom endpoint (one machine), virtual-host style on AWS. */
const baseUrl = (bucket: string, env: Surroundings): string => {
  const custom = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  if (custom) return `${custom}/${bucket}`;
  return `https://${bucket}.${awsHost('s3', env.AWS_REGION ?? '')}`;
};

export const openObjects = (bucket: string, env: Surroundings): Objects => {
  const client = new AwsClient({
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    region: env.AWS_REGION ?? '',
    service: 's3',
  });
  const url = (key: string) => `${baseUrl(bucket, env)}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const failed = (verb: string, key: string, status: number) =>
    new Error(`${verb} ${key}: object storage answered ${status}.`);
  return {
    get: async (key) => {
      const answer = await client.fetch(url(key));
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw failed('GET', key, answer.status);
      return new Uint8Array(await answer.arrayBuffer());
    },
    exists: async (key) => {
      const answer = await client.fetch(url(key), { method: 'HEAD' });
      if (!answer.ok && answer.status !== 404) throw failed('HEAD', key, answer.status);
      return answer.ok;
    },
    put: async (key, bytes, contentType) => {
      const answer = await client.fetch(url(key), {
        method: 'PUT',
        body: bytes as Uint8Array<ArrayBuffer>,
        headers: { 'content-type': contentType },
      });
      if (!answer.ok) throw failed('PUT', key, answer.status);
    },
    presign: async (method, key, expiresInSeconds, saveAs) => {
      const target = new URL(url(key));
      target.searchParams.set('X-Amz-Expires', String(expiresInSeconds));
      if (saveAs !== undefined) {
        // Without a space, which signatures and addresses write differently; RFC 6266 for names in Chinese.
        const disposition = `attachment;filename*=UTF-8''${encodeURIComponent(saveAs)}`;
        target.searchParams.set('response-content-disposition', disposition);
      }
      return (await client.sign(target.toString(), { method, aws: { signQuery: true } })).url;
    },
  };
};
