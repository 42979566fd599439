import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatewayAnswer, type HttpAnswer, type HttpRequest } from './payload.ts';

/** API Gateway's quota for a request's body, which no account can raise. */
const LARGEST_BODY = 10 * 1024 * 1024;

const TOO_LARGE = Symbol('too large');

const readBody = async (request: IncomingMessage): Promise<Buffer | typeof TOO_LARGE> => {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return TOO_LARGE;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) return TOO_LARGE;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};

const writeAnswer = (response: ServerResponse, { status, headers, body }: HttpAnswer): void => {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('content-length', body.length);
  response.end(body);
};

export type ServeHttp = {
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Documents served beside the APIs, by path: the issuer's. */
  readonly documents: (path: string, serverUrl: string) => unknown;
  /** Where officers sign in; undefined for other paths. */
  readonly signIn?: (request: HttpRequest, serverUrl: string) => Promise<HttpAnswer> | undefined;
  /** Answers what is neither a document nor an API's, by path; undefined elsewhere. */
  readonly control?: (
    path: string,
  ) => ((method: string, body: string) => Promise<{ status: number; body: unknown }>) | undefined;
  /** 0 takes any free port. */
  readonly port: number;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
};
export type HttpServer = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

const serve = async (
  { answer, documents, control, signIn, now }: ServeHttp,
  ownUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { pathname, search } = new URL(request.url ?? '/', ownUrl);
  // A driven clock is ahead of this machine's: the page learns from the answers which day it is.
  response.setHeader('date', new Date(now()).toUTCString());
  // By whatever name of this machine it was asked, the issuer's endpoints are of the same origin as the page.
  const serverUrl = request.headers.host ? `http://${request.headers.host}` : ownUrl;
  if (pathname === '/' && request.method === 'GET') {
    const headers = { location: '/console/' };
    return writeAnswer(response, { status: 302, headers, body: Buffer.alloc(0) });
  }
  const document = request.method === 'GET' ? documents(pathname, serverUrl) : undefined;
  if (document !== undefined) {
    const body = Buffer.from(JSON.stringify(document));
    return writeAnswer(response, { status: 200, headers: { 'content-type': 'application/json' }, body });
  }
  const body = await readBody(request);
  if (body === TOO_LARGE) {
    // What is left of the body is not read: the connection ends with the answer.
    return writeAnswer(response, gatewayAnswer(413, 'Request Entity Too Large', { connection: 'close' }));
  }
  const controlled = control?.(pathname);
  if (controlled) {
    const { status, body: content } = await controlled(request.method ?? 'GET', body.toString());
    return writeAnswer(response, {
      status,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(content)),
    });
  }
  const received: HttpRequest = {
    method: request.method ?? 'GET',
    path: pathname,
    query: search.slice(1),
    headers: request.headers,
    body,
    sourceIp: request.socket.remoteAddress ?? '',
    receivedAt: now(),
  };
  writeAnswer(response, await (signIn?.(received, serverUrl) ?? answer(received)));
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    // Requests under way are answered; connections kept alive for the next one are not waited for.
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });

/** Serves the HTTP APIs on the loopback address; rejects when the port is taken. */
export const serveHttp = async (options: ServeHttp): Promise<HttpServer> => {
  let url = '';
  const server = createServer({ keepAliveTimeout: 75_000, noDelay: true }, (request, response) => {
    serve(options, url, request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      options.onFault(error);
      if (response.headersSent) response.destroy();
      else writeAnswer(response, gatewayAnswer(500, 'Internal Server Error'));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  return { url, port, close: () => close(server) };
};
