import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type App, Arn, Duration, type Stack } from 'aws-cdk-lib/core';
import { contextDefinitions } from '../contexts.ts';
import { type Environment, nameIn, platformNames } from '../environments.ts';
import {
  type Access,
  busAccess,
  deadLettersAccess,
  handoverAccess,
  incomeChecksAccess,
  type Need,
  objectsAccess,
  queueSource,
  sealsAccess,
  sendAccess,
  tableAccess,
} from './access.ts';
import { alarmOver, errorsLogged, METRIC_NAMESPACE } from './alarm.ts';
import { contextBucket } from './bucket.ts';
import { type Consumer, type ContextDefinition, eventRelay, withDeadLetters } from './context-definition.ts';
import { type Deployment, librariesOf, stackOf } from './deployment.ts';
import { httpApi } from './http-api.ts';
import { type LambdaDefinition, lambda } from './lambda.ts';
import { type Inbox, inbox, workOff } from './queue.ts';
import { relayFrom } from './relay.ts';
import { schedule } from './scheduled.ts';
import { subscribe } from './subscription.ts';
import { contextTable } from './table.ts';

const deploymentIn = (
  stack: Stack,
  environment: Environment,
  context: string,
  bundles: string,
): Deployment => ({
  environment,
  context,
  bundles,
  libraries: librariesOf(stack, bundles),
  alarmTopic: Topic.fromTopicArn(
    stack,
    'Alarms',
    Arn.format({ service: 'sns', resource: platformNames(environment).alarmTopic }, stack),
  ),
});

const watchContext = (stack: Stack, deployment: Deployment, { watched }: ContextDefinition): void => {
  const { environment, context, alarmTopic } = deployment;
  const { metricNamespace: namespace, metricName } = errorsLogged(deployment);
  alarmOver(stack, environment, alarmTopic, {
    name: `${context}-errors-logged`,
    meaning:
      'A function logged an error: a failed request or message, or sums that do not agree. Search the logs for level "error".',
    metric: new Metric({ namespace, metricName, statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
  });
  for (const { name, metric, meaning } of watched) {
    alarmOver(stack, environment, alarmTopic, {
      name: `${context}-${name}`,
      meaning,
      metric: new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: metric,
        dimensionsMap: { context },
        statistic: 'Maximum',
        period: Duration.days(1),
      }),
      threshold: 1,
    });
  }
};

const accessIn = (
  stack: Stack,
  environment: Environment,
  definition: ContextDefinition,
  shards: Inbox | undefined,
) => {
  const { context, deletable, keepsFiles } = definition;
  const bus = EventBus.fromEventBusName(stack, 'Bus', platformNames(environment).bus);
  const table = contextTable(stack, environment, definition.table);
  const bucket = keepsFiles ? contextBucket(stack, environment, context) : undefined;
  const handover = Bucket.fromBucketName(stack, 'Handover', platformNames(environment).handoverBucket);
  const missing = (need: Need) => (): Access => {
    throw new Error(`A function of ${context} needs ${need}, which the context does not have.`);
  };
  const access: Readonly<Record<Exclude<Need, 'page'>, () => Access>> = {
    table: () => tableAccess(table, definition.table, deletable),
    seals: () => sealsAccess(environment, nameIn(environment, context)),
    objects: bucket ? () => objectsAccess(environment, bucket) : missing('objects'),
    bus: () => busAccess(bus),
    shardQueue: shards ? () => sendAccess(shards.queue, 'SHARD_QUEUE_URL') : missing('shardQueue'),
    giveHandover: () => handoverAccess(environment, handover, 's3:PutObject'),
    takeHandover: () => handoverAccess(environment, handover, 's3:GetObject'),
    incomeChecks: () => incomeChecksAccess(environment),
    deadLetters: () => deadLettersAccess(environment, contextDefinitions.flatMap(withDeadLetters)),
  };
  return { bus, table, access };
};

/** The stack of a context: the table, the stored files, the HTTP API, and the functions between them. `bundles` is the bundler's folder. */
export const contextStack = (
  app: App,
  environment: Environment,
  definition: ContextDefinition,
  bundles: string,
): Stack => {
  const { context, operations, subscribers, shardWorker, scheduled } = definition;
  const stack = stackOf(app, environment, context, definition.description);
  const deployment = deploymentIn(stack, environment, context, bundles);
  const inboxOf = ({ name, timeoutSeconds }: LambdaDefinition): Inbox =>
    inbox(stack, deployment, name, timeoutSeconds);
  const shards = shardWorker && inboxOf(shardWorker);
  const { bus, table, access } = accessIn(stack, environment, definition, shards);
  const create = (each: LambdaDefinition, source: readonly PolicyStatement[] = []): LambdaFunction =>
    lambda(stack, deployment, each, { access, source });
  const workingOff = (each: Consumer, { queue, deadLetters }: Inbox): void =>
    workOff(create(each, queueSource(queue)), { queue, deadLetters }, each);

  httpApi(
    stack,
    deployment,
    operations.map((operation) => ({
      route: operation.route,
      fn: lambda(stack, deployment, operation, { access, watchedBy: 'api' }),
    })),
  );
  relayFrom(stack, deployment, eventRelay.name, (source) => create(eventRelay, source), table);
  if (shardWorker && shards) workingOff(shardWorker, shards);
  for (const subscriber of subscribers) {
    const events = inboxOf(subscriber);
    subscribe(stack, deployment, bus, subscriber.on, events, subscriber.name);
    workingOff(subscriber, events);
  }
  for (const each of scheduled) schedule(stack, deployment, each.name, create(each), each.at);
  watchContext(stack, deployment, definition);
  return stack;
};
