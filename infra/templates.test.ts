import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import * as disbursementEvents from '../events/disbursement.ts';
import { disbursementRoutes } from '../functions/disbursement/routes.ts';
import { synthesise } from './app.ts';
import { functionsOfContexts } from './bundle.ts';
import { type EnvironmentName, environments, isEnvironmentName } from './environments.ts';
import { readAssembly } from './local/assembly/assembly.ts';

/** A template as JSON; the tests below walk through all of it, so that a new resource meets the same rules. */
type Tree = { readonly [name: string]: Tree } & { readonly length?: number };
type Resource = {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Tree;
  readonly DeletionPolicy?: string;
};
type Statement = {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
};

// The library's own template rules take seconds; `npm run synth` runs them.
vi.stubEnv('CDK_VALIDATION', 'false');
const folder = mkdtempSync(join(tmpdir(), 'huimin-templates-'));
afterAll(() => rmSync(folder, { recursive: true }));

// What is in a bundle changes nothing in a template but the bundle's hash.
const bundles = join(folder, 'bundles');
for (const [context, functions] of Object.entries(functionsOfContexts)) {
  for (const { name } of functions) {
    mkdirSync(join(bundles, context, name), { recursive: true });
    writeFileSync(join(bundles, context, name, 'index.js'), `exports.handler = () => '${name}';`);
  }
}

const templatesOf = (name: EnvironmentName, outdir: string) =>
  new Map(
    synthesise(name, join(folder, outdir), bundles).stacks.map(({ stackName, template }) => [
      stackName,
      template,
    ]),
  );
const resourcesOf = (template: { readonly Resources: Record<string, Omit<Resource, 'id'>> }): Resource[] =>
  Object.entries(template.Resources).map(([id, resource]) => ({ ...resource, id }));

const names = Object.keys(environments).filter(isEnvironmentName);
const synthesised = Object.fromEntries(names.map((name) => [name, templatesOf(name, name)]));
const inEnvironment = (name: EnvironmentName): Resource[] =>
  [...(synthesised[name]?.values() ?? [])].flatMap(resourcesOf);
const ofType = (resources: readonly Resource[], type: string) =>
  resources.filter(({ Type }) => Type === `AWS::${type}`);
/** The logical id behind a `Ref` or `Fn::GetAtt`. */
const target = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0] ?? '';
};
const listIn = (value: Tree | undefined) => (value ?? []) as unknown as readonly Tree[];
const each = names.map((name) => [name, inEnvironment(name)] as const);

