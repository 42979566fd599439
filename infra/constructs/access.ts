import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { TableDefinition } from '../../shared/table.ts';
import { type Environment, nameIn, platformNames } from '../environments.ts';

/** What a function may be given; its bundle shows which it uses, and a test compares the two. */
export type Need =
  | 'table'
  | 'seals'
  | 'objects'
  | 'bus'
  | 'shardQueue'
  | 'giveHandover'
  | 'takeHandover'
  | 'incomeChecks'
  | 'page'
  | 'deadLetters';

/** The permission and the variable that tells of it, made by one call so that they cannot disagree. */
export type Access = {
  readonly variables: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
};

export const allow = (
  actions: string[],
  resources: string[],
  conditions: NonNullable<PolicyStatementProps['conditions']> = {},
): PolicyStatement => new PolicyStatement({ actions, resources, conditions });

/**
 * The table and its indexes. No scan, which costs what the whole table holds; and deletion only in partitions that match
 * `deletable`, so that no function can take away an event, which is the audit trail, or a payment.
 */
export const tableAccess = (
  table: TableV2,
  { indexes }: TableDefinition,
  deletable: readonly string[],
): Access => ({
  variables: { TABLE_NAME: table.tableName },
  statements: [
    allow(
      [
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      [table.tableArn],
    ),
    ...(deletable.length > 0
      ? [
          allow(['dynamodb:DeleteItem'], [table.tableArn], {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': deletable },
          }),
        ]
      : []),
    allow(
      ['dynamodb:Query'],
      Object.keys(indexes).map((index) => `${table.tableArn}/index/${index}`),
    ),
  ],
});

/**
 * The platform's key, whose id another stack made: the statement names all keys of the account, its condition only the one
 * that carries our alias, and that for data keys which were made for `owner`.
 */
const keyUse = (environment: Environment, ownerContext: string, owner: string): PolicyStatement => {
  const { partition, region, account } = environment;
  return allow(['kms:Decrypt', 'kms:GenerateDataKey'], [`arn:${partition}:kms:${region}:${account}:key/*`], {
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': platformNames(environment).keyAlias },
    StringEquals: { [`kms:EncryptionContext:${ownerContext}`]: owner },
  });
};

/** Data keys for sealed fields. The keyring wraps them with the table's name, so one context cannot open another's. */
export const sealsAccess = (environment: Environment, tableName: string): Access => ({
  variables: { KEY_ID: platformNames(environment).keyAlias },
  statements: [keyUse(environment, 'table', tableName)],
});

/**
 * Reading and writing objects, never deleting them. Listing is allowed because S3 answers 403 instead of 404 for a missing
 * object to those who may not list. With bucket keys, S3 wraps data keys with the bucket's ARN.
 */
export const objectsAccess = (environment: Environment, bucket: Bucket): Access => ({
  variables: { BUCKET_NAME: bucket.bucketName },
  statements: [
    allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('*')]),
    allow(['s3:ListBucket'], [bucket.bucketArn]),
    keyUse(environment, 'aws:s3:arn', bucket.bucketArn),
  ],
});

/** What contexts tell each other about persons: one side may only put, the other only get (ADR 0010). */
export const handoverAccess = (
  environment: Environment,
  bucket: IBucket,
  action: 's3:PutObject' | 's3:GetObject',
): Access => ({
  variables: { HANDOVER_BUCKET_NAME: bucket.bucketName },
  statements: [
    allow([action], [bucket.arnForObjects('*')]),
    ...(action === 's3:GetObject' ? [allow(['s3:ListBucket'], [bucket.bucketArn])] : []),
    keyUse(environment, 'aws:s3:arn', bucket.bucketArn),
  ],
});

export const busAccess = (bus: IEventBus): Access => ({
  variables: { BUS_NAME: bus.eventBusName },
  statements: [allow(['events:PutEvents'], [bus.eventBusArn])],
});

/** Who answers income checks in this environment; knowing it needs no permission. */
export const incomeChecksAccess = ({ incomeChecks }: Environment): Access => ({
  variables: { INCOME_CHECKS: incomeChecks },
  statements: [],
});

/** Sending to a queue whose URL stands in `variable`. */
export const sendAccess = (queue: IQueue, variable: string): Access => ({
  variables: { [variable]: queue.queueUrl },
  statements: [allow(['sqs:SendMessage'], [queue.queueArn])],
});

/**
 * Counting what lies in the dead letters of all contexts: `DEAD_LETTERS` names the functions, `QUEUE_PREFIX` begins the name
 * of each queue. Messages themselves cannot be read.
 */
export const deadLettersAccess = (environment: Environment, functions: readonly string[]): Access => {
  const { partition, region, account } = environment;
  return {
    variables: { DEAD_LETTERS: functions.join(','), QUEUE_PREFIX: nameIn(environment) },
    statements: [
      allow(
        ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
        [`arn:${partition}:sqs:${region}:${account}:${nameIn(environment)}-*-dead-letters`],
      ),
    ],
  };
};

/** What Lambda does with a queue in the name of the function it feeds. */
export const queueSource = (queue: IQueue): readonly PolicyStatement[] => [
  allow(
    [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ],
    [queue.queueArn],
  ),
];

/** The same for a table's stream, and for the queue that takes what left the stream unrelayed. */
export const streamSource = (streamArn: string, failures: IQueue): readonly PolicyStatement[] => [
  allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    [streamArn],
  ),
  allow(['sqs:SendMessage'], [failures.queueArn]),
];
