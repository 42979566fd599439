import { join } from 'node:path';
import { Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Environment, nameIn } from '../environments.ts';
import { LAYER } from '../libraries.ts';

/** What every construct of one context's stack is told. */
export type Deployment = {
  readonly environment: Environment;
  /** The bounded context, e.g. `disbursement`. */
  readonly context: string;
  /** The folder with `<context>/<function>/index.js`. */
  readonly bundles: string;
  /** What nearly all functions use, in one copy (ADR 0019). */
  readonly libraries: LayerVersion;
  readonly alarmTopic: ITopic;
};

/** The physical name of a part of a context: `huimin-<environment>-<context>-<part>`. */
export const partName = ({ environment, context }: Deployment, ...parts: readonly string[]): string =>
  nameIn(environment, context, ...parts);

/** Whether what holds data stays when its stack goes. */
export const removalOf = ({ keepsData }: Environment): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** The stack `huimin-<environment>-<part>`, in the environment's own account and region so that nothing is looked up. */
export const stackOf = (app: App, environment: Environment, part: string, description: string): Stack =>
  new Stack(app, nameIn(environment, part), {
    env: { account: environment.account, region: environment.region },
    description,
    tags: { project: 'huimin', environment: environment.name, agency: environment.agency.creditCode },
    terminationProtection: environment.keepsData,
  });

/** The layer of a stack's functions; each stack has its own, so that one context is deployed without the others. */
export const librariesOf = (stack: Stack, bundles: string): LayerVersion =>
  new LayerVersion(stack, 'Libraries', {
    description: 'What the functions take from the AWS SDK, zod, middy and aws4fetch.',
    code: Code.fromAsset(join(bundles, LAYER)),
    compatibleRuntimes: [Runtime.NODEJS_24_X],
  });

/** A log kept as long as the environment says, which is what the law asks for at least. */
export const logOf = (scope: Construct, environment: Environment, logGroupName: string): LogGroup =>
  new LogGroup(scope, 'Log', {
    logGroupName,
    retention: environment.logRetentionDays,
    removalPolicy: removalOf(environment),
  });
