import type { Resource } from '../assembly/assembly.ts';
import type { LocalClock } from '../aws-service.ts';
import type { DynamoDb } from '../dynamodb/engine.ts';
import type { ChangeRecord, StreamRecord } from '../dynamodb/stream.ts';
import { compilePattern } from '../events/pattern.ts';
import type { Faults } from '../faults.ts';
import type { Sqs } from '../sqs/sqs.ts';
import { failedItems, retryDelay } from './batch-response.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { EventSource } from './event-source.ts';
import { FunctionError, type LambdaFunction } from './function.ts';

const DEFAULT_BATCH_SIZE = 100;
/** Records looked at in one read; of many writes only the few that pass the filter reach the function. */
const READ_SIZE = 1000;
/** A filtered-out record costs no commit: the position is stored once this many have gone by. */
const STORE_EVERY = 1000;
const LONGEST_RETRY_SECONDS = 60;

export type StreamSourceParts = {
  readonly mapping: Resource<'AWS::Lambda::EventSourceMapping'>;
  readonly lambda: LambdaFunction;
  readonly dynamo: DynamoDb;
  readonly sqs: Sqs;
  readonly checkpoints: Checkpoints;
  readonly clock: LocalClock;
  readonly faults: Faults;
  /** Called whenever the source has caught up or waits for a retry. */
  readonly onChange: () => void;
};

/** Records that passed the filter, and the position up to which the stream was read for them. */
type Batch = { readonly records: readonly StreamRecord[]; readonly upTo: number };

const tableIn = (streamArn: string): string => {
  const name = /:table\/([^/]+)\/stream/.exec(streamArn)?.[1];
  if (name === undefined) throw new Error(`${streamArn} is not the stream of a table.`);
  return name;
};

const collect = (
  read: (after: number, limit: number) => readonly StreamRecord[],
  accepts: (record: StreamRecord) => boolean,
  after: number,
  size: number,
): Batch => {
  const records: StreamRecord[] = [];
  let upTo = after;
  for (;;) {
    const page = read(upTo, READ_SIZE);
    for (const record of page) {
      if (records.length === size) return { records, upTo };
      upTo = record.position;
      if (accepts(record)) records.push(record);
    }
    if (page.length < READ_SIZE) return { records, upTo };
  }
};

/** What AWS puts on the failure destination: where the records were, not the records, which stay in the table. */
const burial = (parts: StreamSourceParts, records: readonly StreamRecord[], attempts: number) => ({
  version: '1.0',
  timestamp: new Date(parts.clock.now()).toISOString(),
  requestContext: {
    functionArn: parts.lambda.arn,
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: attempts,
  },
  DDBStreamBatchInfo: {
    shardId: 'shardId-00000000000000000000-00000000',
    startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
    endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
    batchSize: records.length,
    streamArn: parts.mapping.properties.EventSourceArn,
  },
});

const eventRecord = ({ position: _position, ...record }: StreamRecord) => record;

/** Whether a filter looks only at what is known the moment an item is written. */
const looksAtNewImageOnly = (pattern: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(pattern).every(
    ([name, of]) =>
      name === 'eventName' ||
      (name === 'dynamodb' && Object.keys(Object(of)).every((part) => part === 'NewImage')),
  );

/** Reads the next batch after a position. */
const batchReader = ({ dynamo, mapping }: StreamSourceParts, table: string): ((after: number) => Batch) => {
  const { FilterCriteria, BatchSize = DEFAULT_BATCH_SIZE } = mapping.properties;
  const patterns = FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern));
  const filters = patterns.map(compilePattern);
  const accepts = (record: ChangeRecord) =>
    filters.length === 0 || filters.some((matches) => matches(record));
  dynamo.keepRecords(table, patterns.every(looksAtNewImageOnly) ? accepts : () => true);
  const read = (after: number, limit: number) => dynamo.readStream(table, after, limit);
  return (after) => collect(read, accepts, after, BatchSize);
};

