import * as z from 'zod';

/**
 * What a Lambda is told by its stack; nothing else reads `process.env` for configuration. Each function asks for the part it
 * needs, and a missing variable fails its first invocation, not its tenth message.
 */
const Environment = z.object({
  /** Set by Lambda itself. */
  AWS_REGION: z.string().min(1),
  TABLE_NAME: z.string().min(1),
  BUCKET_NAME: z.string().min(1),
  KEY_ID: z.string().min(1),
  BUS_NAME: z.string().min(1),
  SHARD_QUEUE_URL: z.url(),
  HANDOVER_BUCKET_NAME: z.string().min(1),
  /** Who answers income checks: a simulator, or a platform that delivers by an operation. */
  INCOME_CHECKS: z.enum(['simulated', 'integration']),
  /** Functions that have dead letters, and how the names of their queues begin. */
  DEAD_LETTERS: z.string(),
  QUEUE_PREFIX: z.string().min(1),
  /** For the page: who signs officers in, as which client, and which environment it is of. */
  ISSUER: z.url(),
  CLIENT_ID: z.string().min(1),
  ENVIRONMENT: z.string().min(1),
});
export type Environment = z.infer<typeof Environment>;

export const environment = <const K extends keyof Environment>(
  ...names: readonly K[]
): Pick<Environment, K> => {
  const values = Object.fromEntries(
    names.map((name) => [name, Environment.shape[name].parse(process.env[name])]),
  );
  return values as Pick<Environment, K>;
};
