import type { TableDefinition } from '../dynamodb/engine.ts';
import type { Engines } from '../engines.ts';
import type { Assembly } from './assembly.ts';
import { nameInArn } from './identity.ts';

/** Creates what the assembly declares; what an earlier run created is met again with its contents. */
export const provision = (
  assembly: Assembly,
  { dynamo, sqs, events, scheduler, kms, objects }: Engines,
  keepsRule: (rule: string) => boolean = () => true,
): void => {
  for (const { name, properties } of assembly.ofType('AWS::DynamoDB::GlobalTable')) {
    dynamo.createTable({ ...properties, TableName: name } as TableDefinition);
  }
  for (const { name, properties } of assembly.ofType('AWS::SQS::Queue')) {
    sqs.createQueue({ ...properties, QueueName: name });
  }
  for (const { name } of assembly.ofType('AWS::S3::Bucket')) objects.createBucket(name);
  for (const { name } of assembly.ofType('AWS::KMS::Key')) kms.createKey({ keyId: name });
  for (const { properties } of assembly.ofType('AWS::KMS::Alias')) {
    kms.createAlias(properties.AliasName, nameInArn(properties.TargetKeyId));
  }
  for (const { name } of assembly.ofType('AWS::Events::EventBus')) events.createBus(name);
  for (const { name, properties } of assembly.ofType('AWS::Events::Rule')) {
    if (!keepsRule(name)) continue;
    events.createRule({
      bus: properties.EventBusName,
      name,
      pattern: properties.EventPattern,
      targets: properties.Targets,
      state: properties.State,
    });
  }
  for (const { name, properties } of assembly.ofType('AWS::Scheduler::Schedule')) {
    scheduler.createSchedule({
      name,
      group: properties.GroupName,
      expression: properties.ScheduleExpression,
      timezone: properties.ScheduleExpressionTimezone,
      flexibleTimeWindow: properties.FlexibleTimeWindow,
      state: properties.State,
      target: properties.Target,
      ...(properties.StartDate === undefined ? {} : { startDate: properties.StartDate }),
      ...(properties.EndDate === undefined ? {} : { endDate: properties.EndDate }),
    });
  }
};
