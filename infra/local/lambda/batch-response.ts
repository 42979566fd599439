import * as z from 'zod';

const BatchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Which of a batch's items the function reports as failed. Lambda's rules: no answer or an empty list means none failed; an
 * answer it cannot read, or one that names an item not in the batch, means all did.
 */
export const failedItems = (answer: unknown, batch: readonly string[]): ReadonlySet<string> => {
  const parsed = BatchResponse.safeParse(answer ?? {});
  if (!parsed.success) return new Set(batch);
  const failed = new Set((parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((item) => batch.includes(item)) ? failed : new Set(batch);
};

/**
 * Seconds until a failed item is tried again: 1, 2, 4 … up to `limit`. Deployed, a failed message waits out its queue's
 * visibility timeout of minutes; nobody at a keyboard should, and the number of attempts is the same.
 */
export const retryDelay = (attempts: number, limit: number): number =>
  Math.min(2 ** Math.max(0, attempts - 1), limit);
