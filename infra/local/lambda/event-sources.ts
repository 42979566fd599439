import type { Assembly, Resource } from '../assembly/assembly.ts';
import { nameInArn } from '../assembly/identity.ts';
import type { LocalClock } from '../aws-service.ts';
import type { Database } from '../database.ts';
import type { DynamoDb } from '../dynamodb/engine.ts';
import type { Faults } from '../faults.ts';
import type { Sqs } from '../sqs/sqs.ts';
import { openCheckpoints } from './checkpoints.ts';
import type { EventSource } from './event-source.ts';
import type { Functions } from './functions.ts';
import { queueSource } from './queue-source.ts';
import { streamSource } from './stream-source.ts';

export type EventSourceParts = {
  readonly assembly: Assembly;
  readonly functions: Functions;
  readonly database: Database;
  readonly dynamo: DynamoDb;
  readonly sqs: Sqs;
  readonly clock: LocalClock;
  readonly faults: Faults;
  readonly region: string;
  readonly onChange: () => void;
};

const DEFAULT_VISIBILITY_SECONDS = 30;

const visibilityOf = (assembly: Assembly, queueArn: string): number => {
  const queue = assembly.ofType('AWS::SQS::Queue').find(({ name }) => name === nameInArn(queueArn));
  if (!queue) throw new Error(`There is no queue ${queueArn}.`);
  return Number(queue.properties.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS);
};

/** Starts the poller of every event source mapping. */
export const startEventSources = (parts: EventSourceParts): readonly EventSource[] => {
  const { assembly, functions, database, dynamo } = parts;
  const checkpoints = openCheckpoints(database, dynamo.trimStream);
  const start = (mapping: Resource<'AWS::Lambda::EventSourceMapping'>): EventSource => {
    const { EventSourceArn, FunctionName } = mapping.properties;
    const lambda = functions.get(FunctionName);
    if (EventSourceArn.includes(':sqs:')) {
      return queueSource({
        ...parts,
        mapping,
        lambda,
        visibilitySeconds: visibilityOf(assembly, EventSourceArn),
      });
    }
    return streamSource({ ...parts, mapping, lambda, checkpoints });
  };
  return assembly.ofType('AWS::Lambda::EventSourceMapping').map(start);
};
