import { createHash } from 'node:crypto';
import { epochSeconds, type Instant } from './clock.ts';
import { getItem, putNew, type Table, type Write } from './dynamo.ts';

/** A client may repeat a command for this long and get the first answer again. */
const KEEP_SECONDS = 24 * 60 * 60;

export type Answer = { readonly status: number; readonly body: unknown };
/** One command under an `Idempotency-Key`: which key, and what was asked under it. */
export type Attempt = { readonly pk: string; readonly sk: 'IDEMPOTENCY'; readonly asked: string };

/** Keys belong to an officer and an operation, so that one client cannot meet another's answers. */
export const attemptOf = (officerId: string, operationId: string, key: string, asked: string): Attempt => {
  const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
  return {
    pk: `ONCE#${digest(JSON.stringify([officerId, operationId, key]))}`,
    sk: 'IDEMPOTENCY',
    asked: digest(asked),
  };
};

/** The answer this attempt got before; `'different'` when the key was used for another request; undefined when it is new. */
export const earlierAnswer = async (
  table: Table,
  attempt: Attempt,
): Promise<Answer | 'different' | undefined> => {
  const item = await getItem(table, { pk: attempt.pk, sk: attempt.sk });
  if (!item) return undefined;
  return item.asked === attempt.asked ? (JSON.parse(String(item.answer)) as Answer) : 'different';
};

/**
 * The write that stores the answer; it belongs in the command's own transaction. Of two requests with one key at the same
 * moment the loser's whole transaction fails and its client, repeating, gets the winner's answer.
 */
export const rememberAnswer = (table: Table, attempt: Attempt, answer: Answer, now: Instant): Write =>
  putNew(table, { ...attempt, answer: JSON.stringify(answer), expiresAt: epochSeconds(now) + KEEP_SECONDS });
