import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { openConsole, serveConsole } from '../functions/console/routes.ts';
import { isPublic, type Route } from '../shared/route.ts';
import { functionsOfContexts } from './bundle.ts';
import { contextDefinitions } from './contexts.ts';
import { environments, isEnvironmentName } from './environments.ts';
import { pageServer } from './stacks/console.ts';
import { listIn, ofType, synthesiseForTest, target } from './synthesised.ts';

// The library's own template rules take seconds; `npm run synth` runs them.
vi.stubEnv('CDK_VALIDATION', 'false');
const each = Object.keys(environments)
  .filter(isEnvironmentName)
  .map((name) => [name, synthesiseForTest(name)] as const);
afterAll(() => {
  for (const [, { folder }] of each) rmSync(folder, { recursive: true });
});

describe.each(each)('the stacks of %s', (name, { resources, templates }) => {
  const environment = environments[name];
  const functions = ofType(resources, 'Lambda::Function');
  const queues = ofType(resources, 'SQS::Queue');
  const alarmedOn = (metric: string) =>
    new Set(
      ofType(resources, 'CloudWatch::Alarm')
        .filter(({ Properties }) => (Properties.MetricName as unknown) === metric)
        .flatMap(({ Properties }) => listIn(Properties.Dimensions).map(({ Value }) => target(Value))),
    );

  it('are exactly the functions the bundler builds, one for each route and consumer', () => {
    const built = Object.entries(functionsOfContexts).flatMap(([context, all]) =>
      all.map((each) => `huimin-${name}-${context}-${each.name}`),
    );

    expect(functions.map(({ Properties }) => String(Properties.FunctionName)).sort()).toEqual(built.sort());
    for (const functionName of built) expect(functionName.length).toBeLessThanOrEqual(64);
  });

  it('give every function arm64, Node 24, a role and a log of its own, and an alarm of its own or its API’s', () => {
    const ofRequests = new Set(
      ofType(resources, 'ApiGatewayV2::Integration').map(({ Properties }) =>
        target(Properties.IntegrationUri),
      ),
    );
    const apis = ofType(resources, 'ApiGatewayV2::Api').map(({ id }) => id);
    expect([...alarmedOn('5xx')].sort()).toEqual(apis.sort());

    const roles = functions.map(({ Properties }) => target(Properties.Role));
    const logs = functions.map(({ Properties }) => target(Properties.LoggingConfig?.LogGroup));

    expect(new Set(roles).size).toBe(functions.length);
    expect(new Set(logs).size).toBe(functions.length);
    for (const { id, Properties } of functions) {
      expect(Properties.Architectures).toEqual(['arm64']);
      expect(Properties.Runtime).toBe('nodejs24.x');
      if (!ofRequests.has(id)) expect(alarmedOn('Errors')).toContain(id);
    }
    const filtered = ofType(resources, 'Logs::MetricFilter').map(({ Properties }) =>
      target(Properties.LogGroupName),
    );
    expect(filtered.sort()).toEqual(logs.sort());
  });

  it('keep every log for at least six calendar months, as art. 21 of the Cybersecurity Law asks', () => {
    for (const { Properties } of ofType(resources, 'Logs::LogGroup')) {
      expect(Number(Properties.RetentionInDays)).toBeGreaterThanOrEqual(184);
    }
  });

  it('give every queue dead letters, or alarm when it is one and holds something', () => {
    const deadLetters = new Set([
      ...queues.map(({ Properties }) => target(Properties.RedrivePolicy?.deadLetterTargetArn ?? {})),
      ...ofType(resources, 'Scheduler::Schedule').map(({ Properties }) =>
        target(Properties.Target?.DeadLetterConfig?.Arn),
      ),
      ...ofType(resources, 'Lambda::EventSourceMapping').map(({ Properties }) =>
        target(Properties.DestinationConfig?.OnFailure?.Destination ?? {}),
      ),
    ]);

    for (const { id, Properties } of queues) {
      if (Properties.RedrivePolicy) expect(alarmedOn('ApproximateAgeOfOldestMessage')).toContain(id);
      else {
        expect(deadLetters).toContain(id);
        expect(alarmedOn('ApproximateNumberOfMessagesVisible')).toContain(id);
      }
    }
  });

  it('hide a message for at least six timeouts of the function that works on it', () => {
    for (const { Properties } of ofType(resources, 'Lambda::EventSourceMapping')) {
      const queue = queues.find(({ id }) => id === target(Properties.EventSourceArn));
      const fn = functions.find(({ id }) => id === target(Properties.FunctionName));

      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      if (queue) {
        expect(Number(queue.Properties.VisibilityTimeout)).toBeGreaterThanOrEqual(
          6 * Number(fn?.Properties.Timeout),
        );
      }
    }
  });

  it('refuse plain HTTP on every queue, bucket and topic', () => {
    const refusing = ['SQS::QueuePolicy', 'S3::BucketPolicy', 'SNS::TopicPolicy'].flatMap((type) =>
      ofType(resources, type)
        .filter(({ Properties }) =>
          JSON.stringify(Properties.PolicyDocument).includes('"aws:SecureTransport":"false"'),
        )
        .flatMap(({ Properties }) =>
          [Properties.Queues, Properties.Topics, Properties.Bucket].flat().filter(Boolean).map(target),
        ),
    );
    const reachable = ['SQS::Queue', 'S3::Bucket', 'SNS::Topic'].flatMap((type) => ofType(resources, type));

    expect(refusing.sort()).toEqual(reachable.map(({ id }) => id).sort());
  });

  it('serve every route by its own function, behind the authorizer of the issuer unless it is public', () => {
    const integrations = ofType(resources, 'ApiGatewayV2::Integration');
    const authorizers = ofType(resources, 'ApiGatewayV2::Authorizer');
    const open = new Set<string>();
    const served = ofType(resources, 'ApiGatewayV2::Route').map(({ stack, Properties }) => {
      const integration = integrations.find(({ id }) =>
        JSON.stringify(Properties.Target).includes(`"${id}"`),
      );
      const fn = functions.find(({ id }) => id === target(integration?.Properties.IntegrationUri));
      if (String(Properties.AuthorizationType) === 'NONE') open.add(String(Properties.RouteKey));
      else {
        expect(Properties.AuthorizationType).toBe('JWT');
        const own = authorizers.find((authorizer) => authorizer.stack === stack);
        expect(target(Properties.AuthorizerId)).toBe(own?.id);
      }
      return `${Properties.RouteKey} ${fn?.Properties.FunctionName}`;
    });
    const wanted: { route: Route; key: string; fn: string }[] = contextDefinitions.flatMap(
      ({ context, operations }) =>
        operations.map(({ route, name: file }) => ({
          route,
          key: `${route.method.toUpperCase()} ${route.path}`,
          fn: `huimin-${name}-${context}-${file}`,
        })),
    );
    for (const route of [openConsole, serveConsole])
      wanted.push({ route, key: `GET ${route.path}`, fn: `huimin-${name}-console-${pageServer.name}` });

    expect(served.sort()).toEqual(wanted.map(({ key, fn }) => `${key} ${fn}`).sort());
    expect([...open].sort()).toEqual(
      wanted
        .filter(({ route }) => isPublic(route))
        .map(({ key }) => key)
        .sort(),
    );
    for (const { Properties } of authorizers) {
      expect(Properties.JwtConfiguration).toEqual({
        Audience: [environment.audience],
        Issuer: environment.issuer,
      });
    }
  });

  it('start by themselves only where the environment says so, on the clock of Shanghai', () => {
    const schedules = ofType(resources, 'Scheduler::Schedule').map(({ Properties }) => Properties);
    const wanted = contextDefinitions.flatMap(({ scheduled }) =>
      scheduled.map(({ at: { day = '*', hour } }) => `cron(0 ${hour} ${day} * ? *)`),
    );

    expect(schedules.map(({ ScheduleExpression }) => String(ScheduleExpression)).sort()).toEqual(
      wanted.sort(),
    );
    for (const { ScheduleExpressionTimezone, State, Target } of schedules) {
      expect(ScheduleExpressionTimezone).toBe('Asia/Shanghai');
      expect(State).toBe(environment.scheduledRuns ? 'ENABLED' : 'DISABLED');
      expect(Target?.Input).toBe('{"scheduledTime":"<aws.scheduler.scheduled-time>"}');
    }
  });

  it('let tables, files, key and logs outlive their stack where data is kept, and pin what must not be replaced', () => {
    const holding = ofType(resources, 'DynamoDB::GlobalTable', 'S3::Bucket', 'KMS::Key', 'Logs::LogGroup');
    const tables = ofType(resources, 'DynamoDB::GlobalTable');

    for (const { DeletionPolicy } of holding)
      expect(DeletionPolicy).toBe(environment.keepsData ? 'Retain' : 'Delete');
    expect(tables).toHaveLength(contextDefinitions.length);
    for (const { Properties } of tables) {
      const replica = listIn(Properties.Replicas)[0];
      expect(replica?.DeletionProtectionEnabled).toBe(environment.keepsData);
      expect(replica?.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    }
    // A table under another logical id is a new, empty table.
    expect(
      holding
        .filter(({ Type }) => !Type.includes('LogGroup'))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(
      [
        ...contextDefinitions.map(({ context }) => `huimin-${name}-${context}/TableCD117FA1`),
        ...contextDefinitions
          .filter(({ keepsFiles }) => keepsFiles)
          .map(({ context }) => `huimin-${name}-${context}/ObjectsA92BA4F1`),
        `huimin-${name}-platform/Handover7FE7ED92`,
        `huimin-${name}-platform/Key961B73FD`,
      ].sort(),
    );
  });

  it('name no other partition, import nothing from each other and stay below 500 resources a stack', () => {
    const foreign = environment.partition === 'aws' ? 'arn:aws-cn:' : 'arn:aws:';

    for (const template of templates.values()) {
      const text = JSON.stringify(template);
      expect(text).not.toContain(foreign);
      expect(text).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput|"Outputs"/);
      expect(Object.keys(template.Resources).length).toBeLessThan(500);
    }
  });

  it('are the same bytes when synthesised again', () => {
    const again = synthesiseForTest(name);
    rmSync(again.folder, { recursive: true });

    expect(JSON.stringify([...again.templates])).toBe(JSON.stringify([...templates]));
  });
});
