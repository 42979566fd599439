import { join } from 'node:path';
import type { Deployment } from './assembly/identity.ts';
import type { LocalClock } from './aws-service.ts';
import type { Database } from './database.ts';
import { createDynamoDb } from './dynamodb/engine.ts';
import { createDeliveries } from './events/delivery.ts';
import { createEvents } from './events/events.ts';
import type { Faults } from './faults.ts';
import { openKeyRing } from './kms/keys.ts';
import { createKms } from './kms/kms.ts';
import { LOCAL_CREDENTIALS } from './lambda/function.ts';
import { createObjects } from './objects/objects.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { createSqs } from './sqs/sqs.ts';

export type EngineParts = {
  readonly database: Database;
  readonly dataFolder: string;
  readonly clock: LocalClock;
  readonly faults: Faults;
  readonly deployment: Deployment;
  /** Where the AWS services answer, once they do. */
  readonly endpoint: () => string;
  readonly invoke: (functionArn: string, event: unknown) => Promise<unknown>;
  /** Told in a word and its particulars of what the engines have nobody else to tell. */
  readonly report: (code: string, fields: Readonly<Record<string, unknown>>) => void;
};

/** Makes every engine over one database. They know each other only as far as one delivers to the other. */
export const createEngines = (parts: EngineParts) => {
  const { database, dataFolder, clock, faults, endpoint, invoke, report } = parts;
  const { region, account } = parts.deployment;
  const dynamo = createDynamoDb({ database, clock, region, account });
  const sqs = createSqs({ database, clock, region, account, endpoint, faults });
  const deliveries = createDeliveries({
    database,
    clock,
    queues: sqs,
    faults,
    invoke: async (arn, payload) => {
      await invoke(arn, JSON.parse(payload));
    },
    onDropped: ({ arn, senderArn }, _payload, reason) =>
      report('DELIVERY_DROPPED', { arn, senderArn, reason }),
  });
  const events = createEvents({ database, clock, region, account, deliveries });
  const scheduler = createScheduler({
    database,
    clock,
    region,
    account,
    deliveries,
    onMissed: ({ schedule, first, last }) => report('FIRINGS_MISSED', { schedule, first, last }),
  });
  const keyRing = openKeyRing(join(dataFolder, 'keys.json'));
  const kms = createKms({ clock, region, account, keyRing });
  const objects = createObjects({ database, clock, credentials: LOCAL_CREDENTIALS, keyRing });
  return { dynamo, sqs, deliveries, events, scheduler, kms, objects };
};
export type Engines = ReturnType<typeof createEngines>;
