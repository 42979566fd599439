import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { EventValue } from '../../shared/event.ts';
import { type Deployment, partName } from './deployment.ts';
import type { Inbox } from './queue.ts';

/** What a rule reads of an event; the data's schema is the consumer's business. */
export type EventName = Pick<EventValue, 'source' | 'type'>;

/** Puts every event of one kind on a consumer's queue; what the bus cannot deliver there goes to the same dead letters. */
export const subscribe = (
  scope: Construct,
  deployment: Deployment,
  bus: IEventBus,
  { source, type }: EventName,
  { queue, deadLetters }: Inbox,
  name: string,
): void => {
  new Rule(scope, `${name}-rule`, {
    ruleName: partName(deployment, name),
    eventBus: bus,
    eventPattern: { source: [source], detailType: [type] },
    targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
  });
};
