import type { Json } from '../aws-service.ts';
import type { Assembly } from './assembly.ts';
import { nameInArn } from './identity.ts';

/** Where templates name a queue for what could not be delivered, by the property that holds its ARN. */
const targetOf: Readonly<Record<string, (value: Json | undefined) => Json | undefined>> = {
  deadLetterTargetArn: (value) => value,
  DeadLetterConfig: (value) => (isObject(value) ? value.Arn : undefined),
  OnFailure: (value) => (isObject(value) ? value.Destination : undefined),
};

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const arnsIn = (value: Json | undefined): string[] => {
  if (Array.isArray(value)) return value.flatMap(arnsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => {
    const arn = targetOf[name]?.(below);
    return typeof arn === 'string' ? [arn] : arnsIn(below);
  });
};

/** Names of the queues that anything in the assembly uses for its dead letters. */
export const deadLetterQueues = (assembly: Assembly): ReadonlySet<string> =>
  new Set(assembly.resources.flatMap(({ properties }) => arnsIn(properties as Json)).map(nameInArn));
