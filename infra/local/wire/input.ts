import type * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';

/** Says what is wrong with a value and where, one line an issue: `Entries[0].Detail: expected string, …`. */
export const describeIssues = (error: z.ZodError): string =>
  error.issues
    .map((issue) => {
      const path = issue.path
        .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
        .join('');
      return `${path.replace(/^\./, '') || 'request'}: ${issue.message}`;
    })
    .join('; ');

/** Reads an operation's input, or refuses it with the exception the service uses for bad parameters. */
export const readInput = <S extends z.ZodType>(
  schema: S,
  input: JsonObject,
  refusal: string,
): z.output<S> => {
  const result = schema.safeParse(input);
  if (!result.success) throw new AwsError(refusal, describeIssues(result.error));
  return result.data;
};
