import { Alias, type IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Environment, nameIn, platformNames } from '../environments.ts';
import { removalOf } from './deployment.ts';

/** Uploads are read within minutes and hold whole rosters in the clear; what came of them is in the table. */
const UPLOAD_DAYS = 90;
/** How long an overwritten version can be brought back. */
const OLD_VERSION_DAYS = 90;

/** What one context has told another about persons is taken within minutes; a consumer that was wrong may take it again. */
const HANDOVER_DAYS = 90;

/** Under the platform's key and reachable over TLS only. Bucket names are one namespace for all accounts. */
const sealedBucket = (
  scope: Construct,
  environment: Environment,
  id: string,
  bucketName: string,
  encryptionKey: IKey,
  lifecycleRules: readonly LifecycleRule[],
): Bucket =>
  new Bucket(scope, id, {
    bucketName,
    encryption: BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      ...lifecycleRules,
      { id: 'old-versions', noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS) },
      { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
    removalPolicy: removalOf(environment),
  });

/**
 * The files of a context. The officers' page puts files by links that were signed for one file each; where a page came from
 * says nothing more, so any may try.
 */
export const contextBucket = (scope: Construct, environment: Environment, context: string): Bucket => {
  const bucket = sealedBucket(
    scope,
    environment,
    'Objects',
    nameIn(environment, context, environment.account),
    Alias.fromAliasName(scope, 'Key', platformNames(environment).keyAlias),
    [{ id: 'uploads', prefix: 'uploads/', expiration: Duration.days(UPLOAD_DAYS) }],
  );
  bucket.addCorsRule({
    allowedMethods: [HttpMethods.PUT],
    allowedOrigins: ['*'],
    allowedHeaders: ['content-type'],
  });
  return bucket;
};

/** Where contexts hand each other what an event must not say. */
export const handoverBucket = (scope: Construct, environment: Environment, key: IKey): Bucket =>
  sealedBucket(scope, environment, 'Handover', platformNames(environment).handoverBucket, key, [
    { id: 'taken', expiration: Duration.days(HANDOVER_DAYS) },
  ]);
