import { createHash, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import * as z from 'zod';
import type { Officer } from '../../../shared/role.ts';
import { environments } from '../../environments.ts';

/** A name that tokens and authorizers compare and nobody calls: it stays the same on whatever port the API listens. */
export const { issuer: LOCAL_ISSUER } = environments.local;

/** API Gateway's JWT authorizer takes RSA signatures only; a token of another kind would work here and fail when deployed. */
const ALGORITHM = 'RS256';

export type Issuer = {
  /** The public keys, as an OIDC provider serves them. */
  readonly keys: JSONWebKeySet;
  /** A token for an officer, valid from `issuedAt` (epoch milliseconds) for `hours`. */
  readonly sign: (
    officer: Omit<Officer, 'id'> & { readonly id?: string },
    issuedAt: number,
    hours?: number,
  ) => Promise<string>;
};

/** The same name is the same officer, in every token and on every machine. */
export const officerId = (name: string): string =>
  `officer-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;

const PrivateKey = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  d: z.string(),
});

const readKey = (file: string): z.infer<typeof PrivateKey> | undefined => {
  try {
    return PrivateKey.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} is no issuer key; delete it to have a new one made, which ends all tokens.`, {
      cause: error,
    });
  }
};

/** A server and a token command may both be the first: the key that is linked first counts, and it is never half written. */
const makeKey = async (folder: string, file: string): Promise<void> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: ALGORITHM, use: 'sig' };
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(key), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
};

/** Opens the issuer of a data folder; its key pair (`issuer.json`, readable by its owner only) is made at the first opening. */
export const openIssuer = async (folder: string): Promise<Issuer> => {
  const file = join(folder, 'issuer.json');
  if (!readKey(file)) await makeKey(folder, file);
  const key = readKey(file);
  if (!key) throw new Error(`${file} was written and is not there.`);
  const { kty, kid, n, e } = key;
  const privateKey = await importJWK(key as JWK, ALGORITHM);
  return {
    keys: { keys: [{ kty, kid, n, e, alg: ALGORITHM, use: 'sig' }] },
    sign: ({ name, role, area, id }, issuedAt, hours = 8) => {
      const seconds = Math.floor(issuedAt / 1000);
      return new SignJWT({ name, 'huimin:role': role, 'huimin:area': area })
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .setSubject(id ?? officerId(name))
        .setIssuer(LOCAL_ISSUER)
        .setAudience(environments.local.audience)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + Math.round(hours * 3600))
        .sign(privateKey);
    },
  };
};

/** The document an OIDC client or gateway finds under a path of the issuer, which is served at `url`; undefined elsewhere. */
export const issuerDocument = ({ keys }: Issuer, path: string, url: string): unknown => {
  if (path === '/.well-known/jwks.json') return keys;
  if (path !== '/.well-known/openid-configuration') return undefined;
  return {
    issuer: LOCAL_ISSUER,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: [ALGORITHM],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
  };
};
