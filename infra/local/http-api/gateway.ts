import type { JSONWebKeySet } from 'jose';
import type { Assembly, Resource } from '../assembly/assembly.ts';
import { FunctionError } from '../lambda/function.ts';
import { jwtAuthorizer } from './authorizer.ts';
import { answerOf, gatewayAnswer, type HttpAnswer, type HttpRequest, requestEvent } from './payload.ts';
import { type RouteEntry, type RouteMatch, routeTable } from './route-table.ts';

type Authorize = ReturnType<typeof jwtAuthorizer>;
type Integrated = {
  readonly apiId: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly scopes: readonly string[];
  readonly authorize: Authorize | undefined;
};

export type GatewayParts = {
  readonly assembly: Assembly;
  /** Invokes a function by ARN; rejects with `FunctionError` when it fails. */
  readonly invoke: (functionArn: string, event: unknown) => Promise<unknown>;
  /** The issuer the authorizers must name, and its keys. */
  readonly issuer: { readonly name: string; readonly keys: JSONWebKeySet };
  readonly now: () => number;
};

const authorizersOf = ({ assembly, issuer, now }: GatewayParts): ReadonlyMap<string, Authorize> =>
  new Map(
    assembly.ofType('AWS::ApiGatewayV2::Authorizer').map(({ name, properties: { JwtConfiguration } }) => {
      if (JwtConfiguration.Issuer !== issuer.name) {
        throw new Error(
          `Authorizer ${name} wants tokens of ${JwtConfiguration.Issuer}; the local cloud has the keys of ${issuer.name} only.`,
        );
      }
      return [name, jwtAuthorizer(JwtConfiguration, issuer.keys, now)] as const;
    }),
  );

const integrate = (
  { name, properties }: Resource<'AWS::ApiGatewayV2::Route'>,
  integrations: ReadonlyMap<string, Resource<'AWS::ApiGatewayV2::Integration'>>,
  authorizers: ReadonlyMap<string, Authorize>,
): RouteEntry<Integrated> => {
  const integration = integrations.get(properties.Target.replace('integrations/', ''));
  if (!integration) throw new Error(`Route ${name} has no integration.`);
  const authorize = authorizers.get(properties.AuthorizerId ?? '');
  if (properties.AuthorizationType === 'JWT' && !authorize)
    throw new Error(`Route ${name} has no authorizer.`);
  return {
    routeKey: properties.RouteKey,
    route: {
      apiId: properties.ApiId,
      functionArn: integration.properties.IntegrationUri,
      timeoutMs: integration.properties.TimeoutInMillis,
      scopes: properties.AuthorizationScopes,
      authorize: properties.AuthorizationType === 'JWT' ? authorize : undefined,
    },
  };
};

const unauthorized = (description: string | undefined): HttpAnswer =>
  gatewayAnswer(401, 'Unauthorized', {
    'www-authenticate':
      description === undefined
        ? 'Bearer'
        : `Bearer scope="" error="invalid_token" error_description="${description}"`,
  });

const LATE = Symbol('late');

/** Waits in real time: the client's patience is real, and a driven clock may leap meanwhile. */
const withinTime = async (work: Promise<unknown>, timeoutMs: number): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(LATE), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * All HTTP APIs of the assembly behind one door. They share one port here as they share one domain when deployed, each under
 * its own path; a route key that two of them claim is refused at the start.
 */
export const openGateway = (parts: GatewayParts): ((request: HttpRequest) => Promise<HttpAnswer>) => {
  const { assembly, invoke } = parts;
  const integrations = new Map(
    assembly.ofType('AWS::ApiGatewayV2::Integration').map((resource) => [resource.name, resource]),
  );
  const authorizers = authorizersOf(parts);
  const entries = assembly
    .ofType('AWS::ApiGatewayV2::Route')
    .map((resource) => integrate(resource, integrations, authorizers));
  const twice = entries.find(
    ({ routeKey }, index) => entries.findIndex((other) => other.routeKey === routeKey) < index,
  );
  if (twice) throw new Error(`Two routes are ${twice.routeKey}.`);
  const find = routeTable(entries);

  const integrated = async (
    request: HttpRequest,
    match: RouteMatch<Integrated>,
    authorizer: Parameters<typeof requestEvent>[1]['authorizer'],
  ): Promise<HttpAnswer> => {
    const { apiId, functionArn, timeoutMs } = match.route;
    const event = requestEvent(request, { ...match, apiId, authorizer });
    try {
      const result = await withinTime(invoke(functionArn, event), timeoutMs);
      return result === LATE ? gatewayAnswer(503, 'Service Unavailable') : answerOf(result);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      // The function's failure is counted and logged where it ran; the gateway tells the client nothing of it.
      return gatewayAnswer(500, 'Internal Server Error');
    }
  };

  return async (request) => {
    const match = find(request.method, request.path);
    if (!match) return gatewayAnswer(404, 'Not Found');
    const { authorize, scopes } = match.route;
    if (!authorize) return integrated(request, match, undefined);
    const verdict = await authorize(request.headers.authorization, scopes);
    if ('description' in verdict) return unauthorized(verdict.description);
    return integrated(request, match, { jwt: { claims: verdict.claims, scopes: verdict.scopes } });
  };
};
