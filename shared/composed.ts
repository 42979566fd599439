import type { Context } from 'aws-lambda';

/** Builds a Lambda's handler on its first invocation, so that importing the file in a test needs no environment. */
export const composed = <E, A>(
  compose: () => (event: E, context: Context) => Promise<A>,
): ((event: E, context: Context) => Promise<A>) => {
  let handler: ((event: E, context: Context) => Promise<A>) | undefined;
  return (event, context) => {
    handler ??= compose();
    return handler(event, context);
  };
};