describe.each(each)('the stacks of %s', (name, resources) => {
  const environment = environments[name];
  const functions = ofType(resources, 'Lambda::Function');
  const queues = ofType(resources, 'SQS::Queue');
  const alarmedOn = (metric: string) =>
    new Set(
      ofType(resources, 'CloudWatch::Alarm')
        .filter(({ Properties }) => (Properties.MetricName as unknown) === metric)
        .flatMap(({ Properties }) =>
          (Properties.Dimensions as unknown as { Value: unknown }[]).map((d) => target(d.Value)),
        ),
    );

  it('are exactly the functions the bundler builds, one for each route and consumer', () => {
    const built = Object.entries(functionsOfContexts).flatMap(([context, all]) =>
      all.map((each) => `huimin-${name}-${context}-${each.name}`),
    );

    expect(functions.map(({ Properties }) => String(Properties.FunctionName)).sort()).toEqual(built.sort());
    for (const functionName of built) expect(functionName.length).toBeLessThanOrEqual(64);
  });

  it('give every function arm64, Node 24, a role and a log of its own, and an alarm', () => {
    const roles = functions.map(({ Properties }) => target(Properties.Role));
    const logs = functions.map(({ Properties }) => target(Properties.LoggingConfig?.LogGroup));

    expect(new Set(roles).size).toBe(functions.length);
    expect(new Set(logs).size).toBe(functions.length);
    for (const { id, Properties } of functions) {
      expect(Properties.Architectures).toEqual(['arm64']);
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(alarmedOn('Errors')).toContain(id);
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

  it('serve every route by its own function behind the authorizer of the issuer', () => {
    const integrations = ofType(resources, 'ApiGatewayV2::Integration');
    const authorizer = ofType(resources, 'ApiGatewayV2::Authorizer')[0];
    const served = ofType(resources, 'ApiGatewayV2::Route').map(({ Properties }) => {
      const integration = integrations.find(({ id }) =>
        JSON.stringify(Properties.Target).includes(`"${id}"`),
      );
      const fn = functions.find(({ id }) => id === target(integration?.Properties.IntegrationUri));
      expect(Properties.AuthorizationType).toBe('JWT');
      expect(target(Properties.AuthorizerId)).toBe(authorizer?.id);
      return `${Properties.RouteKey} ${fn?.Properties.FunctionName}`;
    });
    const kebab = (id: string) => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

    expect(served.sort()).toEqual(
      disbursementRoutes
        .map(
          ({ method, path, operationId }) =>
            `${method.toUpperCase()} ${path} huimin-${name}-disbursement-${kebab(operationId)}`,
        )
        .sort(),
    );
    expect(authorizer?.Properties.JwtConfiguration).toEqual({
      Audience: [environment.audience],
      Issuer: environment.issuer,
    });
  });

  it('start the month by themselves only where the environment says so, on the clock of Shanghai', () => {
    const schedules = ofType(resources, 'Scheduler::Schedule').map(({ Properties }) => Properties);

    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual([
      'cron(0 1 1 * ? *)',
      'cron(0 18 10 * ? *)',
    ]);
    for (const { ScheduleExpressionTimezone, State, Target } of schedules) {
      expect(ScheduleExpressionTimezone).toBe('Asia/Shanghai');
      expect(State).toBe(environment.scheduledRuns ? 'ENABLED' : 'DISABLED');
      expect(Target?.Input).toBe('{"scheduledTime":"<aws.scheduler.scheduled-time>"}');
    }
  });

  it('let table, files, key and logs outlive their stack where data is kept, and pin what must not be replaced', () => {
    const holding = ['DynamoDB::GlobalTable', 'S3::Bucket', 'KMS::Key', 'Logs::LogGroup'].flatMap((type) =>
      ofType(resources, type),
    );
    const table = ofType(resources, 'DynamoDB::GlobalTable')[0];
    const replica = listIn(table?.Properties.Replicas)[0];

    for (const { DeletionPolicy } of holding)
      expect(DeletionPolicy).toBe(environment.keepsData ? 'Retain' : 'Delete');
    expect(replica?.DeletionProtectionEnabled).toBe(environment.keepsData);
    expect(replica?.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    // A table under another logical id is a new, empty table.
    expect(holding.filter(({ Type }) => !Type.includes('LogGroup')).map(({ id }) => id)).toEqual([
      'TableCD117FA1',
      'ObjectsA92BA4F1',
      'Key961B73FD',
    ]);
  });

  it('name no other partition, import nothing from each other and stay below 500 resources a stack', () => {
    const foreign = environment.partition === 'aws' ? 'arn:aws-cn:' : 'arn:aws:';

    for (const template of synthesised[name]?.values() ?? []) {
      const text = JSON.stringify(template);
      expect(text).not.toContain(foreign);
      expect(text).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput|"Outputs"/);
      expect(resourcesOf(template).length).toBeLessThan(500);
    }
  });

  it('are the same bytes when synthesised again', () => {
    expect(JSON.stringify([...templatesOf(name, `${name}-again`)])).toBe(
      JSON.stringify([...(synthesised[name] ?? [])]),
    );
  });
});

/** Where a policy may say `*`, and why nothing narrower would do. */
const wideStatements: Readonly<
  Record<string, (action: string, resource: string, statement: Statement) => boolean>
> = {
  'X-Ray knows no resources': (action, resource) => action.startsWith('xray:Put') && resource === '"*"',
  'the key is found by its alias, which the condition checks': (action, resource, { Condition }) =>
    action.startsWith('kms:') &&
    resource.endsWith(':key/*"') &&
    JSON.stringify(Condition).includes('kms:ResourceAliases'),
  'all objects of one bucket': (action, resource) =>
    ['s3:GetObject', 's3:PutObject'].includes(action) && resource.endsWith('"Arn"]},"/*"]]}'),
  'all versions of one function': (action, resource) =>
    action === 'lambda:InvokeFunction' && resource.endsWith('"Arn"]},":*"]]}'),
};

describe('permissions', () => {
  const statements = ofType(inEnvironment('production'), 'IAM::Policy').flatMap(
    ({ Properties }) => Properties.PolicyDocument?.Statement as unknown as Statement[],
  );

  it('name their actions and resources; every exception is listed with its reason and used', () => {
    const used = new Set<string>();
    for (const statement of statements) {
      for (const action of [statement.Action].flat()) {
        expect(action).not.toContain('*');
        for (const resource of [statement.Resource].flat().map((each) => JSON.stringify(each))) {
          if (!resource.includes('*')) continue;
          const reason = Object.keys(wideStatements).find((key) =>
            wideStatements[key]?.(action, resource, statement),
          );
          expect(reason, `${action} on ${resource}`).toBeDefined();
          used.add(reason ?? '');
        }
      }
    }
    expect([...used].sort()).toEqual(Object.keys(wideStatements).sort());
  });

  it('let nobody delete anything but claims, or scan', () => {
    for (const { Action, Condition } of statements) {
      const actions = [Action].flat();
      expect(actions).not.toContain('dynamodb:Scan');
      expect(actions).not.toContain('s3:DeleteObject');
      if (actions.includes('dynamodb:DeleteItem')) {
        expect(Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CLAIM#*'] } });
      }
    }
  });
});

/** Announced for the audit trail, for reports and for contexts to come; nothing consumes them yet. */
const external = new Set<string>([
  'ApprovalGiven',
  'EntitlementsRecorded',
  'FilesIssued',
  'LedgerEntryRecorded',
  'LineDecided',
  'PersonalDataShown',
  'ReturnImported',
  'ReturnsApplied',
  'RosterImported',
  'RosterRefused',
  'RowResolved',
  'RunClosed',
  'RunPlanned',
  'RunRejected',
  'ShardPlanned',
  'SupplementPrepared',
]);

describe('events', () => {
  const rules = ofType(inEnvironment('production'), 'Events::Rule').map(
    ({ Properties }) => Properties.EventPattern,
  );

  it.each(Object.entries(disbursementEvents))(
    '%s has a rule or is listed as external, not both',
    (name, event) => {
      const patterns = rules.filter(
        (rule) => JSON.stringify(rule?.['detail-type']) === JSON.stringify([event.type]),
      );

      expect(patterns.length > 0).not.toBe(external.has(name));
      for (const pattern of patterns) expect(pattern?.source).toEqual([event.source]);
    },
  );

  it('leave the table through a filter that passes nothing but new event items, and are retried until they are too old', () => {
    const relay = ofType(inEnvironment('production'), 'Lambda::EventSourceMapping').find(
      ({ Properties }) => Properties.StartingPosition,
    );

    expect(relay?.Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
    });
    expect(relay?.Properties.MaximumRetryAttempts).toBeUndefined();
    expect(JSON.parse(String(listIn(relay?.Properties.FilterCriteria?.Filters)[0]?.Pattern))).toEqual({
      eventName: ['INSERT'],
      dynamodb: { NewImage: { kind: { S: ['event'] } } },
    });
  });
});

describe('the environment local', () => {
  it('holds nothing the local cloud cannot run', () => {
    const assembly = readAssembly(
      join(folder, 'local'),
      (account, queue) => `http://127.0.0.1:8787/${account}/${queue}`,
    );

    expect(assembly.ofType('AWS::Lambda::Function')).toHaveLength(
      functionsOfContexts.disbursement?.length ?? 0,
    );
  });
});
