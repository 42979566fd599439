import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsService } from '../aws-service.ts';
import type { ObjectRest } from '../objects/rest.ts';
import { type Answer, answerCalls, type Call } from './call.ts';

/** A request body is held in memory whole; S3 itself takes 5 GB in one PUT. */
const LARGEST_BODY = 128 * 1024 * 1024;

class BodyTooLarge extends Error {}

/** Reads a body to its end, copying only when it came in several pieces. */
const readBody = (request: IncomingMessage, largest: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) reject(new BodyTooLarge(`A request body may have at most ${largest} bytes.`));
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks, size));
    });
    request.on('error', reject);
  });

const splitUrl = (url: string): { path: string; query: string } => {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
};

const answerJson = async (
  call: (call: Call) => Promise<Answer>,
  target: string,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const queryMode = request.headers['x-amzn-query-mode'] === 'true';
  const answer = await call({ target, body: body.toString('utf8'), queryMode });
  response.writeHead(answer.status, answer.headers).end(answer.body);
};

const answerObjects = (
  objects: ObjectRest,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): void => {
  const answer = objects.rest({
    method: request.method ?? 'GET',
    ...splitUrl(request.url ?? '/'),
    headers: request.headers,
    body,
  });
  response.writeHead(answer.status, { 'x-amz-request-id': randomUUID(), ...answer.headers });
  for (const chunk of answer.body) response.write(chunk);
  response.end();
};

const answerFault = (error: unknown, response: ServerResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = error instanceof BodyTooLarge ? 413 : 500;
  const type = error instanceof BodyTooLarge ? 'RequestEntityTooLarge' : 'InternalFailure';
  response
    .writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-errortype': type,
      connection: 'close',
    })
    .end(JSON.stringify({ __type: type, message: error instanceof Error ? error.message : String(error) }));
};

export type ServeAws = {
  readonly services: readonly AwsService[];
  readonly objects: ObjectRest;
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on; nothing here asks the JSON services' callers who they are, so keep it a loopback address. */
  readonly host: string;
  /** Told of errors that are the local cloud's own; the client sees status 500 and the SDK tries again. */
  readonly onFault: (error: unknown) => void;
  /** In bytes; 128 MiB unless said otherwise. */
  readonly largestBody?: number;
};

export type AwsServer = {
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts open connections; a second call does nothing. */
  readonly close: () => Promise<void>;
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!server.listening) {
      resolve();
      return;
    }
    server.close((error) => (error ? reject(error) : resolve()));
    // A long poll would otherwise hold the server open for its twenty seconds.
    server.closeAllConnections();
  });

/**
 * Serves all local services on one port: a request with `X-Amz-Target` goes to the JSON service it names, every other one to
 * the object store. Point any AWS tool at it with `AWS_ENDPOINT_URL`.
 */
export const serveAws = async (parts: ServeAws): Promise<AwsServer> => {
  const { services, objects, port, host, onFault, largestBody = LARGEST_BODY } = parts;
  const call = answerCalls(services);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, largestBody);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') await answerJson(call, target, body, request, response);
    else answerObjects(objects, body, request, response);
  };
  const server = createServer({ keepAliveTimeout: 75_000, noDelay: true }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A client that hangs up in the middle of its request is no fault of ours.
      if (request.destroyed && !request.complete) return;
      if (!(error instanceof BodyTooLarge)) onFault(error);
      answerFault(error, response);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return { url: `http://${host}:${bound}`, port: bound, close: () => close(server) };
};
