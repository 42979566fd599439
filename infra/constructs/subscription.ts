import { type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { EventValue } from '../../shared/event.ts';
import { type Deployment, partName } from './deployment.ts';
import type { Inbox } from './queue.ts';

/** What a rule reads of an event; the data's schema is the consumer's business. */
export type EventName = Pick<EventValue, 'source' | 'type'>;
/** One kind of event, or whatever comes by. */
export type Interest = EventName | 'everything';

/** Events of the account's own are all there are on this bus; a pattern must name something. */
const patternOf = (on: Interest, account: string): EventPattern =>
  on === 'everything' ? { account: [account] } : { source: [on.source], detailType: [on.type] };

/** Puts every event a consumer is interested in on its queue; what the bus cannot deliver there goes to the same dead letters. */
export const subscribe = (
  scope: Construct,
  deployment: Deployment,
  bus: IEventBus,
  on: Interest,
  { queue, deadLetters }: Inbox,
  name: string,
): void => {
  new Rule(scope, `${name}-rule`, {
    ruleName: partName(deployment, name),
    eventBus: bus,
    eventPattern: patternOf(on, deployment.environment.account),
    targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
  });
};
