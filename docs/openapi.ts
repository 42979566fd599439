import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { commonProblems, Problem, type ProblemKind, problemOf } from '../shared/problem.ts';
import { isPublic, type Route } from '../shared/route.ts';
import type { DocumentedContext } from './contexts.ts';
import { withoutSafeIntegerBounds } from './json-schema.ts';

const DESCRIPTION = `The API of Huimin (惠民), the system of a district civil-affairs bureau.

- **Money** is whole 分 (an integer), **months** are \`YYYY-MM\`, **areas** are 12-digit division codes, moments are ISO 8601 in UTC.
- **Tokens.** Every operation needs a bearer token of the bureau's OIDC issuer with the claims \`huimin:role\` and \`huimin:area\`.
  Each operation names the roles that may call it; whatever the role, an answer holds only what lies in the token's area.
  Without a valid token the gateway itself answers 401 \`{"message":"Unauthorized"}\`.
- **Problems** are RFC 9457 documents. Programs go by \`code\`; \`detail\` is Chinese, for the officer; \`errors\` lists every fault at once.
- **Pages.** A list answers \`items\` and, when there is more, \`next\`; pass it as \`cursor\`. A cursor is opaque, and a page may hold
  fewer items than \`limit\` and still have a next one.
- **Repeating.** A POST may carry an \`Idempotency-Key\`; repeated with the same key it is carried out once and answered alike.`;

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Any text that is new for every command, e.g. a UUID. For 24 hours the same key of the same officer gets the first answer again; with another request it is refused as KEY_REUSED.',
  schema: { type: 'string', minLength: 1 },
} as const;

const CORRELATION_ID = {
  name: 'X-Correlation-Id',
  in: 'header',
  description:
    'Carried into logs and events; made up when absent. A problem document repeats it as `instance`.',
  schema: { type: 'string' },
} as const;

const parameterRef = (name: string) => ({ $ref: `#/components/parameters/${name}` });

const tagOf = (path: string): string => path.split('/').slice(1, 3).join('/');

/** What an operation may refuse with: its own problems and those that every operation shares. */
const problemsOf = (route: Route): Readonly<Record<string, ProblemKind>> => {
  const { INVALID_REQUEST, NOT_SIGNED_IN, ROLE_NOT_ALLOWED, KEY_REUSED, UNEXPECTED } = commonProblems;
  const takesInput = Boolean(route.params ?? route.query ?? route.body);
  return {
    ...(takesInput ? { INVALID_REQUEST } : {}),
    ...(isPublic(route) ? {} : { NOT_SIGNED_IN, ROLE_NOT_ALLOWED }),
    ...route.problems,
    ...(route.method === 'post' ? { KEY_REUSED } : {}),
    UNEXPECTED,
  };
};

const byStatus = (problems: Readonly<Record<string, ProblemKind>>) =>
  Map.groupBy(Object.entries(problems), ([, { status }]) => status);
type Kinds = readonly (readonly [code: string, kind: ProblemKind])[];

const shared: Readonly<Record<string, ProblemKind>> = commonProblems;

/**
 * Problems of one status share a response; it is named by their codes, so that operations that refuse alike share it too. One
 * code may be said in other words by another context, so what is not common to all is named after its context as well.
 */
const responseName = (route: Route, kinds: Kinds): string => {
  const codes = kinds.map(([code]) => code).join('.');
  const [, context] = route.path.split('/');
  return kinds.every(([code, kind]) => shared[code] === kind) ? codes : `${context}.${codes}`;
};

const problemResponse = (kinds: Kinds): ZodOpenApiResponseObject => ({
  description: kinds.map(([code, { title }]) => `\`${code}\`: ${title}`).join('\n\n'),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object', properties: { code: { enum: kinds.map(([code]) => code) } } },
        ],
      },
      examples: Object.fromEntries(
        kinds.map(([code, kind]) => [code, { summary: kind.title, value: problemOf(code, kind) }]),
      ),
    },
  },
});

const problemResponses = (routes: readonly Route[]): Record<string, ZodOpenApiResponseObject> => {
  const all = routes.flatMap((route) =>
    [...byStatus(problemsOf(route)).values()].map(
      (kinds) => [responseName(route, kinds), problemResponse(kinds)] as const,
    ),
  );
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const refusals = (route: Route): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    [...byStatus(problemsOf(route))].map(([status, kinds]) => [
      status,
      { $ref: `#/components/responses/${responseName(route, kinds)}` },
    ]),
  );

const answers = (route: Route): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    Object.entries(route.responses).map(([status, { description, schema }]) => [
      status,
      { description, content: { 'application/json': { schema } } },
    ]),
  );

const whoMay = ({ roles }: Route): string =>
  roles === 'public' ? 'Anybody, without a token.' : `Roles: ${roles.join(', ')}.`;

const operationOf = (route: Route): ZodOpenApiOperationObject => ({
  operationId: route.operationId,
  tags: [tagOf(route.path)],
  summary: route.summary,
  description: [route.description, whoMay(route)].filter(Boolean).join('\n\n'),
  'x-roles': route.roles === 'public' ? [] : [...route.roles],
  ...(isPublic(route) ? { security: [] } : {}),
  parameters: [
    ...(route.method === 'post' ? [parameterRef('IdempotencyKey')] : []),
    parameterRef('CorrelationId'),
  ],
  requestParams: {
    ...(route.params ? { path: route.params } : {}),
    ...(route.query ? { query: route.query } : {}),
  },
  ...(route.body
    ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
    : {}),
  responses: { ...answers(route), ...refusals(route) },
});

/** The OpenAPI 3.1 document of the routes of all contexts, in the order of their paths. */
export const openApiDocument = (contexts: readonly DocumentedContext[], version: string) => {
  const routes = contexts
    .flatMap((context) => context.routes)
    .toSorted((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Huimin',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [
        { url: 'http://127.0.0.1:8787', description: 'The local cloud (`npm start`).' },
        {
          url: 'https://{domain}',
          description: 'A deployment.',
          variables: { domain: { default: 'api.example.org' } },
        },
      ],
      tags: contexts.flatMap(({ context, collections }) =>
        Object.entries(collections).map(([name, description]) => ({
          name: `${context}/${name}`,
          description,
        })),
      ),
      security: [{ bearer: [] }, { openId: [] }],
      paths,
      components: {
        schemas: { Problem },
        responses: problemResponses(routes),
        parameters: { IdempotencyKey: IDEMPOTENCY_KEY, CorrelationId: CORRELATION_ID },
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'RS256, of the issuer.',
          },
          openId: {
            type: 'openIdConnect',
            openIdConnectUrl: 'http://127.0.0.1:8787/.well-known/openid-configuration',
            description: 'Every environment names its own issuer; this is the one of the local cloud.',
          },
        },
      },
    },
    {
      override: ({ jsonSchema, io }) => {
        withoutSafeIntegerBounds(jsonSchema);
        // A field added to an answer must not break clients that validate.
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    },
  );
};
