import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError, type AwsService, type JsonObject, type LocalClock } from '../aws-service.ts';
import { type Database, inTransaction } from '../database.ts';
import { readInput } from '../wire/input.ts';
import type { Deliveries } from './delivery.ts';
import { Entry, envelope, sizeOfEntry } from './entry.ts';
import { type Rule, type RuleDefinition, readRule } from './rule.ts';

export type CreateEvents = {
  readonly database: Database;
  readonly clock: LocalClock;
  readonly region: string;
  readonly account: string;
  readonly deliveries: Deliveries;
  readonly newId?: () => string;
};

/** Event buses, as an AWS service and as functions. A `bus` is a name or an ARN; `default` is always there. */
export type Events = AwsService & {
  /** Creates a bus unless it exists, and returns its ARN. */
  readonly createBus: (name: string) => string;
  /** Creates or replaces a rule of a bus, and returns its ARN. */
  readonly createRule: (definition: RuleDefinition) => string;
};

const LARGEST_REQUEST = 256 * 1024;

const PutEvents = z.strictObject({ Entries: z.array(Entry).min(1).max(10) });

const readEntries = (input: JsonObject): readonly Entry[] => {
  const { Entries } = readInput(PutEvents, input, 'ValidationException');
  if (Entries.reduce((size, entry) => size + sizeOfEntry(entry), 0) > LARGEST_REQUEST) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return Entries;
};

type Bus = { readonly arn: string; readonly rules: Map<string, Rule> };

const nameOf = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

/** Creates the event buses. What matches a rule goes to `deliveries`, in the transaction that accepts the event. */
export const createEvents = (parts: CreateEvents): Events => {
  const { database, clock, region, account, deliveries, newId = randomUUID } = parts;
  const buses = new Map<string, Bus>();
  const arnOf = (kind: string, path: string) => `arn:aws:events:${region}:${account}:${kind}/${path}`;

  const createBus = (name: string): string => {
    const bus = buses.get(name) ?? { arn: arnOf('event-bus', name), rules: new Map() };
    buses.set(name, bus);
    return bus.arn;
  };
  createBus('default');

  const findBus = (nameOrArn: string): Bus => {
    const bus = buses.get(nameOf(nameOrArn));
    if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
    return bus;
  };

  const publish = (entry: Entry): string => {
    const event = envelope(entry, { id: newId(), account, region, now: clock.now() });
    const bus = findBus(entry.EventBusName ?? 'default');
    const payload = JSON.stringify(event);
    for (const rule of bus.rules.values()) {
      if (!rule.isEnabled || !rule.matches(event)) continue;
      for (const destination of rule.destinations) deliveries.enqueue(destination, payload);
    }
    return event.id;
  };

  const publishOrReport = (entry: Entry): JsonObject => {
    try {
      return { EventId: publish(entry) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { ErrorCode: error.type, ErrorMessage: error.message };
    }
  };

  const putEvents = (input: JsonObject): JsonObject => {
    const entries = readEntries(input);
    // One commit for the request: an answered event is in every queue it matched, whatever happens to this process next.
    const results = inTransaction(database, () => entries.map(publishOrReport));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };

  return {
    target: 'AWSEvents',
    contentType: 'application/x-amz-json-1.1',
    call: (operation, input) => {
      if (operation === 'PutEvents') return putEvents(input);
      throw new AwsError('UnknownOperationException', `EventBridge ${operation} is not emulated.`);
    },
    createBus,
    createRule: (definition) => {
      const bus = findBus(definition.bus);
      const busName = nameOf(definition.bus);
      const path = busName === 'default' ? definition.name : `${busName}/${definition.name}`;
      const rule = readRule(definition, arnOf('rule', path));
      bus.rules.set(definition.name, rule);
      return rule.arn;
    },
  };
};
