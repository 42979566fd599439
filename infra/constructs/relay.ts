import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  FilterCriteria,
  FilterRule,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EVENT_MARK } from '../../shared/outbox.ts';
import { streamSource } from './access.ts';
import { alarmAt } from './alarm.ts';
import type { Deployment } from './deployment.ts';
import { deadLetterQueue } from './queue.ts';

const BATCH_SIZE = 100;
/** Events are late, not lost, when the relay lags; people waiting for a run notice after some minutes. */
const LAG_MINUTES = 10;

/**
 * Feeds a function with the event items of a table's stream. Retries go on until a record leaves the stream after 24 hours:
 * giving up earlier would skip an event and break the order of those behind it. What leaves unrelayed is named in the dead
 * letters, and the item itself stays in the table. `create` makes the function with what it may do with the stream.
 */
export const relayFrom = (
  stack: Construct,
  deployment: Deployment,
  name: string,
  create: (source: readonly PolicyStatement[]) => LambdaFunction,
  table: TableV2,
): void => {
  const { tableStreamArn } = table;
  if (tableStreamArn === undefined) throw new Error(`The table of ${deployment.context} has no stream.`);
  const scope = new Construct(stack, `${name}-stream`);
  const failures = deadLetterQueue(stack, deployment, name);
  const fn = create(streamSource(tableStreamArn, failures));
  fn.addEventSourceMapping('Events', {
    eventSourceArn: tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: BATCH_SIZE,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(failures),
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { NewImage: { kind: { S: FilterRule.isEqual(EVENT_MARK.kind) } } },
      }),
    ],
  });
  alarmAt(scope, deployment, {
    name: 'lag',
    meaning: `Events of ${deployment.context} reach the bus more than ${LAG_MINUTES} minutes late.`,
    metric: fn.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
    threshold: LAG_MINUTES * 60_000,
  });
};
