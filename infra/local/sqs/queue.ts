import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { describeIssues } from '../wire/input.ts';

/** CloudFormation parameters and `Fn::Join` turn numbers into strings. */
const whole = (lowest: number, highest: number) => z.coerce.number().int().min(lowest).max(highest);

const RedrivePolicy = z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: whole(1, 1000) });

/** Since August 2025 a message may have 1 MiB, attributes included. */
export const LARGEST_MESSAGE = 1_048_576;

/** What of `AWS::SQS::Queue` is understood; an unknown property is refused, since ignoring it would promise what is not kept. */
const QueueProperties = z.strictObject({
  QueueName: z
    .string()
    .regex(/^[\w-]{1,80}$/, 'a standard queue is named by 1 to 80 letters, digits, - and _'),
  VisibilityTimeout: whole(0, 43_200).default(30),
  MessageRetentionPeriod: whole(60, 1_209_600).default(345_600),
  DelaySeconds: whole(0, 900).default(0),
  ReceiveMessageWaitTimeSeconds: whole(0, 20).default(0),
  MaximumMessageSize: whole(1024, LARGEST_MESSAGE).default(LARGEST_MESSAGE),
  RedrivePolicy: RedrivePolicy.optional(),
  FifoQueue: z.literal([false, 'false'], 'FIFO queues are not emulated').optional(),
  // These have no effect on one machine: who may move messages, encryption at rest, and bookkeeping.
  RedriveAllowPolicy: z.unknown().optional(),
  KmsMasterKeyId: z.unknown().optional(),
  KmsDataKeyReusePeriodSeconds: z.unknown().optional(),
  SqsManagedSseEnabled: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** The properties of an `AWS::SQS::Queue` with every reference resolved. */
export type QueueDefinition = z.input<typeof QueueProperties>;

export type Queue = {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly receiveWaitMs: number;
  readonly largestMessage: number;
  readonly redrive:
    | { readonly deadLetterArn: string; readonly deadLetterQueue: string; readonly maxReceives: number }
    | undefined;
  readonly createdAt: number;
};

export const queueNameOf = (arnOrUrl: string): string =>
  arnOrUrl.slice(Math.max(arnOrUrl.lastIndexOf(':'), arnOrUrl.lastIndexOf('/')) + 1);

/** Reads a queue's definition; refuses FIFO queues and properties that are not emulated. */
export const readQueue = (
  definition: QueueDefinition | JsonObject,
  arnPrefix: string,
  createdAt: number,
): Queue => {
  const result = QueueProperties.safeParse(definition);
  if (!result.success) throw new AwsError('InvalidAttributeValue', describeIssues(result.error));
  const properties = result.data;
  const redrive = properties.RedrivePolicy;
  return {
    name: properties.QueueName,
    arn: `${arnPrefix}${properties.QueueName}`,
    visibilityTimeoutMs: properties.VisibilityTimeout * 1000,
    retentionMs: properties.MessageRetentionPeriod * 1000,
    delayMs: properties.DelaySeconds * 1000,
    receiveWaitMs: properties.ReceiveMessageWaitTimeSeconds * 1000,
    largestMessage: properties.MaximumMessageSize,
    redrive: redrive && {
      deadLetterArn: redrive.deadLetterTargetArn,
      deadLetterQueue: queueNameOf(redrive.deadLetterTargetArn),
      maxReceives: redrive.maxReceiveCount,
    },
    createdAt,
  };
};
