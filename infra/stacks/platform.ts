import { EventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { type App, Duration, type Stack } from 'aws-cdk-lib/core';
import { alarmOver } from '../constructs/alarm.ts';
import { handoverBucket } from '../constructs/bucket.ts';
import { removalOf, stackOf } from '../constructs/deployment.ts';
import { type Environment, platformNames } from '../environments.ts';

/** A consumer that was wrong for a quarter can be mended and fed its events again. */
const ARCHIVE_DAYS = 90;

/**
 * What all contexts share: the bus and its archive, the key that wraps data keys, the bucket in which contexts hand
 * each other what events must not say, and the topic of the alarms.
 */
export const platformStack = (app: App, environment: Environment): Stack => {
  const { account, alarmEmail } = environment;
  const names = platformNames(environment);
  const stack = stackOf(app, environment, 'platform', 'Huimin: event bus, key and alarm topic.');

  const bus = new EventBus(stack, 'Bus', { eventBusName: names.bus });
  bus.archive('Archive', {
    archiveName: names.bus,
    eventPattern: { account: [account] },
    retention: Duration.days(ARCHIVE_DAYS),
  });

  const key = new Key(stack, 'Key', {
    alias: names.keyAlias,
    description: 'Wraps the data keys of sealed personal fields and encrypts stored files.',
    enableKeyRotation: true,
    removalPolicy: removalOf(environment),
  });
  handoverBucket(stack, environment, key);

  const alarms = new Topic(stack, 'Alarms', { topicName: names.alarmTopic, enforceSSL: true });
  // A topic with a policy of its own no longer lets the account's alarms in by default.
  alarms.grantPublish(
    new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  if (alarmEmail) alarms.addSubscription(new EmailSubscription(alarmEmail));

  // Functions have no concurrency of their own here, so being throttled is a matter of the account.
  alarmOver(stack, environment, alarms, {
    name: 'throttles',
    meaning:
      'Functions were not started because the account used up its concurrency. Ask for a higher quota.',
    metric: LambdaFunction.metricAllThrottles({ period: Duration.minutes(5), statistic: 'Sum' }),
    threshold: 1,
  });
  return stack;
};
