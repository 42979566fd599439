import type { JsonObject } from '../aws-service.ts';

/** Where a stack is deployed to; on one machine it only shapes ARNs. */
export type Deployment = { readonly partition: string; readonly account: string; readonly region: string };

export const deploymentIn = (account: string, region: string): Deployment => ({
  partition: region.startsWith('cn-') ? 'aws-cn' : 'aws',
  account,
  region,
});

/** The part of an ARN after the account, by resource type; types without one here are known by name only. */
const arnTails: Readonly<Record<string, (name: string) => readonly [service: string, tail: string]>> = {
  'AWS::DynamoDB::GlobalTable': (name) => ['dynamodb', `table/${name}`],
  'AWS::SQS::Queue': (name) => ['sqs', name],
  'AWS::Lambda::Function': (name) => ['lambda', `function:${name}`],
  // Every deployment makes a version of its own; here there is one.
  'AWS::Lambda::LayerVersion': (name) => ['lambda', `layer:${name}:1`],
  'AWS::Events::EventBus': (name) => ['events', `event-bus/${name}`],
  'AWS::Events::Rule': (name) => ['events', `rule/${name}`],
  'AWS::Events::Archive': (name) => ['events', `archive/${name}`],
  'AWS::Scheduler::Schedule': (name) => ['scheduler', `schedule/default/${name}`],
  'AWS::Scheduler::ScheduleGroup': (name) => ['scheduler', `schedule-group/${name}`],
  'AWS::KMS::Key': (name) => ['kms', `key/${name}`],
  'AWS::Logs::LogGroup': (name) => ['logs', `log-group:${name}:*`],
  'AWS::CloudWatch::Alarm': (name) => ['cloudwatch', `alarm:${name}`],
  'AWS::SNS::Topic': (name) => ['sns', name],
};

/** The ARN of a resource; refuses types whose ARN nobody here needs yet. */
export const arnOf = (type: string, name: string, { partition, account, region }: Deployment): string => {
  // Roles live in no region, buckets in no account either.
  if (type === 'AWS::IAM::Role') return `arn:${partition}:iam::${account}:role/${name}`;
  if (type === 'AWS::S3::Bucket') return `arn:${partition}:s3:::${name}`;
  const tail = arnTails[type]?.(name);
  if (!tail) throw new Error(`The ARN of ${type} ${name} is not known here.`);
  return `arn:${partition}:${tail[0]}:${region}:${account}:${tail[1]}`;
};

const nameProperties = [
  'TableName',
  'QueueName',
  'FunctionName',
  'BucketName',
  'AliasName',
  'LogGroupName',
  'TopicName',
  'RoleName',
  'AlarmName',
];
/** `Name` is the resource's own name for these; for others (an API, an authorizer) it is only a label. */
const namedByName = [
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
];

/** Which property gives a resource its physical name, if its template names it at all. */
export const namePropertyOf = (type: string, properties: JsonObject): string | undefined =>
  namedByName.includes(type) && properties.Name !== undefined
    ? 'Name'
    : nameProperties.find((property) => properties[property] !== undefined);

/** The last part of an ARN, which for all types used here is the resource's name. */
export const nameInArn = (arn: string): string =>
  arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
