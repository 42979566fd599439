import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';

/** One event as `PutEvents` takes it. All is optional here: what is missing fails its entry, not the request. */
export const Entry = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  /** Epoch seconds. */
  Time: z.number().optional(),
  TraceHeader: z.string().optional(),
});
export type Entry = z.infer<typeof Entry>;

export type Envelope = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
};

const refuse = (code: string, message: string): AwsError => new AwsError(code, message);

const required = (entry: Entry, name: 'Source' | 'DetailType' | 'Detail'): string => {
  const value = entry[name];
  if (value) return value;
  throw refuse('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
};

const parseDetail = (detail: string): JsonObject => {
  let value: unknown;
  try {
    value = JSON.parse(detail);
  } catch {
    throw refuse('MalformedDetail', 'Detail is malformed.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('MalformedDetail', 'Detail is malformed.');
  }
  return value as JsonObject;
};

/** Whole seconds, as EventBridge writes them. */
export const isoSeconds = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

export type Origin = {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly now: number;
};

/** Puts the envelope around an entry; refuses it by the error code that `PutEvents` reports for the entry. */
export const envelope = (entry: Entry, { id, account, region, now }: Origin): Envelope => {
  const source = required(entry, 'Source');
  if (source.startsWith('aws.')) {
    throw refuse('NotAuthorizedForSourceException', `Not authorized for the source ${source}.`);
  }
  return {
    version: '0',
    id,
    'detail-type': required(entry, 'DetailType'),
    source,
    account,
    time: isoSeconds(entry.Time === undefined ? now : entry.Time * 1000),
    region,
    resources: entry.Resources ?? [],
    detail: parseDetail(required(entry, 'Detail')),
  };
};

const TIME_SIZE = 14;

/** What an entry counts towards the 256 KB of a request, by the formula EventBridge documents. */
export const sizeOfEntry = (entry: Entry): number =>
  (entry.Time === undefined ? 0 : TIME_SIZE) +
  [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])].reduce(
    (size, part) => size + Buffer.byteLength(part ?? ''),
    0,
  );
