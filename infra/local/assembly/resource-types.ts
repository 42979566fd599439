import * as z from 'zod';
import type { JsonObject } from '../aws-service.ts';

/** Properties that steer what a deployed account does and this machine has no use for. */
const ignored = <const N extends string>(...names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<
    N,
    z.ZodOptional<z.ZodUnknown>
  >;

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Index = z.object({
  IndexName: z.string(),
  KeySchema,
  Projection: z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() }),
});
const Filters = z.object({ Filters: z.array(z.object({ Pattern: z.string() })) });
const AnyProperties = z.custom<JsonObject>();
const Enabled = z.enum(['ENABLED', 'DISABLED']).default('ENABLED');

/**
 * The resource types this machine runs, each with the properties it honours. An object is strict: a property nobody thought
 * of is refused by name, so that a template never promises what the local cloud silently leaves out.
 */
export const resourceTypes = {
  'AWS::DynamoDB::GlobalTable': z.strictObject({
    TableName: z.string().optional(),
    KeySchema,
    AttributeDefinitions: z.array(
      z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
    ),
    GlobalSecondaryIndexes: z.array(Index).default([]),
    LocalSecondaryIndexes: z.array(Index).default([]),
    StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
    TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
    ...ignored(
      'BillingMode',
      'Replicas',
      'SSESpecification',
      'WriteOnDemandThroughputSettings',
      'WarmThroughput',
    ),
  }),
  // The queue engine reads these properties itself and refuses what it does not honour.
  'AWS::SQS::Queue': AnyProperties,
  'AWS::Lambda::Function': z.strictObject({
    FunctionName: z.string().optional(),
    Code: z.strictObject({ S3Bucket: z.unknown(), S3Key: z.string() }),
    Handler: z.string(),
    /** ARNs. */
    Layers: z.array(z.string()).default([]),
    Runtime: z.string().startsWith('nodejs'),
    Timeout: z.number().default(3),
    Environment: z
      .object({ Variables: z.record(z.string(), z.string()).default({}) })
      .default({ Variables: {} }),
    MemorySize: z.number().default(128),
    ...ignored(
      'Role',
      'Architectures',
      'Description',
      'LoggingConfig',
      'TracingConfig',
      'Tags',
      'KmsKeyArn',
      'RuntimeManagementConfig',
      'RecursiveLoop',
      'SnapStart',
    ),
  }),
  'AWS::Lambda::LayerVersion': z.strictObject({
    Content: z.strictObject({ S3Bucket: z.unknown(), S3Key: z.string() }),
    ...ignored('LayerName', 'Description', 'CompatibleRuntimes', 'CompatibleArchitectures', 'LicenseInfo'),
  }),
  'AWS::Lambda::EventSourceMapping': z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    BatchSize: z.number().optional(),
    Enabled: z.literal(true).default(true),
    FilterCriteria: Filters.default({ Filters: [] }),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    MaximumRetryAttempts: z.number().default(-1),
    ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
    DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
    MaximumBatchingWindowInSeconds: z.number().default(0),
    ...ignored('StartingPosition', 'BisectBatchOnFunctionError', 'Tags', 'MetricsConfig'),
    ParallelizationFactor: z.literal(1).optional(),
    MaximumRecordAgeInSeconds: z.literal(-1).optional(),
  }),
  'AWS::Events::EventBus': z.strictObject({
    Name: z.string(),
    ...ignored('Description', 'KmsKeyIdentifier', 'LogConfig', 'Tags', 'DeadLetterConfig'),
  }),
  'AWS::Events::Rule': z.strictObject({
    Name: z.string().optional(),
    EventBusName: z.string(),
    EventPattern: AnyProperties,
    State: Enabled,
    Targets: z.array(AnyProperties),
    ...ignored('Description', 'Tags'),
  }),
  'AWS::Scheduler::Schedule': z.strictObject({
    Name: z.string().optional(),
    GroupName: z.string().default('default'),
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string().default('UTC'),
    FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
    StartDate: z.string().optional(),
    EndDate: z.string().optional(),
    State: Enabled,
    Target: AnyProperties,
    ...ignored('Description', 'KmsKeyArn'),
  }),
  'AWS::S3::Bucket': z.strictObject({
    BucketName: z.string().optional(),
    ...ignored(
      'BucketEncryption',
      'PublicAccessBlockConfiguration',
      'VersioningConfiguration',
      'LifecycleConfiguration',
      'OwnershipControls',
      'ObjectLockEnabled',
      'ObjectLockConfiguration',
      'CorsConfiguration',
      'Tags',
      'LoggingConfiguration',
    ),
  }),
  'AWS::KMS::Key': z.strictObject({
    ...ignored(
      'KeyPolicy',
      'EnableKeyRotation',
      'RotationPeriodInDays',
      'Description',
      'PendingWindowInDays',
      'Enabled',
      'Tags',
    ),
    KeySpec: z.literal('SYMMETRIC_DEFAULT').optional(),
  }),
  'AWS::KMS::Alias': z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() }),
  'AWS::ApiGatewayV2::Api': z.strictObject({
    Name: z.string(),
    ProtocolType: z.literal('HTTP'),
    ...ignored('Description', 'Tags', 'DisableExecuteApiEndpoint', 'FailOnWarnings'),
  }),
  'AWS::ApiGatewayV2::Integration': z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    TimeoutInMillis: z.number().default(30_000),
    ...ignored('IntegrationMethod'),
  }),
  'AWS::ApiGatewayV2::Route': z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string(),
    AuthorizationType: z.enum(['JWT', 'NONE']).default('NONE'),
    AuthorizerId: z.string().optional(),
    AuthorizationScopes: z.array(z.string()).default([]),
    ...ignored('OperationName'),
  }),
  'AWS::ApiGatewayV2::Authorizer': z.strictObject({
    ApiId: z.string(),
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
    JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.string() }),
    Name: z.string(),
  }),
} as const;
export type RunType = keyof typeof resourceTypes;

/** Understood and left out: permissions are not enforced on one machine, and nobody is paged from it. */
export const ignoredTypes: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Archive',
  'AWS::Events::EventBusPolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
]);
