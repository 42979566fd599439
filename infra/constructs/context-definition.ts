import type { Route } from '../../shared/route.ts';
import type { TableDefinition } from '../../shared/table.ts';
import type { Need } from './access.ts';
import type { LambdaDefinition } from './lambda.ts';
import type { Batching } from './queue.ts';
import type { ScheduledTime } from './scheduled.ts';
import type { Interest } from './subscription.ts';

/**
 * The functions of a context as data: its stack creates them, the bundler builds `functions/<context>/<name>.ts` for each, the
 * documents list them, and none of them has a list of its own.
 */
export type ContextDefinition = {
  readonly context: string;
  readonly description: string;
  readonly table: TableDefinition;
  /** Partitions in which items may be deleted; nothing else in a table ever is. */
  readonly deletable: readonly string[];
  /** Whether the context keeps files of its own. */
  readonly keepsFiles: boolean;
  readonly operations: readonly Operation[];
  /** Functions that work off a queue which a bus rule fills. */
  readonly subscribers: readonly Subscriber[];
  /** The function that works off the context's own queue of shards, if it has one. */
  readonly shardWorker?: Consumer;
  readonly scheduled: readonly Scheduled[];
  /** Metrics of the context's own that somebody must look at when they reach 1. */
  readonly watched: readonly { readonly name: string; readonly metric: string; readonly meaning: string }[];
};

export type Operation = LambdaDefinition & { readonly route: Route };
export type Consumer = LambdaDefinition & Batching;
export type Subscriber = Consumer & { readonly on: Interest };
export type Scheduled = LambdaDefinition & { readonly at: ScheduledTime };

/** `openRun` is served by `open-run.ts`. */
const fileName = (operationId: string): string =>
  operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** API Gateway gives up after 30 seconds; a function that is still at work then would go on unseen. */
const request = { memoryMb: 512, timeoutSeconds: 28 } as const;

/** The functions of a context's operations. Each needs the table; `furtherNeeds` says by operation id what some need besides. */
export const operationsOf = <const R extends Route>(
  routes: readonly R[],
  furtherNeeds: Partial<Record<R['operationId'], readonly Need[]>>,
): Operation[] => {
  const further: Readonly<Record<string, readonly Need[] | undefined>> = furtherNeeds;
  return routes.map((route) => ({
    route,
    name: fileName(route.operationId),
    needs: ['table', ...(further[route.operationId] ?? [])],
    ...request,
  }));
};

/** A whole file or run goes through these: memory for 131,072 rows, and as long as Lambda allows. */
export const wholeFile = {
  memoryMb: 2048,
  timeoutSeconds: 900,
  batchSize: 1,
  maxConcurrency: 2,
} as const;

/** One event, one small effect. */
export const smallEffect = {
  memoryMb: 512,
  timeoutSeconds: 60,
  batchSize: 10,
  maxConcurrency: 2,
} as const;

/** What nobody waits for: a batch in one go is cheaper than its messages one by one. */
export const bookkeeping = { ...smallEffect, batchSize: 100, batchingWindowSeconds: 1 } as const;

/** One shard of a sharded job a message; ten at a time stay well below what the table's partitions take. */
export const oneShard = {
  memoryMb: 1024,
  timeoutSeconds: 300,
  batchSize: 1,
  maxConcurrency: 10,
} as const;

/** Every context has one: it carries the table's events to the bus. */
export const eventRelay: LambdaDefinition = {
  name: 'relay-events',
  needs: ['bus'],
  memoryMb: 512,
  timeoutSeconds: 60,
};

export const functionsOf = ({
  operations,
  subscribers,
  shardWorker,
  scheduled,
}: ContextDefinition): readonly LambdaDefinition[] => [
  ...operations,
  ...subscribers,
  ...(shardWorker ? [shardWorker] : []),
  eventRelay,
  ...scheduled,
];

/** `<context>/<function>` of whatever has a queue for what could not be handled. */
export const withDeadLetters = ({ context, subscribers, shardWorker }: ContextDefinition): string[] =>
  [...subscribers, ...(shardWorker ? [shardWorker] : []), eventRelay].map(({ name }) => `${context}/${name}`);
