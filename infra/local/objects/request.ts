import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-service.ts';

/** A request of the S3 REST interface, as it came in. */
export type ObjectRequest = {
  readonly method: string;
  /** Still percent-encoded, as it was signed. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type ObjectResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly Uint8Array[];
};

/** A refusal with an S3 error code and its HTTP status. */
export const refusal = (status: number, code: string, message: string): AwsError =>
  new AwsError(code, message, {}, status);

export const headerOf = (request: ObjectRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

/** S3 reads a plus sign in a path as a space; a key with a plus has it as %2B. */
export const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path.replace(/\+/g, ' '));
  } catch {
    throw refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
};
