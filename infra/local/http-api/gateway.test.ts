import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assembly, Resource } from '../assembly/assembly.ts';
import { type RunType, resourceTypes } from '../assembly/resource-types.ts';
import { FunctionError } from '../lambda/function.ts';
import { openGateway } from './gateway.ts';
import { type HttpServer, serveHttp } from './server.ts';

const ISSUER = 'https://issuer.example.org';
const NOW = Date.parse('2026-01-15T00:00:00Z');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] };

const resource = <T extends RunType>(type: T, name: string, properties: object) => ({
  stack: 'pay',
  logicalId: name,
  type,
  name,
  arn: name,
  properties: resourceTypes[type].parse(properties),
});
const route = (name: string, RouteKey: string, more: object = {}) => [
  resource('AWS::ApiGatewayV2::Integration', `${name}-integration`, {
    ApiId: 'api',
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: name,
    PayloadFormatVersion: '2.0',
    TimeoutInMillis: 50,
  }),
  resource('AWS::ApiGatewayV2::Route', name, {
    ApiId: 'api',
    RouteKey,
    Target: `integrations/${name}-integration`,
    ...more,
  }),
];
const resources = [
  resource('AWS::ApiGatewayV2::Authorizer', 'officers', {
    ApiId: 'api',
    Name: 'officers',
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Audience: ['huimin'], Issuer: ISSUER },
  }),
  ...route('echo', 'POST /echo/{id}'),
  ...route('mine', 'GET /mine', { AuthorizationType: 'JWT', AuthorizerId: 'officers' }),
  ...route('scoped', 'GET /scoped', {
    AuthorizationType: 'JWT',
    AuthorizerId: 'officers',
    AuthorizationScopes: ['pay'],
  }),
  ...route('fails', 'GET /fails'),
  ...route('sleeps', 'GET /sleeps'),
  ...route('plain', 'GET /plain'),
  ...route('odd', 'GET /odd'),
] as Resource[];
const assembly: Assembly = {
  resources,
  ofType: <T extends RunType>(type: T) => resources.filter((one): one is Resource<T> => one.type === type),
};

const functions: Record<string, (event: unknown) => Promise<unknown>> = {
  echo: async (event) => ({ statusCode: 200, cookies: ['a=1', 'b=2'], body: JSON.stringify(event) }),
  mine: async (event) => event,
  scoped: async () => 'in',
  fails: () => Promise.reject(new FunctionError('fails', 'Error', 'Nobody is told this.')),
  sleeps: () => new Promise(() => {}),
  plain: async () => ({ text: '低保' }),
  odd: async () => ({ statusCode: 'two hundred' }),
};

let server: HttpServer;
beforeAll(async () => {
  server = await serveHttp({
    answer: openGateway({
      assembly,
      invoke: (arn, event) => functions[arn]?.(event) ?? Promise.reject(new Error(`There is no ${arn}.`)),
      issuer: { name: ISSUER, keys },
      now: () => NOW,
    }),
    documents: (path) => (path === '/.well-known/jwks.json' ? keys : undefined),
    port: 0,
    now: () => NOW,
    onFault: (error) => {
      throw error;
    },
  });
});
afterAll(() => server.close());

const ask = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);
type Claims = { iss?: string; aud?: string | string[]; exp?: number; iat?: number; scope?: string };
const token = (claims: Claims = {}, key = privateKey, alg = 'RS256') =>
  new SignJWT({
    iss: ISSUER,
    aud: 'huimin',
    sub: 'officer-1',
    exp: NOW / 1000 + 60,
    iat: NOW / 1000,
    areas: ['a', 'b'],
    ...claims,
  })
    .setProtectedHeader({ alg, kid: 'one' })
    .sign(key);
const asked = async (path: string, bearer: string) => ask(path, { headers: { authorization: bearer } });

test('an answer carries the date of the clock, which may be a driven one', async () => {
  const answer = await ask('/.well-known/jwks.json');

  expect(Date.parse(answer.headers.get('date') ?? '')).toBe(NOW);
});

