import { join } from 'node:path';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Access, Need } from './access.ts';
import { alarmAt, errorsLogged } from './alarm.ts';
import { type Deployment, logOf, partName } from './deployment.ts';

/** One function, whatever sets it off. `name` is also its file in `functions/<context>/` and its folder among the bundles. */
export type LambdaDefinition = {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
};

/**
 * A function with a role of its own that may do what its needs say and nothing else, its log, and what watches it: an alarm
 * for invocations that failed, and a count of error lines for failures that it answered (a message handed back, a 500).
 */
export const lambda = (
  stack: Construct,
  deployment: Deployment,
  { name, needs, memoryMb, timeoutSeconds }: LambdaDefinition,
  access: Readonly<Record<Need, Access>>,
): LambdaFunction => {
  const { environment, context, bundles } = deployment;
  const scope = new Construct(stack, name);
  const functionName = partName(deployment, name);
  const logGroup = logOf(scope, environment, `/aws/lambda/${functionName}`);
  logGroup.addMetricFilter('Errors', {
    ...errorsLogged(deployment),
    filterPattern: FilterPattern.stringValue('$.level', '=', 'error'),
  });
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const granted = needs.map((need) => access[need]);
  for (const statement of granted.flatMap(({ statements }) => statements)) role.addToPolicy(statement);
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  const fn = new LambdaFunction(scope, 'Function', {
    functionName,
    role,
    logGroup,
    code: Code.fromAsset(join(bundles, context, name)),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: environment.memoryMb[name] ?? memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    tracing: Tracing.ACTIVE,
    environment: {
      NODE_OPTIONS: '--enable-source-maps',
      ...Object.assign({}, ...granted.map(({ variables }) => variables)),
    },
  });
  alarmAt(scope, deployment, {
    name: 'errors',
    meaning: `${functionName} crashed or ran out of time or memory. Messages and stream records are tried again by themselves.`,
    metric: fn.metricErrors({ period: Duration.minutes(5) }),
    threshold: 1,
  });
  return fn;
};
