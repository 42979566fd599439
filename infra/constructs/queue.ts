import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { alarmAt } from './alarm.ts';
import { type Deployment, partName } from './deployment.ts';

/** A message that failed this often goes to the dead letters; AWS advises at least five, so that throttling alone sends none. */
const MAX_RECEIVE_COUNT = 5;
/** Lambda may hold a batch this many function timeouts long while it is throttled; sooner the queue would hand it out twice. */
const VISIBILITY_PER_TIMEOUT = 6;
/** The longest SQS keeps a message: time for people to mend what broke. */
const DEAD_LETTER_DAYS = 14;

export type Inbox = { readonly queue: Queue; readonly deadLetters: Queue };

/** A queue for what could not be handled, with an alarm on its first message. */
export const deadLetterQueue = (stack: Construct, deployment: Deployment, name: string): Queue => {
  const scope = new Construct(stack, `${name}-dead-letters`);
  const queue = new Queue(scope, 'Queue', {
    queueName: partName(deployment, name, 'dead-letters'),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
  });
  alarmAt(scope, deployment, {
    name: 'depth',
    meaning: `Something for ${name} could not be handled. Mend the cause, then start a redrive of this queue.`,
    metric: queue.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(5),
      statistic: 'Maximum',
    }),
    threshold: 1,
  });
  return queue;
};

/** The queue of one consumer and its dead letters; `timeoutSeconds` is the consumer's. */
export const inbox = (
  stack: Construct,
  deployment: Deployment,
  name: string,
  timeoutSeconds: number,
): Inbox => {
  const scope = new Construct(stack, `${name}-inbox`);
  const deadLetters = deadLetterQueue(stack, deployment, name);
  const visibilitySeconds = VISIBILITY_PER_TIMEOUT * timeoutSeconds;
  const queue = new Queue(scope, 'Queue', {
    queueName: partName(deployment, name),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(visibilitySeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
  });
  alarmAt(scope, deployment, {
    name: 'age',
    meaning: `A message for ${name} is older than its visibility timeout: it has failed at least once, or nobody takes it.`,
    metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
    threshold: visibilitySeconds,
  });
  return { queue, deadLetters };
};

export type Batching = {
  readonly batchSize: number;
  readonly maxConcurrency: number;
  /** How long messages may wait for others to come along; none unless said. Needed for batches of more than ten. */
  readonly batchingWindowSeconds?: number;
};

/** Lets a function work off a queue, `maxConcurrency` (at least 2, says SQS) batches at a time. */
export const workOff = (
  fn: IFunction & { addEventSource: (source: SqsEventSource) => void },
  { queue }: Inbox,
  { batchSize, maxConcurrency, batchingWindowSeconds }: Batching,
): void => {
  fn.addEventSource(
    new SqsEventSource(queue, {
      batchSize,
      maxConcurrency,
      reportBatchItemFailures: true,
      ...(batchingWindowSeconds ? { maxBatchingWindow: Duration.seconds(batchingWindowSeconds) } : {}),
    }),
  );
};
