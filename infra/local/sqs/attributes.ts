import { AwsError } from '../aws-service.ts';
import type { Engine } from './engine.ts';
import type { Queue } from './queue.ts';

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

const describe = (engine: Engine, queue: Queue): Record<string, string | undefined> => {
  const depth = engine.messages.depth(queue.name, engine.clock.now());
  return {
    ApproximateNumberOfMessages: String(depth.visible),
    ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
    ApproximateNumberOfMessagesDelayed: String(depth.delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.createdAt),
    DelaySeconds: seconds(queue.delayMs),
    MaximumMessageSize: String(queue.largestMessage),
    MessageRetentionPeriod: seconds(queue.retentionMs),
    ReceiveMessageWaitTimeSeconds: seconds(queue.receiveWaitMs),
    VisibilityTimeout: seconds(queue.visibilityTimeoutMs),
    QueueArn: queue.arn,
    RedrivePolicy:
      queue.redrive &&
      JSON.stringify({
        deadLetterTargetArn: queue.redrive.deadLetterArn,
        maxReceiveCount: queue.redrive.maxReceives,
      }),
  };
};

/** A queue's attributes as `GetQueueAttributes` gives them: those named, or all with `All`. */
export const queueAttributes = (
  engine: Engine,
  queue: Queue,
  names: readonly string[],
): Record<string, string | undefined> => {
  const all = describe(engine, queue);
  if (names.includes('All')) return all;
  const unknown = names.find((name) => !(name in all));
  if (unknown) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
};
