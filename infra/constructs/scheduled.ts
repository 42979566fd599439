import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  type CronOptionsWithTimezone,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Deployment, partName } from './deployment.ts';
import { deadLetterQueue } from './queue.ts';

/** When a function starts by itself, on the bureau's clock (Asia/Shanghai): every day, or on one day of every month. */
export type ScheduledTime = { readonly day?: number; readonly hour: number };

/**
 * Starts a function again and again with `{ scheduledTime }`, the moment it was due, so that a late delivery still means the
 * right day.
 */
export const schedule = (
  scope: Construct,
  deployment: Deployment,
  name: string,
  fn: IFunction,
  { day, hour }: ScheduledTime,
): void => {
  const at: CronOptionsWithTimezone = {
    minute: '0',
    hour: String(hour),
    ...(day === undefined ? {} : { day: String(day) }),
    timeZone: TimeZone.ASIA_SHANGHAI,
  };
  new Schedule(scope, `${name}-schedule`, {
    scheduleName: partName(deployment, name),
    schedule: ScheduleExpression.cron(at),
    enabled: deployment.environment.scheduledRuns,
    target: new LambdaInvoke(fn, {
      input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
      deadLetterQueue: deadLetterQueue(scope, deployment, name),
    }),
  });
};
