import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { describeIssues } from '../wire/input.ts';
import { DeadLetterConfig, RetryPolicy } from './delivery.ts';
import type { Destination } from './delivery-record.ts';
import { compilePattern, type Matcher } from './pattern.ts';

const Target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  /** Permissions are not checked on one machine. */
  RoleArn: z.string().optional(),
  RetryPolicy: RetryPolicy.optional(),
  DeadLetterConfig: DeadLetterConfig.optional(),
});

/** A target in the form of `AWS::Events::Rule`; one that changes the event (`Input…`) is not emulated. */
type RuleTarget = z.input<typeof Target>;

export type RuleDefinition = {
  readonly bus: string;
  readonly name: string;
  readonly pattern: JsonObject;
  readonly targets: readonly (RuleTarget | JsonObject)[];
  readonly state?: 'ENABLED' | 'DISABLED';
};

export type Rule = {
  readonly arn: string;
  readonly isEnabled: boolean;
  readonly matches: Matcher;
  readonly destinations: readonly Destination[];
};

/** EventBridge allows a rule five targets. */
const Targets = z.array(Target).max(5);

/** Reads a rule; refuses a pattern EventBridge would refuse, and what of a target is not emulated. */
export const readRule = (definition: RuleDefinition, arn: string): Rule => {
  const targets = Targets.safeParse(definition.targets);
  if (!targets.success) {
    throw new AwsError(
      'ValidationException',
      `Rule ${definition.name}, targets: ${describeIssues(targets.error)}`,
    );
  }
  return {
    arn,
    isEnabled: definition.state !== 'DISABLED',
    matches: compilePattern(definition.pattern),
    destinations: targets.data.map((target) => {
      const retry = RetryPolicy.parse(target.RetryPolicy ?? {});
      return {
        arn: target.Arn,
        senderArn: arn,
        deadLetterArn: target.DeadLetterConfig?.Arn,
        maximumRetries: retry.MaximumRetryAttempts,
        maximumAgeMs: retry.MaximumEventAgeInSeconds * 1000,
      };
    }),
  };
};
