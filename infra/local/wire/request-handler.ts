import type { AwsService } from '../aws-service.ts';
import { answerCalls } from './call.ts';

type SmithyRequest = { readonly headers: Record<string, string>; readonly body?: unknown };
type SmithyResponse = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
};

/** What an SDK client takes as its `requestHandler`. */
export type RequestHandler = {
  readonly metadata: { readonly handlerProtocol: string };
  readonly handle: (request: SmithyRequest) => Promise<{ response: SmithyResponse }>;
  readonly destroy: () => void;
  readonly httpHandlerConfigs: () => Record<string, never>;
  readonly updateHttpClientConfig: () => void;
};

const textOf = (body: unknown): string => {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array)
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  if (body === undefined) return '';
  throw new TypeError('The local request handler takes no streams.');
};

/**
 * Connects SDK clients to local services with no socket between: `new SQSClient({ requestHandler: requestHandler([sqs]) })`.
 * Marshalling, retries and error classes are the SDK's own. An error inside an engine is thrown as it is, with its stack.
 */
export const requestHandler = (services: readonly AwsService[]): RequestHandler => {
  const call = answerCalls(services);
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async ({ headers, body }) => {
      const answer = await call({
        target: headers['x-amz-target'] ?? '',
        body: textOf(body),
        queryMode: headers['x-amzn-query-mode'] === 'true',
      });
      return { response: { statusCode: answer.status, headers: answer.headers, body: answer.body } };
    },
    destroy: () => {},
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => {},
  };
};
