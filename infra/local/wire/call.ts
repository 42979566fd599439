import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError, type AwsService, type JsonObject } from '../aws-service.ts';
import { queryErrorCode } from '../sqs/errors.ts';

/** One call of the AWS JSON protocol, with whatever carried it taken off. */
export type Call = {
  /** `X-Amz-Target`: `<service>.<Operation>`. */
  readonly target: string;
  readonly body: string;
  /** The client sent `x-amzn-query-mode: true` and wants the error codes of SQS's old query protocol too. */
  readonly queryMode: boolean;
};

export type Answer = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
};

/** The SDK for DynamoDB checks its answers against this header, and takes them for cut off when it is wrong. */
const isChecked = (service: AwsService): boolean => service.target.startsWith('DynamoDB_');

const answer = (
  service: AwsService,
  status: number,
  content: JsonObject,
  extra: Record<string, string>,
): Answer => {
  const body = Buffer.from(JSON.stringify(content));
  const headers: Record<string, string> = {
    'content-type': service.contentType,
    'content-length': String(body.length),
    'x-amzn-requestid': randomUUID(),
    ...extra,
  };
  if (isChecked(service)) headers['x-amz-crc32'] = String(crc32(body));
  return { status, headers, body };
};

const refuse = (service: AwsService, error: AwsError, queryMode: boolean): Answer => {
  const code = queryMode ? queryErrorCode(error.type) : undefined;
  const fault = error.status >= 500 ? 'Receiver' : 'Sender';
  return answer(
    service,
    error.status,
    { ...error.extra, __type: error.type, message: error.message },
    { 'x-amzn-errortype': error.type, ...(code ? { 'x-amzn-query-error': `${code};${fault}` } : {}) },
  );
};

const parseBody = (body: string): JsonObject => {
  if (body === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new AwsError('SerializationException', `The body is not JSON: ${String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'The body must be a JSON object.');
  }
  return value as JsonObject;
};

const NO_SERVICE: AwsService = {
  target: '',
  contentType: 'application/x-amz-json-1.1',
  call: (operation) => {
    throw new AwsError('UnknownOperationException', `No local service answers to ${operation}.`);
  },
};

/**
 * Answers calls out of a set of services. What a service refuses becomes an error answer; any other error is a fault of the
 * local cloud itself and is thrown, for the caller to report.
 */
export const answerCalls = (services: readonly AwsService[]): ((call: Call) => Promise<Answer>) => {
  const byTarget = new Map(services.map((service) => [service.target, service]));
  return async ({ target, body, queryMode }) => {
    const dot = target.lastIndexOf('.');
    const service = byTarget.get(target.slice(0, dot)) ?? NO_SERVICE;
    try {
      const operation = service === NO_SERVICE ? target : target.slice(dot + 1);
      return answer(service, 200, await service.call(operation, parseBody(body)), {});
    } catch (error) {
      if (error instanceof AwsError) return refuse(service, error, queryMode);
      throw error;
    }
  };
};
