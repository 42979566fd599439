import {
  BatchApproved,
  ReturnReceived,
  RosterReceived,
  RunClosingRequested,
  RunOpened,
  SupplementRequested,
} from '../../events/disbursement.ts';
import { disbursementRoutes } from '../../functions/disbursement/routes.ts';
import type { Route } from '../../shared/route.ts';
import type { Need } from '../constructs/access.ts';
import type { LambdaDefinition } from '../constructs/lambda.ts';
import type { MonthlyTime } from '../constructs/scheduled.ts';
import type { EventName } from '../constructs/subscription.ts';

/**
 * The functions of the disbursement context as data: the stack creates them, the bundler builds `functions/disbursement/<name>.ts`
 * for each, and neither has a list of its own.
 */

type OperationId = (typeof disbursementRoutes)[number]['operationId'];

/** Every operation needs the table; these need more. A name that is no operation does not compile. */
const furtherNeeds: Readonly<Record<string, readonly Need[]>> = {
  createUpload: ['objects'],
  receiveRoster: ['objects'],
  receiveReturn: ['objects'],
  listEntitlements: ['seals'],
  readEntitlement: ['seals'],
  recordEntitlement: ['seals'],
  unmaskEntitlement: ['seals'],
  correctAccount: ['seals'],
  listLines: ['seals'],
  readLine: ['seals'],
  downloadFile: ['objects'],
} satisfies Partial<Record<OperationId, readonly Need[]>>;

/** `openRun` is served by `open-run.ts`. */
const fileName = (operationId: string): string =>
  operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** API Gateway gives up after 30 seconds; a function that is still at work then would go on unseen. */
const request = { memoryMb: 512, timeoutSeconds: 28 } as const;

export const operations: readonly (LambdaDefinition & { readonly route: Route })[] = disbursementRoutes.map(
  (route: Route) => ({
    route,
    name: fileName(route.operationId),
    needs: ['table', ...(furtherNeeds[route.operationId] ?? [])],
    ...request,
  }),
);

/** A whole file or run goes through these: memory for 131,072 rows, and as long as Lambda allows. */
const wholeRun = { memoryMb: 2048, timeoutSeconds: 900, batchSize: 1, maxConcurrency: 2 } as const;

export type Consumer = LambdaDefinition & { readonly batchSize: number; readonly maxConcurrency: number };

/** Functions that work off a queue which a bus rule fills. */
export const subscribers: readonly (Consumer & { readonly on: EventName })[] = [
  { name: 'import-roster', on: RosterReceived, needs: ['table', 'seals', 'objects'], ...wholeRun },
  {
    name: 'split-run',
    on: RunOpened,
    needs: ['table', 'shardQueue'],
    memoryMb: 512,
    timeoutSeconds: 60,
    batchSize: 10,
    maxConcurrency: 2,
  },
  { name: 'issue-files', on: BatchApproved, needs: ['table', 'seals', 'objects'], ...wholeRun },
  { name: 'import-return', on: ReturnReceived, needs: ['table', 'objects'], ...wholeRun },
  { name: 'gather-supplement', on: SupplementRequested, needs: ['table'], ...wholeRun },
  { name: 'carry-over', on: RunClosingRequested, needs: ['table'], ...wholeRun },
];

/** Plans one shard of a run a message; ten at a time stay well below what the table's partitions take. */
export const shardPlanner: Consumer = {
  name: 'plan-shard',
  needs: ['table'],
  memoryMb: 1024,
  timeoutSeconds: 300,
  batchSize: 1,
  maxConcurrency: 10,
};

export const eventRelay: LambdaDefinition = {
  name: 'relay-events',
  needs: ['bus'],
  memoryMb: 512,
  timeoutSeconds: 60,
};

export const scheduled: readonly (LambdaDefinition & { readonly monthly: MonthlyTime })[] = [
  {
    name: 'open-month',
    monthly: { day: 1, hour: 1 },
    needs: ['table'],
    memoryMb: 512,
    timeoutSeconds: 60,
  },
  {
    name: 'check-open-runs',
    monthly: { day: 10, hour: 18 },
    needs: ['table'],
    memoryMb: 512,
    timeoutSeconds: 60,
  },
];

export const disbursementFunctions: readonly LambdaDefinition[] = [
  ...operations,
  ...subscribers,
  shardPlanner,
  eventRelay,
  ...scheduled,
];
