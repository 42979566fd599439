import { type App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { type Environment, nameIn } from '../environments.ts';

/** By these names the other stacks find what all contexts share. */
export const platformNames = (environment: Pick<Environment, 'name'>) => ({
  bus: nameIn(environment),
  keyAlias: `alias/${nameIn(environment)}`,
  alarmTopic: nameIn(environment, 'alarms'),
});

/** A consumer that was wrong for a quarter can be mended and fed its events again. */
const ARCHIVE_DAYS = 90;

/** What all contexts share: the bus and its archive, the key that wraps data keys, and the topic of the alarms. */
export const platformStack = (app: App, environment: Environment): Stack => {
  const { account, region, keepsData, alarmEmail } = environment;
  const names = platformNames(environment);
  const stack = new Stack(app, nameIn(environment, 'platform'), {
    env: { account, region },
    description: 'Huimin: event bus, key and alarm topic.',
    tags: { project: 'huimin', environment: environment.name, agency: environment.agency.creditCode },
    terminationProtection: keepsData,
  });

  const bus = new EventBus(stack, 'Bus', { eventBusName: names.bus });
  bus.archive('Archive', {
    archiveName: names.bus,
    eventPattern: { account: [account] },
    retention: Duration.days(ARCHIVE_DAYS),
  });

  new Key(stack, 'Key', {
    alias: names.keyAlias,
    description: 'Wraps the data keys of sealed personal fields and encrypts stored files.',
    enableKeyRotation: true,
    removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });

  const alarms = new Topic(stack, 'Alarms', { topicName: names.alarmTopic, enforceSSL: true });
  // A topic with a policy of its own no longer lets the account's alarms in by default.
  alarms.grantPublish(
    new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  if (alarmEmail) alarms.addSubscription(new EmailSubscription(alarmEmail));
  return stack;
};
