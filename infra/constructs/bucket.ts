import { Alias } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Environment, nameIn, platformNames } from '../environments.ts';
import { removalOf } from './deployment.ts';

/** Uploads are read within minutes and hold whole rosters in the clear; what came of them is in the table. */
const UPLOAD_DAYS = 90;
/** How long an overwritten version can be brought back. */
const OLD_VERSION_DAYS = 90;

/** The files of a context, under the platform's key and reachable over TLS only. Bucket names are one namespace for all accounts. */
export const contextBucket = (scope: Construct, environment: Environment, context: string): Bucket =>
  new Bucket(scope, 'Objects', {
    bucketName: nameIn(environment, context, environment.account),
    encryption: BucketEncryption.KMS,
    encryptionKey: Alias.fromAliasName(scope, 'Key', platformNames(environment).keyAlias),
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      { id: 'uploads', prefix: 'uploads/', expiration: Duration.days(UPLOAD_DAYS) },
      { id: 'old-versions', noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS) },
      { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
    removalPolicy: removalOf(environment),
  });
