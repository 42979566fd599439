import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type App, Arn, Duration, type Stack } from 'aws-cdk-lib/core';
import { disbursementTable } from '../../functions/disbursement/table.ts';
import {
  type Access,
  busAccess,
  type Need,
  objectsAccess,
  sealsAccess,
  sendAccess,
  tableAccess,
} from '../constructs/access.ts';
import { alarmOver, errorsLogged, METRIC_NAMESPACE } from '../constructs/alarm.ts';
import { contextBucket } from '../constructs/bucket.ts';
import { type Deployment, stackOf } from '../constructs/deployment.ts';
import { httpApi } from '../constructs/http-api.ts';
import { type LambdaDefinition, lambda } from '../constructs/lambda.ts';
import { type Inbox, inbox, workOff } from '../constructs/queue.ts';
import { relayFrom } from '../constructs/relay.ts';
import { scheduleMonthly } from '../constructs/scheduled.ts';
import { subscribe } from '../constructs/subscription.ts';
import { contextTable } from '../constructs/table.ts';
import { type Environment, nameIn, platformNames } from '../environments.ts';
import { eventRelay, operations, scheduled, shardPlanner, subscribers } from './disbursement-functions.ts';

const { context } = disbursementTable;

/** Who claims for a person ends with the entitlement; nothing else in this table is ever deleted. */
const DELETABLE = ['CLAIM#*'];

const deploymentIn = (stack: Stack, environment: Environment, bundles: string): Deployment => ({
  environment,
  context,
  bundles,
  alarmTopic: Topic.fromTopicArn(
    stack,
    'Alarms',
    Arn.format({ service: 'sns', resource: platformNames(environment).alarmTopic }, stack),
  ),
});

const watchContext = (stack: Stack, deployment: Deployment): void => {
  const { environment, alarmTopic } = deployment;
  const { metricNamespace: namespace, metricName } = errorsLogged(deployment);
  alarmOver(stack, environment, alarmTopic, {
    name: `${context}-errors-logged`,
    meaning:
      'A function logged an error: a failed request or message, or sums that do not agree. Search the logs for level "error".',
    metric: new Metric({ namespace, metricName, statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
  });
  alarmOver(stack, environment, alarmTopic, {
    name: `${context}-runs-not-closed`,
    meaning: 'On the 10th, runs of the month are not closed: files or returns are outstanding.',
    metric: new Metric({
      namespace: METRIC_NAMESPACE,
      metricName: 'RunsNotClosed',
      dimensionsMap: { context },
      statistic: 'Maximum',
      period: Duration.days(1),
    }),
    threshold: 1,
  });
};

/** Payments: the table, the stored files, the HTTP API, and the functions between them. `bundles` is the bundler's folder. */
export const disbursementStack = (app: App, environment: Environment, bundles: string): Stack => {
  const stack = stackOf(app, environment, context, 'Huimin: subsidy runs, bank files and returns.');
  const deployment = deploymentIn(stack, environment, bundles);
  const bus = EventBus.fromEventBusName(stack, 'Bus', platformNames(environment).bus);
  const table = contextTable(stack, environment, disbursementTable);
  const bucket = contextBucket(stack, environment, context);
  const inboxOf = ({ name, timeoutSeconds }: LambdaDefinition): Inbox =>
    inbox(stack, deployment, name, timeoutSeconds);
  const shards = inboxOf(shardPlanner);
  const access: Readonly<Record<Need, Access>> = {
    table: tableAccess(table, disbursementTable, DELETABLE),
    seals: sealsAccess(environment, nameIn(environment, context)),
    objects: objectsAccess(environment, bucket),
    bus: busAccess(bus),
    shardQueue: sendAccess(shards.queue, 'SHARD_QUEUE_URL'),
  };
  const create = (definition: LambdaDefinition): LambdaFunction =>
    lambda(stack, deployment, definition, access);

  httpApi(
    stack,
    deployment,
    operations.map((operation) => ({ route: operation.route, fn: create(operation) })),
  );
  relayFrom(stack, deployment, eventRelay.name, create(eventRelay), table);
  workOff(create(shardPlanner), shards, shardPlanner);
  for (const subscriber of subscribers) {
    const events = inboxOf(subscriber);
    subscribe(stack, deployment, bus, subscriber.on, events, subscriber.name);
    workOff(create(subscriber), events, subscriber);
  }
  for (const definition of scheduled) {
    scheduleMonthly(stack, deployment, definition.name, create(definition), definition.monthly);
  }
  watchContext(stack, deployment);
  return stack;
};
