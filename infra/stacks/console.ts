import { Topic } from 'aws-cdk-lib/aws-sns';
import { type App, Arn, type Stack } from 'aws-cdk-lib/core';
import { openConsole, serveConsole } from '../../functions/console/routes.ts';
import { librariesOf, stackOf } from '../constructs/deployment.ts';
import { httpApi } from '../constructs/http-api.ts';
import { type LambdaDefinition, lambda } from '../constructs/lambda.ts';
import { type Environment, platformNames } from '../environments.ts';

/** Hands out the files of the page, which lie beside its code. */
export const pageServer: LambdaDefinition = {
  name: 'serve-page',
  needs: ['page'],
  memoryMb: 512,
  timeoutSeconds: 10,
};

/** The officers’ page: one function that serves files, and nothing that holds data. */
export const consoleStack = (app: App, environment: Environment, bundles: string): Stack => {
  const context = 'console';
  const stack = stackOf(app, environment, context, 'Huimin: the page of the officers.');
  const topic = Arn.format({ service: 'sns', resource: platformNames(environment).alarmTopic }, stack);
  const deployment = {
    ...{ environment, context, bundles, libraries: librariesOf(stack, bundles) },
    alarmTopic: Topic.fromTopicArn(stack, 'Alarms', topic),
  };
  const { issuer, audience, name } = environment;
  const page = { variables: { ISSUER: issuer, CLIENT_ID: audience, ENVIRONMENT: name }, statements: [] };
  const fn = lambda(stack, deployment, pageServer, { access: { page: () => page }, watchedBy: 'api' });
  httpApi(stack, deployment, [
    { route: openConsole, fn },
    { route: serveConsole, fn },
  ]);
  return stack;
};
