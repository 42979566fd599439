import { AwsError, type JsonObject } from '../aws-service.ts';
import { inTransaction } from '../database.ts';
import type { Engine } from './engine.ts';

export type BatchEntry = JsonObject & { readonly Id: string };

const MOST_ENTRIES = 10;

const checkEntries = (entries: readonly BatchEntry[]): void => {
  if (entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > MOST_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const invalid = entries.find((entry) => !/^[\w-]{1,80}$/.test(entry.Id));
  if (invalid) throw new AwsError('InvalidBatchEntryId', `The batch entry id "${invalid.Id}" is not valid.`);
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
    throw new AwsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
};

/**
 * Runs each entry by itself, in one commit: an entry that is refused is reported under its `Id` and does not hinder the
 * others. Refuses the batch itself for what SQS refuses it: no entries, more than ten, ids that are wrong or not distinct.
 */
export const runBatch = (
  engine: Engine,
  entries: readonly BatchEntry[],
  run: (entry: JsonObject) => JsonObject,
): JsonObject => {
  checkEntries(entries);
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  inTransaction(engine.database, () => {
    for (const { Id, ...entry } of entries) {
      try {
        Successful.push({ Id, ...run(entry) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Failed.push({ Id, SenderFault: true, Code: error.type, Message: error.message });
      }
    }
  });
  return { Successful, Failed };
};
