import { join } from 'node:path';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Access, allow, type Need } from './access.ts';
import { alarmAt, errorsLogged } from './alarm.ts';
import { type Deployment, logOf, partName } from './deployment.ts';

/** One function, whatever sets it off. `name` is also its file in `functions/<context>/` and its folder among the bundles. */
export type LambdaDefinition = {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
};

type Creation = {
  readonly access: Readonly<Partial<Record<Need, () => Access>>>;
  /** What the function may do with the queue or stream that feeds it. */
  readonly source?: readonly PolicyStatement[];
  /**
   * Who notices a crash: an alarm of the function's own, or the alarm of the API that answers 5xx for it. With an alarm for
   * each of fifty operations a context would exceed the resources of a stack.
   */
  readonly watchedBy?: 'itself' | 'api';
};

/**
 * A function with a role of its own that may do what its needs say and nothing else, its log, and what watches it: an alarm
 * for invocations that failed, and a count of error lines for failures that it answered (a message handed back, a 500).
 */
export const lambda = (
  stack: Construct,
  deployment: Deployment,
  { name, needs, memoryMb, timeoutSeconds }: LambdaDefinition,
  { access, source = [], watchedBy = 'itself' }: Creation,
): LambdaFunction => {
  const { environment, context, bundles, libraries } = deployment;
  const scope = new Construct(stack, name);
  const functionName = partName(deployment, name);
  const logGroup = logOf(scope, environment, `/aws/lambda/${functionName}`);
  logGroup.addMetricFilter('Errors', {
    ...errorsLogged(deployment),
    filterPattern: FilterPattern.stringValue('$.level', '=', 'error'),
  });
  const granted = needs.map((need) => {
    const grant = access[need];
    if (!grant) throw new Error(`A function of ${context} needs ${need}, which the context does not have.`);
    return grant();
  });
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    // In the role itself: a policy of its own for each function would bring a context near the 500 resources of a stack.
    inlinePolicies: {
      Needs: new PolicyDocument({
        minimize: true,
        statements: [
          ...granted.flatMap(({ statements }) => statements),
          ...source,
          allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
          // X-Ray knows no resources.
          allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']),
        ],
      }),
    },
  }).withoutPolicyUpdates();
  const fn = new LambdaFunction(scope, 'Function', {
    functionName,
    role,
    logGroup,
    code: Code.fromAsset(join(bundles, context, name)),
    handler: 'index.handler',
    layers: [libraries],
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
  if (watchedBy === 'itself') {
    alarmAt(scope, deployment, {
      name: 'errors',
      meaning: `${functionName} crashed or ran out of time or memory. Messages and stream records are tried again by themselves.`,
      metric: fn.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
    });
  }
  return fn;
};
