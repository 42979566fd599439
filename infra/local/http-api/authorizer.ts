import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';

export type JwtConfiguration = { readonly Issuer: string; readonly Audience: readonly string[] };

/** What a JWT authorizer found. `description` goes into the `www-authenticate` header of the 401. */
export type Verdict =
  | { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null }
  | { readonly description: string | undefined };

/** API Gateway hands every claim on as text, lists as `[a b]`. */
const asText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(String).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const descriptionOf = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'the token does not have a valid audience';
    if (error.claim === 'iss') return 'the token does not have a valid issuer';
    return `the token has an invalid ${error.claim} claim`;
  }
  return 'signing method or signature is invalid';
};

const scopesOf = ({ scope, scp }: JWTPayload): readonly string[] => {
  const granted = scope ?? scp;
  if (Array.isArray(granted)) return granted.map(String);
  return typeof granted === 'string' && granted !== '' ? granted.split(' ') : [];
};

/**
 * Checks tokens as the JWT authorizer of an HTTP API does: RSA signature by one of `keys`, issuer, audience, `exp`, `nbf` and
 * `iat` at `now` (epoch milliseconds), and one of the route's scopes if it has any.
 */
export const jwtAuthorizer = (
  { Issuer, Audience }: JwtConfiguration,
  keys: JSONWebKeySet,
  now: () => number,
): ((header: string | undefined, scopes: readonly string[]) => Promise<Verdict>) => {
  const keySet = createLocalJWKSet(keys);
  return async (header, scopes) => {
    if (!header) return { description: undefined };
    const token = header.replace(/^bearer /i, '').trim();
    try {
      const currentDate = new Date(now());
      const { payload } = await jwtVerify(token, keySet, {
        issuer: Issuer,
        audience: [...Audience],
        algorithms: ['RS256', 'RS384', 'RS512'],
        requiredClaims: ['exp'],
        currentDate,
      });
      if (payload.iat !== undefined && payload.iat * 1000 > currentDate.getTime()) {
        return { description: 'the token is used before it was issued' };
      }
      const granted = scopesOf(payload);
      if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) {
        return { description: 'the token does not have a required scope' };
      }
      const claims = Object.fromEntries(
        Object.entries(payload).map(([name, value]) => [name, asText(value)]),
      );
      return { claims, scopes: scopes.length > 0 ? granted : null };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      return { description: descriptionOf(error) };
    }
  };
};
