import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { isPublic, type Route } from '../../shared/route.ts';
import { alarmAt } from './alarm.ts';
import { type Deployment, logOf, partName } from './deployment.ts';

/** A few hundred officers work here; a client that runs wild is held back before it uses up the account's functions. */
const THROTTLE = { rateLimit: 50, burstLimit: 100 };

/** Routes by their pattern, never the path itself: a path holds case numbers. No address and no token claim either. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** The HTTP API of one context: a function for each route, and every route but the public ones behind the environment's OIDC issuer. */
export const httpApi = (
  stack: Construct,
  deployment: Deployment,
  operations: readonly { readonly route: Route; readonly fn: IFunction }[],
): void => {
  const { environment } = deployment;
  const scope = new Construct(stack, 'Http');
  const name = partName(deployment);
  const api = new HttpApi(scope, 'Api', { apiName: name, createDefaultStage: false });
  const authorizer = new HttpJwtAuthorizer('Officers', environment.issuer, {
    authorizerName: name,
    jwtAudience: [environment.audience],
  });
  new HttpStage(scope, 'Stage', {
    httpApi: api,
    autoDeploy: true,
    throttle: THROTTLE,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logOf(scope, environment, `/aws/apigateway/${name}`)),
      format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    },
  });
  for (const { route, fn } of operations) {
    new HttpRoute(scope, route.operationId, {
      httpApi: api,
      routeKey: HttpRouteKey.with(route.path, methods[route.method]),
      integration: new HttpLambdaIntegration('Integration', fn),
      authorizer: isPublic(route) ? new HttpNoneAuthorizer() : authorizer,
    });
  }
  alarmAt(scope, deployment, {
    name: 'server-errors',
    meaning: `The API of ${deployment.context} answered 5xx: a function failed, was too slow or could not be started.`,
    metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
    threshold: 1,
  });
};

const methods: Readonly<Record<Route['method'], HttpMethod>> = {
  get: HttpMethod.GET,
  post: HttpMethod.POST,
  put: HttpMethod.PUT,
};