/** Hands records to the function; answers the first that failed, undefined when none did. */
const firstFailure = async (
  { lambda, mapping }: StreamSourceParts,
  records: readonly StreamRecord[],
): Promise<StreamRecord | undefined> => {
  const ids = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const reportsItems = mapping.properties.FunctionResponseTypes.includes('ReportBatchItemFailures');
  try {
    const answer = await lambda.invoke({ Records: records.map(eventRecord) });
    const failed = reportsItems ? failedItems(answer, ids) : new Set();
    return records.find(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return records[0];
  }
};

/** Where a consumer stands in the stream, and how often it has tried what comes next. */
const openProgress = (checkpoints: Checkpoints, table: string, consumer: string) => {
  let position = checkpoints.resume(table, consumer);
  let stored = position;
  let attempts = 0;
  const store = (): void => {
    if (position > stored) checkpoints.store(table, consumer, position);
    stored = position;
  };
  return {
    position: () => position,
    attempts: () => attempts,
    /** Counts a failed attempt and answers how many there were. */
    failed: (): number => {
      attempts += 1;
      return attempts;
    },
    /** Records up to `reached` have taken effect. */
    done: (reached: number): void => {
      position = reached;
      attempts = 0;
      store();
    },
    /** Records up to `reached` did not pass the filter. */
    passed: (reached: number): void => {
      position = reached;
      if (position - stored >= STORE_EVERY) store();
    },
    store,
  };
};
type Progress = ReturnType<typeof openProgress>;

/** Handles one batch; false when it has to be tried again later. */
const handleBatch = async (
  parts: StreamSourceParts,
  progress: Progress,
  { records, upTo }: Batch,
): Promise<boolean> => {
  const { mapping, sqs, faults } = parts;
  const failure = await firstFailure(parts, records);
  if (!failure) {
    // An injected repetition is no attempt: faults alone must not bury a healthy batch.
    if (!faults.failAfterEffect()) progress.done(upTo);
    return true;
  }
  // Progress before the failed record counts: what remains begins anew with its own attempts.
  if (failure !== records[0]) progress.done(failure.position - 1);
  const attempts = progress.failed();
  const { MaximumRetryAttempts, DestinationConfig } = mapping.properties;
  if (MaximumRetryAttempts < 0 || attempts <= MaximumRetryAttempts) return false;
  const remaining = records.slice(records.indexOf(failure));
  const destination = DestinationConfig?.OnFailure.Destination;
  if (destination) sqs.send(destination, JSON.stringify(burial(parts, remaining, attempts)));
  progress.done(upTo);
  return true;
};

/**
 * Feeds a table's stream to its function: in order, one batch at a time, only records a filter accepts. A failed batch comes
 * again from its first failed record on; after `MaximumRetryAttempts` the rest of it goes to the failure destination and the
 * stream moves on. The position is in the database, so a restart repeats the batch that was under way and skips none.
 */
export const streamSource = (parts: StreamSourceParts): EventSource => {
  const { mapping, dynamo, checkpoints, clock, onChange } = parts;
  const table = tableIn(mapping.properties.EventSourceArn);
  const progress = openProgress(checkpoints, table, `${mapping.stack}/${mapping.logicalId}`);
  const nextBatch = batchReader(parts, table);
  let running: Promise<void> | undefined;
  let cancelRetry: (() => void) | undefined;
  let stopped = false;

  const drain = async (): Promise<void> => {
    while (!stopped) {
      const batch = nextBatch(progress.position());
      if (batch.records.length === 0) return progress.passed(batch.upTo);
      if (await handleBatch(parts, progress, batch)) continue;
      const delay = retryDelay(progress.attempts(), LONGEST_RETRY_SECONDS) * 1000;
      cancelRetry = clock.after(delay, () => {
        cancelRetry = undefined;
        start();
      });
      return;
    }
  };

  const hasBacklog = () => dynamo.readStream(table, progress.position(), 1).length > 0;

  const start = (): void => {
    if (stopped || running || cancelRetry) return;
    running = drain().finally(() => {
      running = undefined;
      // Records written between the last read and this moment rang while `running` was set.
      if (hasBacklog()) start();
      onChange();
    });
  };
  dynamo.onStreamRecords((name) => {
    if (name === table) setImmediate(start);
  });
  start();

  return {
    isEmpty: () => !running && !cancelRetry && !hasBacklog(),
    isQuiet: () => !running && (cancelRetry !== undefined || !hasBacklog()),
    endWindow: () => false,
    stop: async () => {
      stopped = true;
      cancelRetry?.();
      await running;
      // The next start need not look again at what the filter left out.
      progress.store();
    },
  };
};
