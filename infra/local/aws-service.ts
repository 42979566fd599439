/** The seam every local engine stands behind: an AWS service is a function from an operation and its input to its output. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json | undefined };

/** The error an AWS service answers with; `type` is the exception's short name as the SDK exposes it in `error.name`. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  readonly extra: JsonObject;

  constructor(type: string, message: string, extra: JsonObject = {}, status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
    this.extra = extra;
  }
}

/** One AWS service spoken as JSON over POST with an `X-Amz-Target: <target>.<Operation>` header. */
export type AwsService = {
  /** What stands before the dot in `X-Amz-Target`, e.g. `DynamoDB_20120810`, `AmazonSQS`, `AWSEvents`, `TrentService`. */
  readonly target: string;
  /** `application/x-amz-json-1.0` or `-1.1`, as the service's protocol demands. */
  readonly contentType: `application/x-amz-json-1.${0 | 1}`;
  /** Runs one operation. Throws `AwsError` for what AWS would refuse; an operation it does not know is `UnknownOperationException`. */
  readonly call: (operation: string, input: JsonObject) => JsonObject | Promise<JsonObject>;
};

/** Wall clock of the local cloud in epoch milliseconds, and timers on it; driven by hand in tests. */
export type LocalClock = {
  readonly now: () => number;
  /** Runs `task` once, `delayMs` from now; returns a cancel function. */
  readonly after: (delayMs: number, task: () => void) => () => void;
};
