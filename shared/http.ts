import middy from '@middy/core';
import type {
  Context,
  APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent,
  APIGatewayProxyStructuredResultV2 as HttpResult,
} from 'aws-lambda';
import type * as z from 'zod';
import { type Clock, type Instant, systemClock } from './clock.ts';
import { openTable, type Table, type Write } from './dynamo.ts';
import { environment } from './environment.ts';
import { type Answer, type Attempt, attemptOf, earlierAnswer, rememberAnswer } from './idempotency.ts';
import { errorFields, log } from './log.ts';
import { commonProblems, type Fault, faultsOf, type Problem, problemOf } from './problem.ts';
import { mayAct, type Officer, officerOf, PUBLIC } from './role.ts';
import type { AnswerOf, Refused, RequestOf, Route } from './route.ts';

/** What a handler gets besides the validated request. */
export type Call<R extends Route> = RequestOf<R> & {
  readonly officer: Officer;
  readonly correlationId: string;
  readonly now: Instant;
  /** The idempotency write to put into the command's transaction; empty when the client sent no key. */
  readonly remember: (answer: Answer) => Write[];
};

export type HttpDeps = { readonly table: Table; readonly clock: Clock };
type HttpHandler = (event: HttpEvent, context: Context) => Promise<HttpResult>;

const json = (status: number, body: unknown, type = 'application/json'): HttpResult => ({
  statusCode: status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
const problemResult = (problem: Problem): HttpResult =>
  json(problem.status, problem, 'application/problem+json');

/** A client's own id is taken when it is one: it goes into every log line and event of the request. */
const correlationOf = (event: HttpEvent): string => {
  const given = event.headers['x-correlation-id'] ?? '';
  return /^[\w.:-]{1,64}$/.test(given) ? given : event.requestContext.requestId;
};

/** Reads the request against its route. Every fault of every part is listed at once, so that a client mends them in one go. */
const readRequest = (route: Route, event: HttpEvent) => {
  const faults: z.infer<typeof Fault>[] = [];
  const part = (name: string, schema: z.ZodType | undefined, value: () => unknown): unknown => {
    if (!schema) return undefined;
    try {
      const parsed = schema.safeParse(value());
      if (parsed.success) return parsed.data;
      faults.push(...faultsOf(parsed.error, name));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      faults.push({ path: name, message: 'Not valid JSON.' });
    }
    return undefined;
  };
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString()
    : (event.body ?? '');
  const parts = {
    params: part('params', route.params, () => event.pathParameters ?? {}),
    query: part('query', route.query, () => event.queryStringParameters ?? {}),
    body: part('body', route.body, () => JSON.parse(text || '{}')),
  };
  return { parts, faults, text };
};

/**
 * A cursor that was made up or belongs to another query. Only the database can tell: it refuses a start key that does not
 * fit the query's partition, the one fault of this kind that a client can bring about.
 */
const isForeignCursor = (event: HttpEvent, error: Error | null | undefined): boolean =>
  error?.name === 'ValidationException' && event.queryStringParameters?.cursor !== undefined;

/** Turns anything unexpected into a problem document that quotes nothing of the request. */
const problemDocuments = (): middy.MiddlewareObj<HttpEvent, HttpResult> => ({
  onError: (request) => {
    const correlationId = correlationOf(request.event);
    if (isForeignCursor(request.event, request.error)) {
      const errors = [{ path: 'query.cursor', message: 'Not a cursor of this list.' }];
      log('REQUEST_REFUSED', { route: request.event.routeKey, correlationId, refused: 'INVALID_REQUEST' });
      request.response = problemResult(
        problemOf('INVALID_REQUEST', commonProblems.INVALID_REQUEST, { instance: correlationId, errors }),
      );
      return;
    }
    log('REQUEST_FAILED', { route: request.event.routeKey, correlationId, ...errorFields(request.error) });
    request.response = problemResult(
      problemOf('UNEXPECTED', commonProblems.UNEXPECTED, { instance: correlationId }),
    );
  },
});

const attemptFor = (route: Route, officer: Officer, event: HttpEvent, text: string): Attempt | undefined => {
  const key = event.headers['idempotency-key'];
  return key === undefined
    ? undefined
    : attemptOf(
        officer.id,
        route.operationId,
        key,
        JSON.stringify([event.rawPath, event.rawQueryString, text]),
      );
};

/**
 * The Lambda of one route: checks the token's role, validates, replays an answered `Idempotency-Key`, serves, and answers
 * refusals as problem documents. What the route does not declare does not compile.
 */
export const handle = <const R extends Route>(
  route: R,
  deps: HttpDeps,
  serve: (call: Call<R>) => Promise<AnswerOf<R>>,
): HttpHandler => {
  const core = async (event: HttpEvent): Promise<HttpResult> => {
    const correlationId = correlationOf(event);
    const refused = (
      code: keyof typeof commonProblems,
      more: Parameters<typeof problemOf>[2] = {},
    ): HttpResult => {
      log('REQUEST_REFUSED', { route: route.operationId, correlationId, refused: code });
      return problemResult(problemOf(code, commonProblems[code], { instance: correlationId, ...more }));
    };
    const officer =
      route.roles === 'public' ? PUBLIC : officerOf(event.requestContext.authorizer?.jwt?.claims ?? {});
    if (!officer) return refused('NOT_SIGNED_IN');
    if (route.roles !== 'public' && !mayAct(officer, route.roles)) return refused('ROLE_NOT_ALLOWED');
    const { parts, faults, text } = readRequest(route, event);
    if (faults.length > 0) return refused('INVALID_REQUEST', { errors: faults });

    const attempt = attemptFor(route, officer, event, text);
    const earlier = attempt && (await earlierAnswer(deps.table, attempt));
    if (earlier === 'different') return refused('KEY_REUSED');
    if (earlier) return json(earlier.status, earlier.body);

    const now = deps.clock();
    const remember = (answer: Answer): Write[] =>
      attempt ? [rememberAnswer(deps.table, attempt, answer, now)] : [];
    const answer = await serve({
      ...(parts as RequestOf<R>),
      officer,
      correlationId,
      now,
      remember,
    });
    // What the route types promise, seen without the route: a declared answer or a declared refusal.
    return answerResult(route, answer as unknown as Answer | Refused<string>, correlationId);
  };
  const wrapped = middy<HttpEvent, HttpResult>(core).use(problemDocuments());
  return (event, context) => wrapped(event, context);
};

const answerResult = (route: Route, answer: Answer | Refused<string>, correlationId: string): HttpResult => {
  if (!('refused' in answer)) {
    log('REQUEST_SERVED', { route: route.operationId, correlationId, status: answer.status });
    return json(answer.status, answer.body);
  }
  log('REQUEST_REFUSED', { route: route.operationId, correlationId, refused: answer.refused });
  const kind = route.problems[answer.refused];
  if (!kind) throw new Error(`Route ${route.operationId} does not declare ${answer.refused}.`);
  return problemResult(
    problemOf(answer.refused, kind, {
      instance: correlationId,
      ...(answer.detail === undefined ? {} : { detail: answer.detail }),
      ...(answer.errors === undefined ? {} : { errors: [...answer.errors] }),
    }),
  );
};

/** The table and clock of an HTTP Lambda, from its environment. */
export const httpDeps = (): HttpDeps => ({
  table: openTable(environment('TABLE_NAME').TABLE_NAME),
  clock: systemClock,
});