test('a request becomes an event of payload format 2.0', async () => {
  const answer = await ask('/echo/%E4%BD%8E?a=1&a=2&b=%20', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Twice': 'one', cookie: 'c=3; d=4' },
    body: '{"x":1}',
  });
  expect(await answer.json()).toMatchObject({
    version: '2.0',
    routeKey: 'POST /echo/{id}',
    rawPath: '/echo/%E4%BD%8E',
    rawQueryString: 'a=1&a=2&b=%20',
    cookies: ['c=3', 'd=4'],
    headers: { 'content-type': 'application/json', 'x-twice': 'one' },
    queryStringParameters: { a: '1,2', b: ' ' },
    pathParameters: { id: '低' },
    body: '{"x":1}',
    isBase64Encoded: false,
    requestContext: {
      http: { method: 'POST', path: '/echo/%E4%BD%8E', sourceIp: '127.0.0.1' },
      timeEpoch: NOW,
    },
  });
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('a body that is no text comes in base64', async () => {
  const body = new Uint8Array([0xd5, 0xc5, 0x00]);
  const answer = await ask('/echo/1', { method: 'POST', body });
  expect(await answer.json()).toMatchObject({
    isBase64Encoded: true,
    body: Buffer.from(body).toString('base64'),
  });
});

test('claims reach the function as text', async () => {
  const answer = await asked('/mine', `Bearer ${await token()}`);
  expect(await answer.json()).toMatchObject({
    requestContext: {
      authorizer: {
        jwt: { claims: { sub: 'officer-1', areas: '[a b]', exp: String(NOW / 1000 + 60) }, scopes: null },
      },
    },
  });
});

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
test.each<[string, () => Promise<string>, string | null]>([
  ['no token', async () => '', null],
  ['something that is no token', async () => 'abc', 'signature is invalid'],
  ['an expired token', () => token({ exp: NOW / 1000 - 1 }), 'expired'],
  ['a token from the future', () => token({ iat: NOW / 1000 + 60 }), 'before it was issued'],
  ['another audience', () => token({ aud: 'other' }), 'audience'],
  ['another issuer', () => token({ iss: 'https://other.example.org' }), 'issuer'],
  ['a stranger’s signature', () => token({}, stranger), 'signature is invalid'],
  ['an algorithm API Gateway does not take', () => token({}, elliptic, 'ES256'), 'signature is invalid'],
])('%s is answered with 401', async (_what, make, description) => {
  const answer = await asked('/mine', await make());
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ message: 'Unauthorized' });
  const header = answer.headers.get('www-authenticate');
  if (description === null) expect(header).toBe('Bearer');
  else expect(header).toContain(description);
});

test('a route with scopes wants one of them', async () => {
  expect((await asked('/scoped', await token({ scope: 'read' }))).status).toBe(401);
  expect(await (await asked('/scoped', await token({ scope: 'read pay' }))).text()).toBe('in');
});

test.each([
  ['/nowhere', 404, { message: 'Not Found' }],
  ['/fails', 500, { message: 'Internal Server Error' }],
  ['/sleeps', 503, { message: 'Service Unavailable' }],
  ['/odd', 500, { message: 'Internal Server Error' }],
  ['/plain', 200, { text: '低保' }],
  ['/.well-known/jwks.json', 200, keys],
])('GET %s is answered with %i', async (path, status, body) => {
  const answer = await ask(path);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual(body);
});

test('a body above ten megabytes is answered with 413', async () => {
  const body = Buffer.alloc(10 * 1024 * 1024 + 1);
  const announced = await ask('/echo/1', { method: 'POST', body });
  expect(announced.status).toBe(413);
});

test('an authorizer that names another issuer is refused at the start', () => {
  const parts = { assembly, invoke: async () => undefined, now: () => NOW };
  expect(() => openGateway({ ...parts, issuer: { name: 'https://other.example.org', keys } })).toThrow(
    ISSUER,
  );
});
