import { Aws } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { TableDefinition } from '../../shared/table.ts';
import type { Environment } from '../environments.ts';
import { platformNames } from '../stacks/platform.ts';

/** What a function may be given; its bundle shows which it uses, and a test compares the two. */
export type Need = 'table' | 'seals' | 'objects' | 'bus' | 'shardQueue';

/** The permission and the variable that tells of it, made by one call so that they cannot disagree. */
export type Access = {
  readonly variables: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
};

const allow = (
  actions: string[],
  resources: string[],
  conditions: Record<string, Record<string, string>> = {},
): PolicyStatement => new PolicyStatement({ actions, resources, conditions });

/** The table and its indexes: no scan, which costs what the table holds, and no deletion, because event items are the audit trail. */
export const tableAccess = (table: TableV2, definition: TableDefinition): Access => ({
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
    allow(
      ['dynamodb:Query'],
      Object.keys(definition.indexes).map((index) => `${table.tableArn}/index/${index}`),
    ),
  ],
});

/**
 * The platform's key, whose id another stack made: a policy names all keys of the account and its condition only those that
 * carry our alias.
 */
const keyUse = (
  { region, account, partition, ...environment }: Environment,
  actions: string[],
  conditions: Readonly<Record<string, string>>,
): PolicyStatement =>
  allow(actions, [`arn:${partition}:kms:${region}:${account}:key/*`], {
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': platformNames(environment).keyAlias },
    StringEquals: { ...conditions },
  });

/** Data keys of one context only: KMS checks the table's name, which is authenticated with each of them. */
export const sealsAccess = (environment: Environment, tableName: string): Access => ({
  variables: { KEY_ID: platformNames(environment).keyAlias },
  statements: [
    keyUse(environment, ['kms:Decrypt', 'kms:GenerateDataKey'], { 'kms:EncryptionContext:table': tableName }),
  ],
});

/**
 * Reading and writing objects, never deleting them. Listing is allowed because S3 answers 403 instead of 404 for a missing
 * object to those who may not list.
 */
export const objectsAccess = (environment: Environment, bucket: Bucket): Access => ({
  variables: { BUCKET_NAME: bucket.bucketName },
  statements: [
    allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('*')]),
    allow(['s3:ListBucket'], [bucket.bucketArn]),
    keyUse(environment, ['kms:Decrypt', 'kms:GenerateDataKey'], {
      'kms:ViaService': `s3.${environment.region}.${Aws.URL_SUFFIX}`,
    }),
  ],
});

export const busAccess = (bus: IEventBus): Access => ({
  variables: { BUS_NAME: bus.eventBusName },
  statements: [allow(['events:PutEvents'], [bus.eventBusArn])],
});

/** Sending to a queue under the variable `variable`. */
export const sendAccess = (queue: IQueue, variable: string): Access => ({
  variables: { [variable]: queue.queueUrl },
  statements: [allow(['sqs:SendMessage'], [queue.queueArn])],
});
