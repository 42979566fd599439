import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { contextStack } from './constructs/context-stack.ts';
import { contextDefinitions } from './contexts.ts';
import { type EnvironmentName, environments, isEnvironmentName } from './environments.ts';
import { consoleStack } from './stacks/console.ts';
import { platformStack } from './stacks/platform.ts';

/** Feature flags stand here and not in cdk.json, which `node infra/app.ts` does not read: templates must not depend on who asks. */
const flags = {
  '@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard': true,
  '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-kms:aliasNameRef': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:explicitStackTags': true,
  '@aws-cdk/core:target-partitions': ['aws', 'aws-cn'],
  '@aws-cdk/core:validateAgainstDefaultRules': true,
} as const;

const root = join(import.meta.dirname, '..');
export const assemblyFolder = (name: EnvironmentName): string => join(root, 'cdk.out', name);

/**
 * Synthesises the stacks of one environment into `outdir`, from bundles that are there already. Needs no network and no
 * credentials. With `CDK_VALIDATION=false` in the environment it leaves out the library's template rules, which take most of
 * its time.
 */
export const synthesise = (
  name: EnvironmentName,
  outdir = assemblyFolder(name),
  bundles = join(root, '.build', 'functions'),
): CloudAssembly => {
  const environment = environments[name];
  const app = new App({ outdir, context: flags, analyticsReporting: false });
  const platform = platformStack(app, environment);
  for (const definition of contextDefinitions) {
    contextStack(app, environment, definition, bundles).addStackDependency(platform);
  }
  consoleStack(app, environment, bundles).addStackDependency(platform);
  return app.synth();
};

/** `node infra/app.ts [--env <name>]`, or `cdk … --context env=<name>`, whose folder the CLI names in `CDK_OUTDIR`. */
const main = (): void => {
  const { values } = parseArgs({ options: { env: { type: 'string' } } });
  const context: unknown = new App({ autoSynth: false }).node.tryGetContext('env');
  const name = values.env ?? String(context ?? 'local');
  if (!isEnvironmentName(name)) {
    throw new Error(`There is no environment ${name}; choose ${Object.keys(environments).join(', ')}.`);
  }
  synthesise(name, process.env.CDK_OUTDIR ?? assemblyFolder(name));
};

if (process.argv[1] === import.meta.filename) main();
