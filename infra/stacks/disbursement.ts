import { type App, Arn, Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
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
import { alarmAt } from '../constructs/alarm.ts';
import { contextBucket } from '../constructs/bucket.ts';
import type { Deployment } from '../constructs/deployment.ts';
import { httpApi } from '../constructs/http-api.ts';
import { type LambdaDefinition, lambda } from '../constructs/lambda.ts';
import { inbox, workOff } from '../constructs/queue.ts';
import { relayFrom } from '../constructs/relay.ts';
import { scheduleMonthly } from '../constructs/scheduled.ts';
import { subscribe } from '../constructs/subscription.ts';
import { contextTable } from '../constructs/table.ts';
import { type Environment, nameIn } from '../environments.ts';
import { eventRelay, operations, scheduled, shardPlanner, subscribers } from './disbursement-functions.ts';
import { platformNames } from './platform.ts';

const { context } = disbursementTable;

/** Payments: the table, the stored files, the HTTP API, and the functions between them. `bundles` is the bundler's folder. */
export const disbursementStack = (app: App, environment: Environment, bundles: string): Stack => {
  const { account, region, keepsData } = environment;
  const names = platformNames(environment);
  const stack = new Stack(app, nameIn(environment, context), {
    env: { account, region },
    description: 'Huimin: subsidy runs, bank files and returns.',
    tags: { project: 'huimin', environment: environment.name, agency: environment.agency.creditCode },
    terminationProtection: keepsData,
  });
  const deployment: Deployment = {
    environment,
    context,
    bundles,
    alarmTopic: Topic.fromTopicArn(
      stack,
      'Alarms',
      Arn.format({ service: 'sns', resource: names.alarmTopic }, stack),
    ),
  };

  const bus = EventBus.fromEventBusName(stack, 'Bus', names.bus);
  const table = contextTable(stack, environment, disbursementTable);
  const shards = inbox(stack, deployment, shardPlanner.name, shardPlanner.timeoutSeconds);
  const access: Readonly<Record<Need, Access>> = {
    table: tableAccess(table, disbursementTable),
    seals: sealsAccess(environment, nameIn(environment, context)),
    objects: objectsAccess(environment, contextBucket(stack, environment, context)),
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
    const events = inbox(stack, deployment, subscriber.name, subscriber.timeoutSeconds);
    subscribe(stack, deployment, bus, subscriber.on, events, subscriber.name);
    workOff(create(subscriber), events, subscriber);
  }
  for (const definition of scheduled) {
    scheduleMonthly(stack, deployment, definition.name, create(definition), definition.monthly);
  }
  alarmAt(stack, deployment, {
    name: 'runs-not-closed',
    meaning: 'On the 10th, runs of the month are not closed: files or returns are outstanding.',
    metric: new Metric({
      namespace: 'Huimin',
      metricName: 'RunsNotClosed',
      dimensionsMap: { context },
      statistic: 'Maximum',
      period: Duration.days(1),
    }),
    threshold: 1,
  });
  return stack;
};
